import Hummingbird
import Kernel
import Markup
import Web

/// What customers prefer: the first thing on their page, its history, and its changes.
struct PreferenceFeature: Feature {
    let desk: Desk

    private var preferences: PreferenceStore { PreferenceStore(database: desk.database) }

    var routes: [Route] {
        [
            .agent(.get, "/people/:id/preferences", needs: .seeCustomers, use: show),
            .agent(.post, "/people/:id/preferences", needs: .editCustomers, use: change),
            .agent(.post, "/people/:id/preferences/:change/return", needs: .editCustomers, use: restore),
            .agent(.post, "/people/:id/preferences/:change/erasure", needs: .eraseCustomers, use: erase),
        ]
    }

    func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let notice = PreferenceNotice(
            party: customer.party, known: try await preferences.preferences(of: customer.party.id),
            mayEdit: person.may(.editCustomers))
        return [CustomerCard(notice.isEmpty ? .preferences : .notice, notice.html)].compactMap { $0 }
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(try await page(context), in: try await desk.shell(for: context, here: "/people"))
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        let typed = context.form["preferences"] ?? ""
        do {
            try await preferences.change(party.id, to: typed, by: desk.act(by: context.person.id))
        } catch let refusal as PreferenceRefusal where refusal != .unknown {
            var page = try await page(context)
            (page.typed, page.error) = (typed, refusal.phrase.text)
            return .page(
                page, in: try await desk.shell(for: context, here: "/people"), status: refusal.status)
        }
        return .redirect(to: "/people/\(party.id)", saying: Phrase("persons.preferences.saved"))
    }

    @Sendable func restore(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        do {
            try await preferences.restore(
                try context.parameters.id("change"), of: party.id, by: desk.act(by: context.person.id))
        } catch PreferenceRefusal.unknown {
            throw NotFound()
        }
        return .redirect(to: "/people/\(party.id)", saying: Phrase("persons.preferences.saved"))
    }

    @Sendable func erase(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        do {
            try await preferences.erase(
                try context.parameters.id("change"), of: party.id, by: desk.act(by: context.person.id))
        } catch PreferenceRefusal.unknown {
            throw NotFound()
        }
        return .redirect(
            to: "/people/\(party.id)/preferences", saying: Phrase("persons.preferences.wereErased"))
    }

    private func page(_ context: AgentContext) async throws -> PreferencePage {
        let party = try await desk.customer(context)
        let words = try await preferences.preferences(of: party.id).first { $0.party.id == party.id }?.words
        return PreferencePage(
            party: party, words: words ?? "",
            history: try await preferences.history(
                of: party.id, before: context.query["before"], limit: 30),
            query: context.query, mayEdit: context.may(.editCustomers),
            mayErase: context.may(.eraseCustomers))
    }
}
