import HTTPTypes
import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
public import Web

/// The score on screen, the answers behind its numbers, and an answer entered by hand.
struct NPSRoutes: Sendable {
    let desk: Desk
    let answers: AnswerStore
    let scores: NPSStore

    var all: [Route] {
        [
            .agent(.get, "/nps", needs: .seeProfile, use: show),
            .agent(.get, "/nps/answers", needs: .seeCustomers, use: list),
            .agent(.get, "/nps/answers.csv", needs: .exportCustomers, use: download),
            .agent(.post, "/people/:id/answers", needs: .recordAdvocacy, use: record),
        ]
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        if let segment = try context.query.segment {
            return try await SegmentViews(desk: desk).score(segment, in: context)
        }
        let organisation = try await desk.organisations.required()
        let about = try context.query.choice("about", as: Answer.About.self)
        var refusal: ProfileRefusal?
        var window: ClosedRange<LocalDate>?
        do {
            window = try ProfileWindow.read(context.query)
        } catch let problem as ProfileRefusal { refusal = problem }
        let report = try await scores.report(window, about: about, organisation: organisation)
        var page = NPSPage(report: report, refusal: refusal, mayImport: context.may(.importFiles))
        page.segments = try await SegmentStore(database: desk.database, clock: desk.clock).all()
        let shell = try await desk.shell(for: context, here: "/nps")
        return .page(page, in: shell, status: refusal == nil ? .ok : .unprocessableContent)
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let filter = try await AnswerQuery(context.query).filter(scores, organisation)
        let portion = try await answers.list(
            filter, after: context.query["after"], limit: 50, organisation: organisation)
        let page = AnswersPage(
            filter: filter, portion: portion, query: context.query, mayExport: context.may(.exportCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/nps"))
    }

    /// The whole list, written page by page while it is read.
    @Sendable func download(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let filter = try await AnswerQuery(context.query).filter(scores, organisation)
        let answers = answers
        let reader = Reader.current
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: AnswerTable.head(for: reader)))
            var after: String?
            repeat {
                let portion = try await answers.list(
                    filter, after: after, limit: 1000, organisation: organisation)
                let lines = portion.items.map { AnswerTable.line($0, for: reader) }.joined()
                try await writer.write(ByteBuffer(string: lines))
                after = portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        let name = "answers-\(filter.days.lowerBound)-\(filter.days.upperBound).csv"
        return .download(body, named: name, type: "text/csv; charset=utf-8")
    }

    @Sendable func record(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let today = organisation.zone.day(of: desk.clock.now)
        let id = try context.parameters.id(of: Party.self)
        do {
            try await record(context, for: id, today: today)
        } catch AnswerRefusal.unknownCustomer {
            throw NotFound()
        } catch let refusal as any Refusal {
            return try await again(id, refusal, context)
        }
        return .redirect(to: "/people/\(id)", saying: Phrase("answers.saved"))
    }

    private func record(_ context: AgentContext, for id: ID<Party>, today: LocalDate) async throws {
        guard let score = try context.form.int("score", in: 0...10) else {
            throw FieldRefusal.missing(field: "score")
        }
        var answer = NewAnswer(party: id, given: score, day: try context.form.day("answered") ?? today)
        answer.words = context.form.text("said")
        answer.afterEvent = try context.form.line("after_event", limit: 200)
        _ = try await answers.record(answer, today: today, by: desk.act(by: context.person.id))
    }

    private func again(_ id: ID<Party>, _ refusal: any Refusal, _ context: AgentContext) async throws
        -> Response
    {
        let party = try await desk.database.read { try CustomerStore.customer(id, in: $0) }
        guard let party else { throw NotFound() }
        let names = ["score", "answered", "said", "after_event"]
        let values = Dictionary(uniqueKeysWithValues: names.map { ($0, context.form[$0] ?? "") })
        let page = AnswerFormPage(
            name: party.name, form: AnswerForm(party: id, values: values, refusal: refusal))
        return .page(page, in: try await desk.shell(for: context, here: "/people"), status: refusal.status)
    }
}

/// Answers to surveys held elsewhere and the net promoter score: screens, API, and the jobs that count.
public struct AnswerFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        let answers = AnswerStore(database: desk.database, clock: desk.clock)
        let scores = NPSStore(database: desk.database, clock: desk.clock)
        return NPSRoutes(desk: desk, answers: answers, scores: scores).all
            + AnswerAPI(desk: desk, answers: answers, scores: scores).all
    }

    public var workers: [any Worker] { [FoldAnswers(desk: desk), WeighAnswers(desk: desk)] }
}
