import Hummingbird
import Kernel
import Markup
import Web

/// Rhythms: seen by everyone who sees customers, set by whoever plans.
struct RhythmRoutes: Sendable {
    let desk: Desk
    let rhythms: RhythmStore

    var all: [Route] {
        [
            .agent(.get, "/touch/rhythms", needs: .seeCustomers, use: list),
            .agent(.post, "/touch/rhythms", needs: .planTouches, use: add),
            .agent(.get, "/touch/rhythms/:id", needs: .planTouches, use: edit),
            .agent(.post, "/touch/rhythms/:id", needs: .planTouches, use: change),
            .agent(.post, "/touch/rhythms/:id/pausing", needs: .planTouches, use: pause),
            .agent(.post, "/touch/rhythms/:id/resuming", needs: .planTouches, use: resume),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(context)
    }

    private func page(_ context: AgentContext, _ answers: Answers = Answers(), refused: Bool = false)
        async throws
        -> Response
    {
        let page = RhythmsPage(
            rhythms: try await rhythms.all(), audiences: try await audiences(),
            mayPlan: context.may(.planTouches),
            answers: answers)
        return .page(
            page, in: try await desk.shell(for: context, here: "/touch"),
            status: refused ? .unprocessableContent : .ok)
    }

    /// Everybody, the levels, and the segments there are.
    private func audiences() async throws -> [Choice] {
        let words = ["everyone"] + Rhythm.Audience.levels.map(\.rawValue)
        return words.map { Choice($0, Phrase("touch.audience.\($0)").text) }
            + (try await Rhythm.segments(on: desk))
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        do {
            let rhythm = try RhythmForm(form: context.form).rhythm()
            let zone = try await desk.organisations.required().zone
            let added = try await rhythms.add(
                rhythm, today: zone.day(of: desk.clock.now), by: desk.act(by: context.person.id))
            return .redirect(to: "/touch/rhythms", saying: Phrase("touch.said.added", .text(added.name)))
        } catch let refusal as any Refusal {
            return try await page(context, Answers(context.form, refusal), refused: true)
        }
    }

    @Sendable func edit(_ request: Request, in context: AgentContext) async throws -> Response {
        try await editing(context)
    }

    private func editing(_ context: AgentContext, _ answers: Answers = Answers(), refused: Bool = false)
        async throws
        -> Response
    {
        let rhythm = try await rhythm(context)
        let page = RhythmPage(rhythm: rhythm, audiences: try await audiences(), answers: answers)
        return .page(
            page, in: try await desk.shell(for: context, here: "/touch"),
            status: refused ? .unprocessableContent : .ok)
    }

    private func rhythm(_ context: AgentContext) async throws -> Rhythm {
        guard let rhythm = try await rhythms.find(try context.parameters.id(of: Rhythm.self).value) else {
            throw NotFound()
        }
        return rhythm
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let rhythm = try await rhythm(context)
        do {
            let wanted = try RhythmForm(form: context.form).rhythm()
            _ = try await rhythms.change(rhythm.id, to: wanted, by: desk.act(by: context.person.id))
            return .redirect(to: "/touch/rhythms", saying: Phrase("touch.said.changed", .text(wanted.name)))
        } catch let refusal as any Refusal {
            return try await editing(context, Answers(context.form, refusal), refused: true)
        }
    }

    @Sendable func pause(_ request: Request, in context: AgentContext) async throws -> Response {
        let rhythm = try await rhythm(context)
        _ = try await rhythms.pause(rhythm.id, true, by: desk.act(by: context.person.id))
        return .redirect(to: "/touch/rhythms", saying: Phrase("touch.said.paused", .text(rhythm.name)))
    }

    @Sendable func resume(_ request: Request, in context: AgentContext) async throws -> Response {
        let rhythm = try await rhythm(context)
        _ = try await rhythms.pause(rhythm.id, false, by: desk.act(by: context.person.id))
        return .redirect(to: "/touch/rhythms", saying: Phrase("touch.said.resumed", .text(rhythm.name)))
    }
}

extension Rhythm {
    /// The segments there are, as choices for an audience.
    static func segments(on desk: Desk) async throws -> [Choice] {
        try await SegmentStore(database: desk.database, clock: desk.clock).all().map { segment in
            Choice("segment:\(segment.id)", segment.content.name)
        }
    }
}

/// What somebody typed, read as a rhythm.
struct RhythmForm {
    let form: PostedForm

    func rhythm() throws -> NewRhythm {
        guard let kind = try form.choice("kind", as: Rhythm.Beat.Kind.self) else {
            throw FieldRefusal.missing(field: "kind")
        }
        let beat = Rhythm.Beat(
            kind, months: try form.int("months"), month: try form.int("month"), day: try form.int("day"),
            days: try form.int("days"))
        guard let beat else { throw TouchRefusal.beatIncomplete(kind) }
        var rhythm = NewRhythm(
            name: try form.line("name", limit: 400), audience: try RhythmForm.audience(form.text("audience")),
            beat: beat)
        rhythm.what = form.text("what")
        rhythm.way = try form.choice("way", as: Rhythm.Way.self) ?? .call
        rhythm.purpose = try form.choice("purpose", as: Purpose.self) ?? .news
        rhythm.leadDays = try form.int("lead_days") ?? 7
        rhythm.mostOpen = try form.int("most_open") ?? 50
        return try rhythm.checked()
    }

    /// `everyone`, a level, or `segment:7`.
    static func audience(_ text: String) throws -> Rhythm.Audience {
        let parts = text.split(separator: ":", maxSplits: 1)
        let word = parts.first.map(String.init) ?? "everyone"
        guard let audience = Rhythm.Audience(word: word, segment: parts.count > 1 ? Int64(parts[1]) : nil)
        else {
            throw TouchRefusal.unknownAudience
        }
        return audience
    }
}
