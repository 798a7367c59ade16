import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// The addresses of a customer, changed by people at the desk.
struct ReachRoutes: Sendable {
    let desk: Desk

    private var addresses: AddressStore { AddressStore(database: desk.database) }

    var all: [Route] {
        [
            .agent(.get, "/people/:id/addresses/new", needs: .editCustomers, use: new),
            .agent(.post, "/people/:id/addresses", needs: .editCustomers, use: add),
            .agent(.get, "/people/:id/addresses/:address", needs: .editCustomers, use: show),
            .agent(.post, "/people/:id/addresses/:address", needs: .editCustomers, use: change),
            .agent(.post, "/people/:id/addresses/:address/preference", needs: .editCustomers, use: prefer),
            .agent(.post, "/people/:id/addresses/:address/removal", needs: .editCustomers, use: remove),
            .agent(.post, "/people/:id/addresses/former/:former/return", needs: .editCustomers, use: putBack),
        ]
    }

    @Sendable func new(_ request: Request, in context: AgentContext) async throws -> Response {
        .page(
            AddressPage(party: try await desk.customer(context), address: nil), in: try await shell(context))
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        return try await trying(party, nil, context) {
            let address = try ReachRoutes.address(in: context.form)
            try await addresses.add(address, to: party.id, by: desk.act(by: context.person.id))
            return Phrase("persons.address.added")
        }
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let (party, address) = try await place(context)
        return .page(AddressPage(party: party, address: address), in: try await shell(context))
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let (party, address) = try await place(context)
        return try await trying(party, address, context) {
            try await addresses.change(
                address.id, of: party.id, to: try ReachRoutes.address(in: context.form),
                by: desk.act(by: context.person.id))
            return Phrase("customer.changed")
        }
    }

    @Sendable func prefer(_ request: Request, in context: AgentContext) async throws -> Response {
        let (party, address) = try await place(context)
        try await addresses.prefer(address.id, of: party.id, by: desk.act(by: context.person.id))
        return .redirect(to: "/people/\(party.id)", saying: Phrase("customer.changed"))
    }

    @Sendable func remove(_ request: Request, in context: AgentContext) async throws -> Response {
        let (party, address) = try await place(context)
        try await addresses.remove(address.id, of: party.id, by: desk.act(by: context.person.id))
        return .redirect(to: "/people/\(party.id)", saying: Phrase("persons.address.removed"))
    }

    @Sendable func putBack(_ request: Request, in context: AgentContext) async throws -> Response {
        let party = try await desk.customer(context)
        do {
            try await addresses.putBack(
                try context.parameters.id("former"), of: party.id, by: desk.act(by: context.person.id))
        } catch AddressRefusal.unknown {
            throw NotFound()
        } catch let refusal as AddressRefusal {
            return .redirect(to: "/people/\(party.id)", saying: refusal.phrase, tone: .warning)
        }
        return .redirect(to: "/people/\(party.id)", saying: Phrase("persons.address.returned"))
    }

    /// Does it and goes to the customer, or shows the form again with what was typed.
    private func trying(
        _ party: Party, _ address: Address?, _ context: AgentContext, _ body: () async throws -> Phrase
    ) async throws -> Response {
        do {
            return .redirect(to: "/people/\(party.id)", saying: try await body())
        } catch let refusal as any Refusal where refusal.status != .notFound {
            let page = AddressPage(party: party, address: address, answers: Answers(context.form, refusal))
            return .page(page, in: try await shell(context), status: refusal.status)
        }
    }

    private static func address(in form: PostedForm) throws -> NewAddress {
        guard let kind = try form.choice("kind", as: Address.Kind.self) else {
            throw FieldRefusal.missing(field: "kind")
        }
        return NewAddress(
            kind: kind, value: form.text("value"), network: form.text("network"), label: form.text("label"),
            isPreferred: form.flag("preferred"), isVerified: form.flag("verified"))
    }

    private func place(_ context: AgentContext) async throws -> (Party, Address) {
        let party = try await desk.customer(context)
        let id: ID<Address> = try context.parameters.id("address")
        guard let address = try await addresses.address(id, of: party.id) else { throw NotFound() }
        return (party, address)
    }

    private func shell(_ context: AgentContext) async throws -> Shell {
        try await desk.shell(for: context, here: "/people")
    }
}

/// The addresses of a customer: their card and their screens.
struct ReachFeature: Feature {
    let desk: Desk

    var routes: [Route] { ReachRoutes(desk: desk).all }

    func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let mayEdit = person.may(.editCustomers)
        let former =
            mayEdit ? try await AddressStore(database: desk.database).former(of: customer.party.id) : []
        return [
            CustomerCard(.reach, ReachCard(record: customer, former: former, mayEdit: mayEdit).html)
        ]
    }
}

extension Desk {
    /// The customer whose number stands in the path. A colleague is nobody's customer and is not found.
    func customer(_ context: some Facts) async throws -> Party {
        let id = try context.parameters.id(of: Party.self)
        guard let party = try await database.read({ try CustomerStore.customer(id, in: $0) }) else {
            throw NotFound()
        }
        return party
    }
}
