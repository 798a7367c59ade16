import HTTPTypes
import Hummingbird
import Kernel
import Storage
import Web

/// Answers and the score for programs.
struct AnswerAPI: Sendable {
    let desk: Desk
    let answers: AnswerStore
    let scores: NPSStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/nps", needs: .seeProfile, use: show),
            .api(.get, "/api/v2/answers", needs: .seeCustomers, use: list),
            .api(.post, "/api/v2/answers", needs: .recordAdvocacy, use: record),
        ]
    }

    private static let fields: Set<String> = [
        "customer_id", "unique_external_id", "email", "score", "scale", "mapping", "at", "words",
        "after_event",
        "visits", "source", "outside_id",
    ]

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let window = try ProfileWindow.read(context.query)
        let about = try context.query.choice("about", as: Answer.About.self)
        if let segment = try context.query.segment {
            return .json(try await SegmentViews(desk: desk).scoreJSON(segment, about))
        }
        return .json(try await scores.report(window, about: about, organisation: organisation).json)
    }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let filter = try await AnswerQuery(context.query).filter(scores, organisation)
        let portion = try await answers.list(
            filter, after: context.query["after"], limit: try context.query.perPage(),
            organisation: organisation)
        let next = portion.next.map { "/api/v2/answers" + context.query.with("after", $0) }
        return .json(.list(portion.items.map(AnswerAPI.json))).linking(next: next)
    }

    @Sendable func record(_ request: Request, in context: APIContext) async throws -> Response {
        let body = try await Body(of: request, known: AnswerAPI.fields)
        let organisation = try await desk.organisations.required()
        let now = desk.clock.now
        guard let score = try body.int("score") else { throw BodyFieldRefusal.missing(field: "score") }
        let moment = try body.moment("at", zone: organisation.zone) ?? (organisation.zone.day(of: now), now)
        var answer = NewAnswer(party: try await party(body), given: score, day: moment.day)
        answer.at = moment.at
        answer.question = try AnswerAPI.question(body)
        answer.words = try body.text("words") ?? ""
        answer.afterEvent = try body.text("after_event") ?? ""
        answer.visits = try body.int("visits")
        guard (answer.visits ?? 0) >= 0 else { throw BodyFieldRefusal.mismatch(field: "visits") }
        answer.source = try body.text("source") ?? "api"
        answer.outsideID = try body.text("outside_id")
        let recorded = try await answers.record(
            answer, today: organisation.zone.day(of: now), by: desk.act(by: context.person.id))
        let place = recorded.party.map { "/api/v2/contacts/\($0)/timeline" } ?? "/api/v2/answers"
        return .created(AnswerAPI.json(recorded), at: place)
    }

    private static func question(_ body: Body) throws -> AnswerQuestion {
        guard let text = try body.text("scale") else { return AnswerQuestion(scale: .standard) }
        guard let scale = AnswerScale(text) else { throw AnswerRefusal.unknownScale(String(text.prefix(40))) }
        return AnswerQuestion(scale: scale, mapping: try body.text("mapping"))
    }

    /// Nobody where nobody is named: an answer without a name.
    private func party(_ body: Body) async throws -> ID<Party>? {
        if let id = try body.int("customer_id") { return ID(Int64(id)) }
        let outsideID = try body.text("unique_external_id")
        let email = try body.text("email")
        guard outsideID != nil || email != nil else { return nil }
        let found = try await desk.database.read { connection in
            try outsideID.flatMap { try CustomerStore.find(outsideID: $0, in: connection) }
                ?? email.flatMap { try CustomerStore.find(email: $0, in: connection) }
        }
        guard let found else { throw AnswerRefusal.unknownCustomer }
        return found
    }

    static func json(_ row: AnswerRow) -> JSON {
        guard case .object(let pairs) = json(row.answer) else { return .null }
        return .object(pairs + [("customer_name", .text(row.name)), ("level", .text(row.level?.rawValue))])
    }

    static func json(_ answer: Answer) -> JSON {
        .object([
            ("id", .int(answer.id)), ("customer_id", .int(answer.party?.value)), ("kind", .text("nps")),
            ("day", .text(answer.day.description)), ("at", .text(answer.at?.iso)),
            ("given", .int(answer.given)), ("scale", .text(answer.scale)),
            ("mapping", answer.mapping.isEmpty ? .null : .text(answer.mapping)),
            ("score", .int(answer.score)),
            ("part", .text(answer.part.word)), ("words", .text(answer.words)),
            ("after_event", answer.afterEvent.isEmpty ? .null : .text(answer.afterEvent)),
            ("visits", .int(answer.visits.map(Int64.init))),
            ("attribute", answer.attribute.isEmpty ? .null : .text(answer.attribute)),
            ("source", .text(answer.source)), ("outside_id", .text(answer.outsideID)),
        ])
    }
}
