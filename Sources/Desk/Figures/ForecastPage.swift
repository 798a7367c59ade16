import Kernel
import Markup
import Web

/// How the figures come about: the model and its numbers, and how well it foretold this organisation's own past.
struct ForecastPage: Page {
    let run: CompletedRun?
    let isUnderWay: Bool
    let mayRun: Bool
    var answers = Answers()

    var title: String { Phrase("figures.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "figures.lead")</p></div>\(again)</header>
        \(#"<p class="notice" role="status">\#(t: "figures.underWay")</p>"#, if: isUnderWay)\
        \(content)</section>
        """
    }

    private var again: HTML? {
        guard mayRun else { return nil }
        return Form(
            "/model/runs", content: #"<button class="btn">\#(t: "figures.runAgain")</button>"#
        ).html
    }

    /// Another model, or another end of what it may know, to see how well that would have foretold.
    private var otherwise: HTML? {
        guard mayRun else { return nil }
        let models =
            [Choice("", Phrase("figures.otherwise.own").text)]
            + ForecastKind.allCases.map { Choice($0.rawValue, $0.name) }
        let isOpen = !answers.complaints.isEmpty || answers.complaint != nil
        let content: HTML = """
            \(answers.notice)<p class="muted">\(t: "figures.otherwise.what")</p><div class="stack">\
            \(answers.field("model", Phrase("figures.otherwise.model"), .choice(models), required: false))\
            \(answers.field("until", Phrase("figures.otherwise.until"), .date, hint: Phrase("figures.otherwise.until.hint"), required: false))</div>
            <p><button class="btn">\(t: "figures.otherwise.run")</button></p>
            """
        return """
            <details class="card" \(attribute: "open", if: isOpen)><summary>\(t: "figures.otherwise")</summary>\
            \(Form("/model/runs", content: content).html)</details>
            """
    }

    private var content: HTML {
        guard let run else {
            return """
                <div class="empty card"><h2>\(t: "figures.none")</h2><p class="muted">\(t: "figures.none.how")</p></div>
                """
        }
        return """
            <div class="two"><div class="stack">\(BacktestCard(report: run.report).html)</div>
            <div class="stack">\(ForecastCard(report: run.report, finishedAt: run.finishedAt).html)\
            \(SpendCard(report: run.report).html)\(CurveCard(report: run.report).html)\(otherwise)</div></div>
            """
    }
}

/// The model and its numbers, a sentence each.
struct ForecastCard {
    let report: FigureReport
    let finishedAt: Instant

    var html: HTML {
        """
        <section class="card" aria-labelledby="model"><h2 class="h" id="model">\(t: "figures.model")</h2>
        \(choice)<p>\(t: "figures.base", .count(report.customers), .count(report.repeaters), .day(daysSinceEpoch: report.day.daysSinceEpoch))</p>\
        \(ParameterTable(parameters: report.parameters, prefix: prefix).html)
        <p class="faint">\(t: "figures.ran", .instant(finishedAt.milliseconds), .number(report.seconds, decimals: 1))</p></section>
        """
    }

    private var prefix: String {
        report.model == .paretoNBD ? "figures.parameter.pareto" : "figures.parameter.beta"
    }

    private var choice: HTML {
        guard let model = report.model else {
            let reason = report.refusal?.phrase ?? Phrase("figures.reason.noPurchases")
            return "<p><b>\(t: "figures.refused")</b> \(reason)</p>"
        }
        let key = report.wasAskedFor ? "figures.choice.asked" : "figures.choice.\(model.rawValue)"
        let once = report.customers - report.repeaters
        let share = Double(once) / Double(max(1, report.customers))
        let said: HTML =
            report.wasAskedFor
            ? "\(t: key, .text(model.name))" : "\(t: key, .percent(share, decimals: 0))"
        let warning: HTML? = model == .bgNBD ? " \(t: "figures.choice.bg-nbd")" : nil
        return "<p><b>\(model.name).</b> \(said)\(warning)</p>"
    }
}

/// Fitted numbers with what they mean.
struct ParameterTable {
    let parameters: [FigureParameter]
    let prefix: String

    var html: HTML? {
        guard !parameters.isEmpty else { return nil }
        let rows = parameters.map { parameter -> HTML in
            """
            <tr><th scope="row">\(parameter.name)</th><td class="number">\(.number(parameter.value, decimals: 3))</td>\
            <td class="muted">\(Phrase("\(prefix).\(parameter.name)"))</td></tr>
            """
        }
        return """
            <table class="table"><caption class="hidden">\(t: "figures.parameters")</caption><thead><tr>\
            <th scope="col">\(t: "figures.parameter")</th><th scope="col" class="number">\(t: "figures.value")</th>\
            <th scope="col">\(t: "figures.meaning")</th></tr></thead><tbody>\(rows)</tbody></table>
            """
    }
}

/// Expected against what came.
struct BacktestCard {
    let report: FigureReport

    var html: HTML {
        """
        <section class="card" aria-labelledby="backtest"><h2 class="h" id="backtest">\(t: "figures.backtest")</h2>\
        \(report.backtest.map(BacktestCard.content) ?? refusal)</section>
        """
    }

    private var refusal: HTML {
        let reason =
            (report.backtestRefusal ?? report.refusal)?.phrase ?? Phrase("figures.reason.noPurchases")
        return "<p>\(reason)</p>"
    }

    private static func content(_ test: BacktestFindings) -> HTML {
        let days = test.end.daysSinceEpoch - test.cut.daysSinceEpoch
        let rows = test.bins.map(row)
        return """
            <p class="big">\(verdict(test).text)</p>
            <p class="muted">\(t: "figures.backtest.how", .text(test.model.name), .day(daysSinceEpoch: test.cut.daysSinceEpoch), .count(days), .count(test.customers))</p>
            <table class="table bins"><caption class="hidden">\(t: "figures.backtest")</caption><thead><tr>\
            <th scope="col">\(t: "figures.bin.repeats")</th><th scope="col" class="number">\(t: "figures.bin.customers")</th>\
            <th scope="col" class="number">\(t: "figures.bin.expected")</th><th scope="col" class="number">\(t: "figures.bin.actual")</th></tr></thead>\
            <tbody>\(rows)<tr><th scope="row"><b>\(t: "figures.bin.all")</b></th><td class="number">\(.count(test.customers))</td>\
            <td class="number">\(.number(test.expected, decimals: 0))</td><td class="number">\(.count(test.actual))</td></tr></tbody></table>
            <p class="faint">\(t: "figures.backtest.assumes")</p>
            """
    }

    private static func row(_ bin: BacktestFindings.Bin) -> HTML {
        let repeats: HTML =
            bin.isOpen ? "\(t: "figures.bin.andMore", .count(bin.repeats))" : "\(.count(bin.repeats))"
        return """
            <tr><th scope="row">\(repeats)</th><td class="number">\(.count(bin.customers))</td>\
            <td class="number">\(.number(bin.expected, decimals: 0))</td><td class="number">\(.count(bin.actual))</td></tr>
            """
    }

    /// "Expected 1,653, came 1,882: the model forecasts 12 % too few."
    static func verdict(_ test: BacktestFindings) -> Phrase {
        let expected = Argument.count(Int(test.expected.rounded()))
        let actual = Argument.count(test.actual)
        guard let deviation = test.deviation else { return Phrase("figures.verdict.none", expected) }
        let percent = (abs(deviation) * 100).rounded() / 100
        let share = Argument.percent(percent, decimals: 0)
        if percent == 0 { return Phrase("figures.verdict.right", expected, actual) }
        return Phrase(
            deviation < 0 ? "figures.verdict.few" : "figures.verdict.many", expected, actual, share)
    }
}

/// What a purchase is worth, and whether the data carries saying so.
struct SpendCard {
    let report: FigureReport

    var html: HTML {
        """
        <section class="card" aria-labelledby="spend"><h2 class="h" id="spend">\(t: "figures.spend")</h2>\(content)</section>
        """
    }

    private var content: HTML {
        let spend = report.spend
        if let refusal = spend.refusal {
            return "<p><b>\(t: "figures.refused")</b> \(refusal.phrase)</p>"
        }
        let mean: HTML? = spend.mean.map { mean in
            let money = Argument.money(minor: Int64(mean.rounded()), currency: report.currency)
            return "<p>\(t: "figures.spend.mean", money, .count(spend.repeaters))</p>"
        }
        let correlation: HTML? = spend.correlation.map { correlation in
            let key = spend.isDoubtful ? "figures.spend.doubtful" : "figures.spend.correlation"
            return "<p>\(t: key, .number(correlation, decimals: 3))</p>"
        }
        let table = ParameterTable(parameters: spend.parameters, prefix: "figures.parameter.spend").html
        return "\(mean)\(correlation)\(table)"
    }
}

/// When newcomers come back.
struct CurveCard {
    let report: FigureReport

    var html: HTML {
        """
        <section class="card" aria-labelledby="curve"><h2 class="h" id="curve">\(t: "figures.curve")</h2>\(content)</section>
        """
    }

    private var content: HTML {
        guard let curve = report.curve else {
            return "<p>\(t: "figures.curve.none", .count(RepeatWindow.leastWatched))</p>"
        }
        return """
            <p>\(t: "figures.curve.says", .percent(curve.returning, decimals: 1), .count(curve.reach), .count(curve.people))</p>\
            <p>\(t: "figures.curve.half", .count(curve.halfDay), .count(curve.lateDay))</p>
            """
    }
}
