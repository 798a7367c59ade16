import Hummingbird
import Kernel
import Storage
import Web

/// Acts of advocacy for programs.
struct AdvocacyAPI: Sendable {
    let desk: Desk
    let advocacy: AdvocacyStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/advocacy", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/advocacy", needs: .recordAdvocacy, use: record),
        ]
    }

    private static let fields: Set<String> = [
        "person_id", "unique_external_id", "email", "kind", "at", "words", "rating", "consent", "friend",
        "source",
        "outside_id",
    ]

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let limit = try context.query.perPage()
        let found = try await advocacy.list(
            person: try context.query.id("person_id"),
            before: try context.query.int("before").map(Int64.init),
            limit: limit + 1)
        let portion = Portion(found, limit: limit) { "\($0.id)" }
        let next = portion.next.map { "/api/v2/advocacy" + context.query.with("before", $0) }
        return .json(.list(portion.items.map(AdvocacyAPI.json))).linking(next: next)
    }

    @Sendable func record(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: AdvocacyAPI.fields)
        let organisation = try await desk.organisations.required()
        let now = desk.clock.now
        guard let kind = AdvocacyAct.Kind(rawValue: try body.required("kind").replacing("_", with: " "))
        else {
            throw BodyFieldRefusal.mismatch(field: "kind")
        }
        let moment = try body.moment("at", zone: organisation.zone) ?? (organisation.zone.day(of: now), now)
        var act = NewAct(person: try await person(body), kind: kind, day: moment.day)
        act.at = moment.at
        act.words = try body.text("words") ?? ""
        act.rating = try body.int("rating")
        act.consent = try body.bool("consent")
        act.friend = try body.text("friend") ?? ""
        act.source = try body.text("source") ?? "api"
        act.outsideID = try body.text("outside_id")
        let recorded = try await advocacy.record(
            act, today: organisation.zone.day(of: now), by: desk.act(by: context.person.id))
        return .created(AdvocacyAPI.json(recorded), at: "/api/v2/contacts/\(recorded.person)/timeline")
    }

    private func person(_ body: Body) async throws -> ID<Party> {
        if let id = try body.int("person_id") { return ID(Int64(id)) }
        let outsideID = try body.text("unique_external_id")
        let email = try body.text("email")
        guard outsideID != nil || email != nil else { throw BodyFieldRefusal.missing(field: "person_id") }
        let found = try await desk.database.read { connection in
            try outsideID.flatMap { try CustomerStore.find(outsideID: $0, in: connection) }
                ?? email.flatMap { try CustomerStore.find(email: $0, in: connection) }
        }
        guard let found else { throw AdvocacyRefusal.unknownPerson }
        return found
    }

    static func json(_ act: AdvocacyAct) -> JSON {
        .object([
            ("id", .int(act.id)), ("person_id", .int(act.person.value)), ("kind", .text(act.kind.rawValue)),
            ("day", .text(act.day.description)), ("at", .text(act.at?.iso)), ("words", .text(act.words)),
            ("rating", .int(act.rating.map(Int64.init))), ("consent", act.consent.map { .bool($0) } ?? .null),
            ("friend", .text(act.friend)), ("counts", .bool(act.counts)),
        ])
    }
}
