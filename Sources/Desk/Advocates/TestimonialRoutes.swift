import HTTPTypes
import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
import Web

/// Testimonials on screen, and the link by which their authors take them back.
struct TestimonialRoutes: Sendable {
    let desk: Desk
    let testimonials: TestimonialStore

    var all: [Route] {
        let one = "/advocates/testimonials/:id"
        return [
            .agent(.get, "/advocates/testimonials", needs: .seeCustomers, use: list),
            .agent(.get, "/advocates/testimonials/csv", needs: .exportCustomers, use: export),
            .agent(.get, one, needs: .seeCustomers, use: show),
            .agent(.post, "\(one)/consent", needs: .recordAdvocacy, use: consent),
            .agent(.post, "\(one)/excerpt", needs: .recordAdvocacy, use: shorten),
            .agent(.post, "\(one)/withdrawal", needs: .recordAdvocacy, use: withdraw),
            .agent(.post, "\(one)/pinning", needs: .recordAdvocacy) { _, context in
                try await pin(true, context)
            },
            .agent(.post, "\(one)/unpinning", needs: .recordAdvocacy) { _, context in
                try await pin(false, context)
            },
            .agent(.post, "\(one)/link", needs: .recordAdvocacy, use: makeLink),
            .visitor(.get, "/words/:token", use: ownWords),
            .visitor(.post, "/words/:token", use: takeBack),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let state = Testimonial.State(rawValue: context.query["show"] ?? "") ?? .open
        let today = try await desk.today()
        let page = TestimonialsPage(
            state: state,
            portion: try await testimonials.page(state, after: context.query["after"], limit: 30),
            totals: try await desk.database.read {
                try AdvocacyTotals.read(today: today.daysSinceEpoch, in: $0)
            },
            query: context.query, mayExport: context.may(.exportCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/advocates"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await answer(context) { _ in }
    }

    private func answer(
        _ context: AgentContext, status: HTTPResponse.Status = .ok, _ change: (inout TestimonialPage) -> Void
    ) async throws -> Response {
        let id = try context.parameters.id(of: Testimonial.self).value
        guard let testimonial = try await testimonials.find(id) else { throw NotFound() }
        let consents = try await testimonials.consents(of: id)
        let now = desk.clock.now
        let settings = try await desk.database.read { try AdvocacySettings.read(at: now, in: $0) }
        let name = try await desk.organisations.required().name
        var page = TestimonialPage(
            testimonial: testimonial, consents: consents,
            names: try await desk.colleagueNames(consents.compactMap(\.recordedBy)),
            standardConsent: settings.consent.isEmpty
                ? Phrase("advocacy.consent.standard", .text(name)).text : settings.consent,
            today: try await desk.today(), mayChange: context.may(.recordAdvocacy))
        change(&page)
        return .page(page, in: try await desk.shell(for: context, here: "/advocates"), status: status)
    }

    private func change(
        _ context: AgentContext, saying key: String,
        again: (inout TestimonialPage, any Refusal) -> Void = { $0.notice = $1.phrase },
        _ act: (Int64, Act) async throws -> Void
    ) async throws -> Response {
        let id = try context.parameters.id(of: Testimonial.self).value
        do {
            try await act(id, desk.act(by: context.person.id))
            return .redirect(to: "/advocates/testimonials/\(id)", saying: Phrase(key))
        } catch TestimonialRefusal.unknown {
            throw NotFound()
        } catch let refusal as any Refusal {
            return try await answer(context, status: refusal.status) { again(&$0, refusal) }
        }
    }

    @Sendable func consent(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(
            context, saying: "advocacy.consent.saved",
            again: { $0.consentAnswers = Answers(context.form, $1) }
        ) { id, act in
            let consent = try TestimonialRoutes.consent(context.form)
            _ = try await testimonials.consent(id, consent, today: try await desk.today(), by: act)
        }
    }

    private static func consent(_ form: PostedForm) throws -> TestimonialConsent {
        guard let day = try form.day("day") else { throw FieldRefusal.missing(field: "day") }
        guard let way = Testimonial.Way(rawValue: form.text("how")) else { throw TestimonialRefusal.noWay }
        var consent = TestimonialConsent(day: day, words: form.text("words"), way: way)
        guard ["yes", "no"].contains(form.text("given")) else { throw FieldRefusal.missing(field: "given") }
        consent.given = form.text("given") == "yes"
        consent.website = form.flag("website")
        consent.print = form.flag("print")
        consent.sales = form.flag("sales")
        consent.nameForm = try form.choice("name", as: Testimonial.NameForm.self) ?? .none
        return consent
    }

    @Sendable func shorten(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(
            context, saying: "advocacy.testimonial.short.saved",
            again: { $0.shortAnswers = Answers(context.form, $1) }
        ) { id, act in
            _ = try await testimonials.shorten(id, to: context.form.text("short"), by: act)
        }
    }

    @Sendable func withdraw(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, saying: "advocacy.testimonial.withdrawn") { id, act in
            _ = try await testimonials.withdraw(id, by: act)
        }
    }

    private func pin(_ isPinned: Bool, _ context: AgentContext) async throws -> Response {
        try await change(
            context, saying: isPinned ? "advocacy.testimonial.pinned" : "advocacy.testimonial.unpinned"
        ) { id, act in _ = try await testimonials.pin(id, isPinned, by: act) }
    }

    /// The one answer to a form that is a page rather than a redirect: the link is shown now or never.
    @Sendable func makeLink(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Testimonial.self).value
        guard try await testimonials.find(id) != nil else { throw NotFound() }
        let (_, token) = try await testimonials.makeLink(id, by: desk.act(by: context.person.id))
        let link = OwnAddress(request, isSecure: context.request.isSecure).link("/words/\(token)")
        return try await answer(context) { $0.link = link }
    }

    @Sendable func ownWords(_ request: Request, in context: VisitorContext) async throws -> Response {
        try await withdrawalPage(context)
    }

    @Sendable func takeBack(_ request: Request, in context: VisitorContext) async throws -> Response {
        let token = try context.parameters.text("token")
        guard let testimonial = try await testimonials.find(token: token) else { throw NotFound() }
        if testimonial.state == .given {
            _ = try await testimonials.withdraw(testimonial.id, by: desk.act(by: nil))
        }
        return .redirect(to: "/words/\(token)", type: .normal)
    }

    private func withdrawalPage(_ context: VisitorContext) async throws -> Response {
        let token = try context.parameters.text("token")
        guard let testimonial = try await testimonials.find(token: token) else { throw NotFound() }
        let name = try await desk.organisations.required().name
        let page = WithdrawalPage(testimonial: testimonial, organisation: name, token: token)
        return .page(page, in: Shell(for: context))
    }

    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let state = Testimonial.State(rawValue: context.query["show"] ?? "") ?? .given
        let (testimonials, reader) = (testimonials, context.reader)
        let head = ["id", "name", "day", "words", "short", "website", "print", "sales", "shown"].map {
            CSVCell.quoted(Phrase("advocacy.testimonials.csv.\($0)").text(for: reader))
        }
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: head.joined(separator: ",") + "\r\n"))
            var after: String?
            repeat {
                let portion = try await testimonials.page(state, after: after, limit: 200)
                try await writer.write(ByteBuffer(string: portion.items.map(TestimonialRoutes.line).joined()))
                after = portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        return .download(body, named: "testimonials-\(state.rawValue).csv", type: "text/csv; charset=utf-8")
    }

    private static func line(_ testimonial: Testimonial) -> String {
        func tick(_ truth: Bool) -> String { truth ? "1" : "0" }
        let cells = [
            "\(testimonial.id)", testimonial.name, testimonial.day.description, testimonial.words,
            testimonial.short,
            tick(testimonial.website), tick(testimonial.print), tick(testimonial.sales),
            testimonial.shownName,
        ]
        return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }
}

/// Where this colleague's browser reached the desk, to copy links from. Shown to them alone.
struct OwnAddress {
    private let site: String

    init(_ request: Request, isSecure: Bool) {
        let origin = (isSecure ? "https://" : "http://") + (request.head.authority ?? "")
        site = SiteAddress(origin)?.description ?? ""
    }

    func link(_ path: String) -> String { site + path }
}
