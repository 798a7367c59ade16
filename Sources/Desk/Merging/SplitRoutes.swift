import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// What can be taken out of a customer, as the page lists it.
struct SplitThings: Sendable {
    /// Purchases that came together.
    struct Group: Sendable {
        let importID: Int64
        let file: String
        let count: Int
    }

    let party: Party
    var addresses: [(id: Int64, value: String)] = []
    var keys: [SplitChoice.OutsideID] = []
    var relations: [Party] = []
    var groups: [Group] = []
    var purchases: [Purchase] = []
    var acts: [AdvocacyAct] = []
    var answers: [Answer] = []

    var isEmpty: Bool {
        addresses.isEmpty && keys.isEmpty && relations.isEmpty && groups.isEmpty && acts.isEmpty
            && answers.isEmpty
    }
}

extension MergeStore {
    /// The latest hundred of what there may be many of.
    func things(of id: ID<Party>) async throws -> SplitThings? {
        let limit = 100
        return try await database.read { connection in
            guard let party = try CustomerStore.customer(id, in: connection) else { return nil }
            var things = SplitThings(party: party)
            things.addresses = try connection.all(
                "SELECT id, value FROM address WHERE party_id = \(id) ORDER BY kind, id LIMIT \(limit)"
            ) { (id: try $0.int64(0), value: try $0.text(1)) }
            things.keys = try connection.all(
                """
                SELECT source, outside_id FROM party_key WHERE party_id = \(id) ORDER BY source, outside_id LIMIT \(limit)
                """
            ) { SplitChoice.OutsideID(source: try $0.text(0), id: try $0.text(1)) }
            things.relations = try connection.all(
                """
                SELECT \(Party.columns) FROM party p WHERE p.id IN (
                    SELECT account_id FROM membership WHERE person_id = \(id)
                    UNION SELECT person_id FROM membership WHERE account_id = \(id)
                ) ORDER BY p.name_key, p.id LIMIT \(limit)
                """, Party.init)
            things.groups = try connection.all(
                """
                SELECT g.import_id, coalesce(i.file_name, ''), g.n FROM (
                    SELECT import_id, count(*) AS n FROM purchase WHERE account_id = \(id) GROUP BY import_id
                ) AS g LEFT JOIN import i ON i.id = g.import_id ORDER BY g.import_id LIMIT \(limit)
                """
            ) { SplitThings.Group(importID: try $0.int64(0), file: try $0.text(1), count: try $0.int(2)) }
            things.purchases = try connection.all(
                """
                SELECT \(Purchase.columns) FROM purchase WHERE account_id = \(id)
                ORDER BY day DESC, id DESC LIMIT \(limit)
                """, Purchase.init)
            things.acts = try connection.all(
                """
                SELECT \(AdvocacyAct.columns) FROM advocacy a WHERE a.person_id = \(id)
                ORDER BY a.day DESC, a.id DESC LIMIT \(limit)
                """, AdvocacyAct.init)
            return things
        }
    }
}

/// Splitting on screen.
struct SplitRoutes: Sendable {
    let desk: Desk

    private var merges: MergeStore { MergeStore(desk) }

    var all: [Route] {
        [
            .agent(.get, "/people/:id/split", needs: .mergeCustomers, use: show),
            .agent(.post, "/people/:id/splitting", needs: .mergeCustomers, use: split),
        ]
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(context, refusal: nil)
    }

    private func page(_ context: AgentContext, refusal: MergeRefusal?) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        guard var things = try await merges.things(of: id) else { throw NotFound() }
        things.answers = try await AnswerStore(database: desk.database, clock: desk.clock).answers(of: id)
        let page = SplitPage(
            things: things, refusal: refusal, typed: refusal == nil ? PostedForm() : context.form)
        return .page(
            page, in: try await desk.shell(for: context, here: "/people"),
            status: refusal?.status ?? .ok)
    }

    @Sendable func split(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Party.self)
        guard try await desk.database.read({ try CustomerStore.customer(id, in: $0) != nil }) else {
            throw NotFound()
        }
        let choice = SplitRoutes.choice(in: context.form)
        let act = desk.act(by: context.person.id)
        do {
            let done: (id: Int64, other: ID<Party>)
            let known = context.form.text("known")
            if known.isEmpty {
                done = try await merges.split(id, choice, intoNew: context.form.text("name"), by: act)
            } else {
                guard let other = ID<Party>(known) else { throw MergeRefusal.unknown }
                done = try await merges.split(id, choice, into: other, by: act)
            }
            return .redirect(
                to: "/people/\(done.other)", saying: Phrase("merging.wasSplit"),
                undo: LocalPath("/merges/\(done.id)"))
        } catch let refusal as MergeRefusal {
            return try await page(context, refusal: refusal)
        }
    }

    static func choice(in form: PostedForm) -> SplitChoice {
        func numbers(_ name: String) -> [Int64] { form.values(name).prefix(1000).compactMap { Int64($0) } }
        var choice = SplitChoice()
        choice.addresses = numbers("address")
        choice.purchases = numbers("purchase")
        choice.purchaseImports = numbers("group")
        choice.acts = numbers("act")
        choice.answers = numbers("answer")
        choice.memberships = numbers("relation")
        choice.outsideIDs = form.values("key").prefix(1000).compactMap(SplitChoice.OutsideID.init(text:))
        return choice
    }
}

extension SplitChoice.OutsideID {
    /// As a form sends it: how long the source is, the source, the id.
    var text: String { "\(source.count):\(source)\(id)" }

    init?(text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let length = Int(parts[0]), (0...parts[1].count).contains(length) else {
            return nil
        }
        self.init(source: String(parts[1].prefix(length)), id: String(parts[1].dropFirst(length)))
    }
}
