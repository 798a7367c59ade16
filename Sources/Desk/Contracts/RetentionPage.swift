import Kernel
import Markup
import Web

/// How long contracts last: who left by kind, the curve month by month, and the model where one fits.
struct RetentionPage: Page {
    let kept: RetentionStore.Kept?

    var title: String { Phrase("contracts.retention").text }

    var main: HTML {
        """
        <section class="page retention"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "contracts.retention.lead")</p></div>\
        <a class="btn" href="/contracts">\(t: "contracts.title")</a></header>\(body)</section>
        """
    }

    private var body: HTML {
        guard let kept else { return #"<p class="empty">\#(t: "contracts.retention.soon")</p>"# }
        guard !kept.figures.groups.isEmpty else {
            return """
                <div class="empty card"><h2>\(t: "contracts.none.all")</h2><p>\(t: "contracts.none.how")</p>\
                <p><a class="btn primary" href="/imports/new?kind=contracts">\(t: "contracts.import")</a></p></div>
                """
        }
        let figures = kept.figures
        return """
            <p class="muted">\(t: "contracts.retention.dated", .day(daysSinceEpoch: figures.through), .instant(kept.computedAt.milliseconds))</p>
            \(RetentionTable(figures: figures, kind: .terms).html)
            \(figures.groups.filter { $0.kind != .attribute }.map { ContractCurveCard(group: $0).html })
            \(RetentionTable(figures: figures, kind: .attribute).html)
            \(cut, if: figures.isCut)
            <p>\(form: "/contracts/retention/computation", button: Phrase("contracts.retention.again"))</p>
            """
    }

    private var cut: HTML {
        #"<p class="muted">\#(t: "contracts.retention.cut", RetentionCount.mostGroups)</p>"#
    }
}

/// Who left, by kind of contract or by what else is known, each with its range and number.
struct RetentionTable {
    let figures: ContractRetention
    let kind: ContractRetention.Group.Kind

    private var groups: [ContractRetention.Group] {
        figures.groups.filter { $0.kind == kind || (kind == .terms && $0.kind == .all) }
    }

    var html: HTML? {
        guard !groups.isEmpty else { return nil }
        let heading = Phrase("contracts.left.\(kind.rawValue)")
        return """
            <section class="card"><h2>\(heading)</h2>
            <p class="muted">\(t: "contracts.left.what")</p>
            <div class="scroll" tabindex="0" role="region" aria-label="\(heading)"><table class="table"><thead><tr>\
            <th scope="col">\(t: "contracts.kind")</th><th scope="col" class="number">\(t: "contracts.left")</th>\
            <th scope="col" class="number">\(t: "contracts.range")</th><th scope="col" class="number">\(t: "contracts.ended")</th>\
            <th scope="col" class="number">\(t: "contracts.count")</th></tr></thead><tbody>\(groups.map(row))</tbody></table></div></section>
            """
    }

    private func row(_ group: ContractRetention.Group) -> HTML {
        """
        <tr><th scope="row"><bdi>\(RetentionTable.name(group))</bdi></th>\
        <td class="number">\(.percent(group.share, decimals: 2))</td>\
        <td class="number">\(t: "contracts.range.of", .percent(group.lower, decimals: 1), .percent(group.upper, decimals: 1))</td>\
        <td class="number">\(.count(group.ended))</td><td class="number">\(.count(group.contracts))</td></tr>
        """
    }

    static func name(_ group: ContractRetention.Group) -> String {
        if group.kind == .all { return Phrase("contracts.kind.all").text }
        return group.name.isEmpty ? Phrase("contracts.kind.unnamed").text : group.name
    }
}

/// The curve of one kind of contract, and the model or why there is none.
struct ContractCurveCard {
    let group: ContractRetention.Group

    var html: HTML {
        """
        <section class="card"><h2><bdi>\(RetentionTable.name(group))</bdi></h2>\(table)<p>\(judgement)</p></section>
        """
    }

    private var table: HTML? {
        guard group.contracts >= RetentionCount.fewest, !group.points.isEmpty else { return nil }
        let name = Phrase("contracts.curve", .text(RetentionTable.name(group)))
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(name)"><table class="table"><caption>\(t: "contracts.curve.what")</caption><thead><tr>\
            <th scope="col">\(t: "contracts.months")</th><th scope="col" class="number">\(t: "contracts.remaining")</th>\
            <th scope="col" class="number">\(t: "contracts.range")</th><th scope="col" class="number">\(t: "contracts.followed")</th></tr></thead>\
            <tbody>\(group.points.map(row))</tbody></table></div>
            """
    }

    private func row(_ point: ContractRetention.Point) -> HTML {
        let range: HTML =
            if let lower = point.lower, let upper = point.upper {
                "\(t: "contracts.range.of", .percent(lower, decimals: 1), .percent(upper, decimals: 1))"
            } else {
                "–"
            }
        return """
            <tr><th scope="row">\(.count(point.month))</th><td class="number">\(.percent(point.remaining, decimals: 1))</td>\
            <td class="number">\(range)</td><td class="number">\(.count(point.atRisk))</td></tr>
            """
    }

    private var judgement: Phrase {
        guard let model = group.model else { return ContractCurveCard.refusal(group.refusal) }
        return Phrase(
            "contracts.model", .number(model.alpha, decimals: 3), .number(model.beta, decimals: 3),
            .number(model.gap * 100, decimals: 1), .count(model.gapMonth))
    }

    static func refusal(_ reason: String?) -> Phrase {
        switch reason {
        case "few": Phrase("contracts.noModel.few", .count(RetentionCount.fewest))
        case "oneRenewal": Phrase("contracts.noModel.oneRenewal")
        case "noLosses": Phrase("contracts.noModel.noLosses")
        case "noneRenewed": Phrase("contracts.noModel.noneRenewed")
        case "constantChurn": Phrase("contracts.noModel.constantChurn")
        case "atTheEdge": Phrase("contracts.noModel.atTheEdge")
        default: Phrase("contracts.noModel.noRenewals")
        }
    }
}
