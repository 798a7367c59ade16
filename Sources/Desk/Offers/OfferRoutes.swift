import Hummingbird
import Kernel
import Markup
import NIOCore
import Web

/// Offers on screen: what goes together, to whom it may be offered, and what they said.
struct OfferRoutes: Sendable {
    let desk: Desk
    let offers: OfferStore

    var all: [Route] {
        [
            .agent(.get, "/offers", needs: .seeCustomers, use: overview),
            .agent(.get, "/offers/csv", needs: .exportProfile, use: exportPairs),
            .agent(.get, "/offers/:id", needs: .seeCustomers, use: show),
            .agent(.get, "/offers/:id/csv", needs: .exportCustomers, use: exportCustomers),
            .agent(.post, "/offers/entries/:id/outcome", needs: .editCustomers, use: finish),
            .agent(.post, "/offers/entries/:id/reopening", needs: .editCustomers, use: reopen),
        ]
    }

    @Sendable func overview(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = OffersPage(
            report: try await offers.latest()?.report,
            portion: try await offers.pairs(after: context.query["after"], limit: 50), query: context.query,
            mayExport: context.may(.exportProfile))
        return .page(page, in: try await desk.shell(for: context, here: "/offers"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let pair = try await pair(context)
        let part = OfferPart(rawValue: context.query["show"] ?? "") ?? .open
        let portion = try await offers.customers(of: pair.id, part, after: context.query["after"], limit: 50)
        let page = OfferPairPage(
            pair: pair, part: part, portion: portion,
            names: try await offers.names(portion.items.compactMap(\.offer.workedBy)), query: context.query,
            mayWork: context.may(.editCustomers), mayExport: context.may(.exportCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/offers"))
    }

    @Sendable func finish(_ request: Request, in context: AgentContext) async throws -> Response {
        let entry = try context.parameters.id(of: Offer.self).value
        let back = OfferRoutes.back(context)
        do {
            guard let outcome = OfferOutcome(rawValue: context.form.text("outcome")) else {
                throw OfferRefusal.noOutcome
            }
            let zone = try await desk.organisations.required().zone
            try await offers.finish(
                entry, outcome, note: context.form.text("note"), today: zone.day(of: desk.clock.now),
                by: desk.act(by: context.person.id))
        } catch let refusal as OfferRefusal {
            return .redirect(to: back, saying: refusal.phrase, tone: .warning)
        }
        return .redirect(to: back, saying: Phrase("offers.noted"))
    }

    @Sendable func reopen(_ request: Request, in context: AgentContext) async throws -> Response {
        let entry = try context.parameters.id(of: Offer.self).value
        do {
            try await offers.reopen(entry, by: desk.act(by: context.person.id))
        } catch let refusal as OfferRefusal {
            return .redirect(to: OfferRoutes.back(context), saying: refusal.phrase, tone: .warning)
        }
        return .redirect(to: OfferRoutes.back(context), saying: Phrase("offers.reopened"))
    }

    /// Where the button was pressed: a customer's page or a pair's.
    private static func back(_ context: AgentContext) -> String {
        let parts = context.form.text("back").split(separator: "/")
        guard parts.count == 2, ["people", "offers"].contains(parts[0]), let id = Int64(parts[1]) else {
            return "/offers"
        }
        return "/\(parts[0])/\(id)"
    }

    private func pair(_ context: AgentContext) async throws -> OfferPair {
        let id = try context.parameters.id(of: OfferPair.self)
        guard let pair = try await offers.pair(id.value) else { throw NotFound() }
        return pair
    }

    @Sendable func exportPairs(_ request: Request, in context: AgentContext) async throws -> Response {
        let (offers, day) = (offers, desk.clock.now.iso.prefix(10))
        return .table(OfferTable.pairHead, named: "offers-\(day).csv") { after in
            let portion = try await offers.pairs(after: after, limit: 500)
            return (portion.items.map(OfferTable.line).joined(), portion.next)
        }
    }

    @Sendable func exportCustomers(_ request: Request, in context: AgentContext) async throws -> Response {
        let pair = try await pair(context)
        let offers = offers
        return .table(OfferTable.customerHead, named: "offer-\(pair.id).csv") { after in
            let portion = try await offers.customers(of: pair.id, .open, after: after, limit: 500)
            return (portion.items.map(OfferTable.line).joined(), portion.next)
        }
    }
}

extension Response {
    /// A table to take away, written portion by portion so that a long one costs no memory.
    static func table(
        _ head: String, named name: String,
        _ lines: @escaping @Sendable (_ after: String?) async throws -> (text: String, next: String?)
    ) -> Response {
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: head))
            var after: String?
            repeat {
                let portion = try await lines(after)
                try await writer.write(ByteBuffer(string: portion.text))
                after = portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        return .download(body, named: name, type: "text/csv; charset=utf-8")
    }
}

/// Offers as tables to take away.
enum OfferTable {
    static var pairHead: String {
        head([
            "bought", "offer", "lift", "low", "high", "together", "boughtBy", "offerBy", "everyone", "could",
        ])
    }
    static var customerHead: String { head(["customer", "name", "bought", "offer", "since"]) }

    private static func head(_ columns: [String]) -> String {
        // The byte-order mark tells spreadsheets that it is UTF-8.
        "\u{FEFF}" + columns.map { CSVCell.quoted(Phrase("offers.csv.\($0)").text) }.joined(separator: ",")
            + "\r\n"
    }

    static func line(_ pair: OfferPair) -> String {
        let ratios = [pair.lift, pair.low, pair.high].map { "\(OfferPair.ratio($0))" }
        let counts = [pair.together, pair.boughtBy, pair.offeredBy, pair.everyone, pair.could].map { "\($0)" }
        return row([pair.bought, pair.offered] + ratios + counts)
    }

    static func line(_ customer: OfferedCustomer) -> String {
        row([
            "\(customer.party.id)", customer.party.name, customer.offer.pair.bought,
            customer.offer.pair.offered,
            customer.offer.entered.description,
        ])
    }

    private static func row(_ cells: [String]) -> String {
        cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }
}
