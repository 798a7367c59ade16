import Hummingbird
import Kernel
import Web

/// Rhythms and touches for programs.
struct TouchAPI: Sendable {
    let desk: Desk
    let touches: TouchStore
    let rhythms: RhythmStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/touches", needs: .seeCustomers, use: list),
            .api(.get, "/api/v2/touches/:id", needs: .seeCustomers, use: show),
            .api(.put, "/api/v2/touches/:id", needs: .editCustomers, use: change),
            .api(.get, "/api/v2/rhythms", needs: .seeCustomers, use: listRhythms),
            .api(.post, "/api/v2/rhythms", needs: .planTouches, use: addRhythm),
            .api(.put, "/api/v2/rhythms/:id", needs: .planTouches, use: changeRhythm),
        ]
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let part = try context.query.choice("show", as: TouchPart.self) ?? .due
        let portion = try await touches.page(
            part, of: context.person.id, rhythm: try context.query.int("rhythm_id").map(Int64.init),
            after: context.query["after"], limit: try context.query.perPage())
        let next = portion.next.map { "/api/v2/touches" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(\.json))).linking(next: next)
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        .json(try await touch(context).json)
    }

    private func touch(_ context: APIContext) async throws -> Touch {
        guard let touch = try await touches.find(try context.parameters.id(of: Touch.self).value) else {
            throw NotFound()
        }
        return touch
    }

    /// One of: a state, a later day, a colleague.
    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: ["state", "note", "due", "assignee_id"])
        let touch = try await touch(context)
        let act = desk.act(by: context.person.id)
        let zone = try await desk.organisations.required().zone
        let today = zone.day(of: desk.clock.now)
        if body.values["assignee_id"] != nil {
            try await touches.assign(touch.id, to: try body.int("assignee_id").map(Int64.init), by: act)
        }
        if let day = try body.moment("due", zone: zone)?.day {
            try await touches.postpone(touch.id, to: day, today: today, by: act)
        }
        if let word = try body.text("state") {
            guard let state = Touch.State(rawValue: word), state != .dropped else {
                throw BodyFieldRefusal.mismatch(field: "state")
            }
            let note = try body.text("note") ?? ""
            if state == .open {
                try await touches.reopen(touch.id, by: act)
            } else {
                try await touches.handle(touch.id, state, note: note, today: today, by: act)
            }
        }
        return .json(try await self.touch(context).json)
    }

    @Sendable func listRhythms(_ request: Request, in context: APIContext) async throws -> Response {
        .json(.list(try await rhythms.all().map(\.json)))
    }

    private static let fields: Set<String> = [
        "name", "audience", "segment_id", "kind", "months", "month", "day", "days", "what", "way", "purpose",
        "lead_days", "most_open", "paused",
    ]

    @Sendable func addRhythm(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: TouchAPI.fields)
        let zone = try await desk.organisations.required().zone
        let added = try await rhythms.add(
            try TouchAPI.rhythm(body, nil), today: zone.day(of: desk.clock.now),
            by: desk.act(by: context.person.id))
        return .created(added.json, at: "/api/v2/rhythms/\(added.id)")
    }

    @Sendable func changeRhythm(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: TouchAPI.fields)
        let id = try context.parameters.id(of: Rhythm.self).value
        guard let before = try await rhythms.find(id) else { throw NotFound() }
        let act = desk.act(by: context.person.id)
        if body.values.keys.contains(where: { $0 != "paused" }) {
            _ = try await rhythms.change(id, to: try TouchAPI.rhythm(body, before), by: act)
        }
        if let paused = try body.bool("paused"), paused != before.isPaused {
            _ = try await rhythms.pause(id, paused, by: act)
        }
        guard let after = try await rhythms.find(id) else { throw NotFound() }
        return .json(after.json)
    }

    /// What the body says; of a rhythm that stands, what it leaves out stays.
    private static func rhythm(_ body: Body, _ before: Rhythm?) throws -> NewRhythm {
        func word<Word: RawRepresentable<String>>(_ field: String, _ standing: Word?) throws -> Word? {
            guard let text = try body.text(field) else { return standing }
            guard let word = Word(rawValue: text) else { throw BodyFieldRefusal.mismatch(field: field) }
            return word
        }
        guard let kind: Rhythm.Beat.Kind = try word("kind", before?.beat.kind) else {
            throw BodyFieldRefusal.missing(field: "kind")
        }
        let beat = Rhythm.Beat(
            kind, months: try body.int("months") ?? before?.beat.months,
            month: try body.int("month") ?? before?.beat.month, day: try body.int("day") ?? before?.beat.day,
            days: try body.int("days") ?? before?.beat.days)
        guard let beat else { throw TouchRefusal.beatIncomplete(kind) }
        let audience = Rhythm.Audience(
            word: try body.text("audience") ?? before?.audience.word ?? "everyone",
            segment: try body.int("segment_id").map(Int64.init) ?? before?.audience.segment)
        guard let audience else { throw TouchRefusal.unknownAudience }
        var rhythm = NewRhythm(
            name: try body.text("name") ?? before?.name ?? "", audience: audience, beat: beat)
        rhythm.what = try body.text("what") ?? before?.what ?? ""
        rhythm.way = try word("way", before?.way) ?? .call
        rhythm.purpose = try word("purpose", before?.purpose) ?? .news
        rhythm.leadDays = try body.int("lead_days") ?? before?.leadDays ?? 7
        rhythm.mostOpen = try body.int("most_open") ?? before?.mostOpen ?? 50
        return try rhythm.checked()
    }
}

extension Touch {
    fileprivate var json: JSON {
        .object([
            ("id", .int(id)), ("customer_id", .int(party.id.value)), ("name", .text(party.name)),
            ("preferences", .text(preferences)), ("rhythm_id", .int(rhythm.id)),
            ("rhythm", .text(rhythm.name)),
            ("way", .text(rhythm.way.rawValue)), ("what", .text(rhythm.what)),
            ("occurrence", .text(occurrence.description)), ("due", .text(due.description)),
            ("state", .text(state.rawValue)), ("assignee_id", .int(assignee)),
            ("handled_at", .text(handledAt?.iso)), ("handled_by", .int(handledBy)), ("note", .text(note)),
        ])
    }
}

extension Rhythm {
    fileprivate var json: JSON {
        func number(_ value: Int?) -> JSON { value.map { .int(Int64($0)) } ?? .null }
        return .object([
            ("id", .int(id)), ("name", .text(name)), ("audience", .text(audience.word)),
            ("segment_id", .int(audience.segment)), ("kind", .text(beat.kind.rawValue)),
            ("months", number(beat.months)), ("month", number(beat.month)), ("day", number(beat.day)),
            ("days", number(beat.days)), ("what", .text(what)), ("way", .text(way.rawValue)),
            ("purpose", .text(purpose.rawValue)), ("lead_days", number(leadDays)),
            ("most_open", number(mostOpen)),
            ("from", .text(from.description)), ("paused", .bool(isPaused)),
            ("planned_at", .text(plannedAt?.iso)),
        ])
    }
}
