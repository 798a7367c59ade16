import Kernel
import Markup

extension FigureReport {
    /// For a terminal.
    public var text: String {
        var lines = [
            Phrase(
                "figures.base", .count(customers), .count(repeaters),
                .day(daysSinceEpoch: day.daysSinceEpoch)
            ).text
        ]
        if let model, let logLikelihood {
            lines.append(
                "\(model.name): \(FigureReport.list(parameters)), LL \(FigureReport.digits(logLikelihood))")
        } else if let refusal {
            lines.append(refusal.phrase.text)
        }
        if let refusal = spend.refusal { lines.append(refusal.phrase.text) }
        lines += backtest.map(FigureReport.lines) ?? [backtestRefusal?.phrase.text].compactMap { $0 }
        for total in lists {
            let money = Argument.money(minor: total.money, currency: currency).text
            lines.append("\(Phrase("lists.\(total.list.rawValue)").text): \(total.customers), \(money)")
        }
        return lines.joined(separator: "\n")
    }

    private static func lines(_ test: BacktestFindings) -> [String] {
        let how = Phrase(
            "figures.backtest.how", .text(test.model.name), .day(daysSinceEpoch: test.cut.daysSinceEpoch),
            .count(test.end.daysSinceEpoch - test.cut.daysSinceEpoch), .count(test.customers))
        let bins = test.bins.map { bin in
            let repeats = "\(bin.repeats)\(bin.isOpen ? "+" : "")"
            return "  \(repeats)\t\(bin.customers)\t\(digits(bin.expected))\t\(bin.actual)"
        }
        let heads = ["repeats", "customers", "expected", "actual"].map { Phrase("figures.bin.\($0)").text }
        return [
            how.text, "\(test.model.name): \(list(test.parameters)), LL \(digits(test.logLikelihood))",
            BacktestCard.verdict(test).text, "  " + heads.joined(separator: "\t"),
        ] + bins
    }

    private static func list(_ parameters: [FigureParameter]) -> String {
        parameters.map { "\($0.name) \(digits($0.value))" }.joined(separator: ", ")
    }

    private static func digits(_ number: Double) -> String { Argument.number(number, decimals: 3).text }
}
