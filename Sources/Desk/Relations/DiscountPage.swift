import Hummingbird
import Kernel
import Markup
import Web

/// The steps of the discount in one currency.
struct DiscountPage: Page {
    let steps: DiscountSteps
    let others: [DiscountSteps]
    var answers = Answers()

    var title: String { Phrase("relations.discount.title").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "relations.discount.lead")</p></div></header>
        <section class="card"><h2>\(t: "relations.discount.in", steps.currency.code)</h2>\(form)</section>
        <section class="card"><h2>\(t: "relations.discount.other")</h2>\(kept)\(chooser)</section></section>
        """
    }

    private var form: HTML {
        let rows = (0..<DiscountSteps.most).map(row)
        return Form(
            "/settings/discounts",
            content: """
                \(answers.notice)<input type="hidden" name="currency" value="\(steps.currency.code)">\
                <p class="muted">\(t: "relations.discount.rows")</p><div class="discount-rows">\(rows)</div>\
                <p><button class="btn primary">\(t: "relations.discount.save")</button></p>
                """
        ).html
    }

    private func row(_ place: Int) -> HTML {
        let step = steps.steps.indices.contains(place) ? steps.steps[place] : nil
        let from = step.map { Money(minor: $0.from, currency: steps.currency).decimal } ?? ""
        let number = Argument.count(place + 1)
        let share = step.map { DiscountSteps.percent($0.share) } ?? ""
        let volume = answers.field(
            "from_\(place)", Phrase("relations.discount.from", number, .text(steps.currency.code)),
            standard: from,
            autocomplete: "off", required: false)
        let percent = answers.field(
            "share_\(place)", Phrase("relations.discount.share", number), standard: share,
            autocomplete: "off",
            required: false)
        return "\(volume)\(percent)"
    }

    private var kept: HTML? {
        let others = others.filter { $0.currency != steps.currency }
        guard !others.isEmpty else { return nil }
        let links = others.map { other -> HTML in
            let address = "/settings/discounts?currency=" + other.currency.code
            return #"<a class="btn small" href="\#(address)">\#(other.currency.code)</a>"#
        }
        return #"<p class="actions">\#(links)</p>"#
    }

    private var chooser: HTML {
        let choice = Field(
            name: "currency", label: Phrase("relations.discount.currency").text, value: steps.currency.code,
            kind: .choice(Currency.codes.map { Choice($0, $0) }))
        return """
            <form class="filters" method="get" action="/settings/discounts">\(choice.html)\
            <button class="btn">\(t: "relations.discount.choose")</button></form>
            """
    }
}

/// The settings of the discount at volume.
struct DiscountRoutes: Sendable {
    let desk: Desk

    private var store: DiscountStore { DiscountStore(database: desk.database, clock: desk.clock) }

    var all: [Route] {
        [
            .agent(.get, "/settings/discounts", needs: .changeSettings, use: show),
            .agent(.post, "/settings/discounts", needs: .changeSettings, use: change),
        ]
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = try await page(try await currency(context.query["currency"]))
        return .page(page, in: try await desk.shell(for: context, here: "/settings/discounts"))
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        let currency = try await currency(context.form["currency"])
        do {
            let steps = try DiscountForm(form: context.form, currency: currency).steps()
            try await store.change(steps, by: desk.act(by: context.person.id))
            return .redirect(
                to: "/settings/discounts?currency=\(currency.code)",
                saying: Phrase("relations.discount.saved"))
        } catch let refusal as any Refusal {
            var page = try await page(currency)
            page.answers = Answers(context.form, refusal)
            return .page(
                page, in: try await desk.shell(for: context, here: "/settings/discounts"),
                status: refusal.status)
        }
    }

    /// The one named; else the organisation's.
    private func currency(_ code: String?) async throws -> Currency {
        if let known = code.flatMap(Currency.init) { return known }
        return try await desk.organisations.required().currency
    }

    private func page(_ currency: Currency) async throws -> DiscountPage {
        let all = try await store.all()
        let steps = all.first { $0.currency == currency } ?? DiscountSteps(currency: currency, steps: [])
        return DiscountPage(steps: steps, others: all)
    }
}

/// Steps as they are typed: rows of a volume and a percent, of which some may be empty.
struct DiscountForm {
    let form: PostedForm
    let currency: Currency

    func steps() throws -> DiscountSteps {
        var found: [(row: Int, step: DiscountSteps.Step)] = []
        var refusals: [any Refusal] = []
        for row in 0..<DiscountSteps.most {
            do { if let step = try step(row) { found.append((row, step)) } } catch { refusals.append(error) }
        }
        let sorted = found.sorted { $0.step.from < $1.step.from }
        for (one, other) in zip(sorted, sorted.dropFirst()) {
            if one.step.from == other.step.from {
                refusals.append(RelationRefusal.sameVolume(field: "from_\(other.row)"))
            } else if one.step.share >= other.step.share {
                refusals.append(RelationRefusal.fallingPercent(field: "share_\(other.row)"))
            }
        }
        if let refusals = Refusals(refusals) { throw refusals }
        return DiscountSteps(currency: currency, steps: sorted.map(\.step))
    }

    private func step(_ row: Int) throws(RelationRefusal) -> DiscountSteps.Step? {
        let (volume, share) = (form.text("from_\(row)"), form.text("share_\(row)"))
        if volume.isEmpty, share.isEmpty { return nil }
        guard let from = DecimalText.whole(volume, decimals: currency.exponent), from > 0 else {
            throw .badVolume(field: "from_\(row)")
        }
        guard let hundredths = DecimalText.whole(share, decimals: 2), (1...10_000).contains(hundredths) else {
            throw .badPercent(field: "share_\(row)")
        }
        return DiscountSteps.Step(from: from, share: Int(hundredths))
    }
}
