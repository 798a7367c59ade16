import Hummingbird
import Kernel
import Web

/// What customers agreed to, for programs.
struct ConsentAPI: Sendable {
    let desk: Desk

    private var consents: ConsentStore { ConsentStore(database: desk.database) }
    private var suppressions: SuppressionStore { SuppressionStore(database: desk.database) }

    var all: [Route] {
        [
            .api(.get, "/api/v2/contacts/:id/consents", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/contacts/:id/consents", needs: .editCustomers, use: record),
            .api(.get, "/api/v2/contacts/:id/reachability", needs: .seeCustomers, use: reach),
            .api(.get, "/api/v2/suppressions", needs: .editCustomers, use: suppressed),
            .api(.post, "/api/v2/suppressions", needs: .editCustomers, use: suppress),
        ]
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let party = try await desk.customer(context)
        let portion = try await consents.history(
            of: party.id, before: context.query["before"], limit: try context.query.perPage())
        let next = portion.next.map {
            "/api/v2/contacts/\(party.id)/consents" + context.query.with("before", $0)
        }
        return .json(.list(portion.items.map(ConsentAPI.json))).linking(next: next)
    }

    @Sendable func record(_ request: Request, in context: APIContext) async throws -> Response {
        let party = try await desk.customer(context)
        let body = try await Body(of: request, known: ["purpose", "given", "address", "at", "how"])
        guard let purpose = Purpose(rawValue: try body.required("purpose")) else {
            throw BodyFieldRefusal.mismatch(field: "purpose")
        }
        guard let given = try body.bool("given") else { throw BodyFieldRefusal.missing(field: "given") }
        let zone = try await desk.organisations.required().zone
        let moment = try body.moment("at", zone: zone)
        let key = try body.text("address").map { text in
            guard let key = Suppressing.key(text) else { throw ConsentRefusal.unknownAddress }
            return key
        }
        let now = desk.clock.now
        let day = moment.map {
            $0.day == zone.day(of: now) ? now : zone.instant(of: $0.day, secondOfDay: 43_200)
        }
        try await consents.record(
            NewConsent(
                purpose: purpose, addressKey: key ?? "", isGiven: given, at: moment?.at ?? day ?? now,
                how: try body.required("how")),
            of: party.id, by: desk.act(by: context.person.id))
        let latest = try await consents.history(of: party.id, before: nil, limit: 1).items
        return .created(
            latest.first.map(ConsentAPI.json) ?? .null, at: "/api/v2/contacts/\(party.id)/consents")
    }

    @Sendable func reach(_ request: Request, in context: APIContext) async throws -> Response {
        let party = try await desk.customer(context)
        let purpose = try context.query.choice("purpose", as: Purpose.self) ?? .any
        let reach = try await consents.mayReach(party.id, purpose)
        return .json(
            .object([
                ("purpose", .text(purpose.rawValue)), ("refused", .bool(reach.isRefused)),
                (
                    "addresses",
                    .list(
                        reach.addresses.map { one in
                            .object([
                                ("kind", .text(one.address.kind.rawValue)),
                                ("value", .text(one.address.value)),
                                ("network", .text(one.address.network)),
                                ("allowed", .bool(one.verdict.isAllowed)), ("why", .text(one.verdict.word)),
                            ])
                        })
                ),
            ]))
    }

    @Sendable func suppressed(_ request: Request, in context: APIContext) async throws -> Response {
        let portion = try await suppressions.list(
            beginning: context.query.text("q"), after: context.query["after"],
            limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/suppressions" + context.query.with("after", $0) }
        let rows = portion.items.map { row in
            JSON.object([
                ("address", .text(row.suppression.addressKey)),
                ("purpose", .text(row.suppression.purpose.rawValue)),
                ("reason", .text(row.suppression.reason)),
                ("recorded_at", .text(row.suppression.recordedAt.iso)),
            ])
        }
        return .json(.list(rows)).linking(next: next)
    }

    @Sendable func suppress(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["addresses", "purpose", "reason"])
        guard let purpose = Purpose(rawValue: try body.text("purpose") ?? "any") else {
            throw BodyFieldRefusal.mismatch(field: "purpose")
        }
        let new = try Suppressing(
            pasted: (try body.texts("addresses") ?? []).joined(separator: "\n"), purpose: purpose,
            reason: try body.required("reason"))
        let added = try await suppressions.add(new, by: desk.act(by: context.person.id))
        return .created(
            .object([("added", .int(added)), ("known", .int(new.keys.count - added))]),
            at: "/api/v2/suppressions")
    }

    private static func json(_ entry: ConsentEntry) -> JSON {
        .object([
            ("id", .int(entry.word.id)), ("purpose", .text(entry.word.purpose.rawValue)),
            ("given", .bool(entry.word.isGiven)),
            ("address", .text(entry.word.addressKey.isEmpty ? nil : entry.word.addressKey)),
            ("at", .text(entry.word.at.iso)), ("how", .text(entry.how)),
            ("recorded_at", .text(entry.recordedAt.iso)),
        ])
    }
}

extension ReachVerdict {
    /// For programs.
    var word: String {
        switch self {
        case .agreed: "agreed"
        case .unasked: "not_asked"
        case .refused: "refused"
        case .suppressed: "suppressed"
        }
    }
}
