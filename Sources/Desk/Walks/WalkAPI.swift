import Hummingbird
import Kernel
import Storage
import Web

/// Places, walks and findings for programs.
struct WalkAPI: Sendable {
    let desk: Desk

    private var store: WalkStore { WalkStore(database: desk.database) }

    var all: [Route] {
        [
            .api(.get, "/api/v2/places", needs: .walkThrough, use: places),
            .api(.post, "/api/v2/places", needs: .keepPlaces, use: add),
            .api(.get, "/api/v2/places/:id", needs: .walkThrough, use: place),
            .api(.get, "/api/v2/places/:id/walks", needs: .walkThrough, use: walks),
            .api(.get, "/api/v2/walk_findings", needs: .walkThrough, use: findings),
            .api(.get, "/api/v2/walk_findings/:id", needs: .walkThrough, use: finding),
            .api(.put, "/api/v2/walk_findings/:id", needs: .walkThrough, use: change),
        ]
    }

    @Sendable func places(_ request: Request, in context: APIContext) async throws -> Response {
        let portion = try await store.places(
            after: context.query["after"], limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/places" + context.query.with("after", $0) }
        return .json(.list(portion.items.map { .object(WalkAPI.pairs($0)) })).linking(next: next)
    }

    @Sendable func place(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await json(try await found(context)))
    }

    private func json(_ place: Place) async throws -> JSON {
        let items = try await store.items(of: place.id).map { item -> JSON in
            .object([("id", .int(item.id)), ("words", .text(item.words))])
        }
        return .object(WalkAPI.pairs(place) + [("items", .list(items))])
    }

    @Sendable func add(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(
            of: request, known: ["name", "kind", "owner_id", "every", "unit", "next_day", "items"])
        guard let kind = Place.Kind(rawValue: try body.text("kind") ?? "other") else {
            throw BodyFieldRefusal.mismatch(field: "kind")
        }
        guard let unit = WalkRhythm.Unit(rawValue: try body.text("unit") ?? "week") else {
            throw BodyFieldRefusal.mismatch(field: "unit")
        }
        let next = try body.text("next_day").map { text in
            guard let day = LocalDate(iso: text) else { throw BodyFieldRefusal.mismatch(field: "next_day") }
            return day
        }
        let new = NewPlace(
            name: try body.required("name").singleLine, kind: kind,
            owner: try body.int("owner_id").map(Int64.init),
            rhythm: try WalkRhythm(every: try body.int("every") ?? 1, unit: unit), next: next,
            items: NewPlace.items(in: try body.required("items")))
        let zone = try await desk.organisations.required().zone
        let id = try await store.save(
            new, today: zone.day(of: desk.clock.now), by: desk.act(by: context.person.id))
        guard let place = try await store.place(id) else { throw NotFound() }
        return .created(try await json(place), at: "/api/v2/places/\(id)")
    }

    @Sendable func walks(_ request: Request, in context: APIContext) async throws -> Response {
        let place = try await found(context)
        let portion = try await store.walks(
            of: place.id, before: context.query["after"].flatMap { Int64($0) },
            limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/places/\(place.id)/walks" + context.query.with("after", $0) }
        let rows = portion.items.map { walk -> JSON in
            .object([
                ("id", .int(walk.id)), ("day", .text(walk.day.description)), ("at", .text(walk.at.iso)),
                ("walked_by", .int(walk.walkedBy)), ("words", .text(walk.words)), ("fine", .int(walk.fine)),
                ("not_fine", .int(walk.wrong)), ("not_applicable", .int(walk.apart)),
            ])
        }
        return .json(.list(rows)).linking(next: next)
    }

    @Sendable func findings(_ request: Request, in context: APIContext) async throws -> Response {
        let portion = try await store.open(after: context.query["after"], limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/walk_findings" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(WalkAPI.json))).linking(next: next)
    }

    @Sendable func finding(_ request: Request, in context: APIContext) async throws -> Response {
        .json(WalkAPI.json(try await one(context)))
    }

    /// Says what was done (`mended`, null takes it back), or gives it to somebody with a day.
    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let finding = try await one(context)
        let body = try await Body(of: request, known: ["owner_id", "due_day", "mended"])
        let act = desk.act(by: context.person.id)
        let zone = try await desk.organisations.required().zone
        if body.values["owner_id"] != nil || body.values["due_day"] != nil {
            let owner =
                body.values["owner_id"] == nil ? finding.owner?.id : try body.int("owner_id").map(Int64.init)
            let due = try body.text("due_day").map { LocalDate(iso: $0) } ?? finding.due
            guard let due else { throw BodyFieldRefusal.mismatch(field: "due_day") }
            try await store.give(finding.id, to: owner, due: due, by: act)
        }
        if body.values["mended"] != nil {
            try await store.mend(
                finding.id, try body.text("mended"), today: zone.day(of: desk.clock.now), by: act)
        }
        return .json(WalkAPI.json(try await one(context)))
    }

    private func found(_ context: APIContext) async throws -> Place {
        let id = try context.parameters.id(of: Place.self)
        guard let place = try await store.place(id.value) else { throw NotFound() }
        return place
    }

    private func one(_ context: APIContext) async throws -> WalkFinding {
        let id = try context.parameters.id(of: WalkFinding.self)
        guard let finding = try await store.finding(id.value) else { throw NotFound() }
        return finding
    }

    private static func pairs(_ place: Place) -> [(String, JSON)] {
        [
            ("id", .int(place.id)), ("name", .text(place.name)), ("kind", .text(place.kind.rawValue)),
            ("owner_id", .int(place.owner?.id)), ("every", .int(place.every)),
            ("unit", .text(place.unit.rawValue)),
            ("next_day", .text(place.next.description)), ("retired", .bool(place.isRetired)),
        ]
    }

    private static func json(_ finding: WalkFinding) -> JSON {
        .object([
            ("id", .int(finding.id)), ("place_id", .int(finding.place)), ("place", .text(finding.placeName)),
            ("walk_id", .int(finding.walk)), ("item", .text(finding.itemWords)),
            ("words", .text(finding.words)),
            ("owner_id", .int(finding.owner?.id)), ("due_day", .text(finding.due.description)),
            ("found_day", .text(finding.foundDay.description)), ("found_by", .int(finding.foundBy)),
            ("mended_day", .text(finding.mendedDay?.description)), ("mended_by", .int(finding.mendedBy)),
            ("mended", .text(finding.mendedWords)),
        ])
    }
}
