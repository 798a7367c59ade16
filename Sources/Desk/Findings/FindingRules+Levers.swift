import Kernel
import Methods

/// The lever to pull for each level: the first of a fixed order that the findings give a reason for. Where none does, there
/// is none.
extension FindingRules {
    func levers(_ findings: [Finding]) -> [Finding] {
        let all: [(Level, [Finding?])] = [
            (.first, first(findings)), (.repeating, repeating(findings)), (.advocate, advocate(findings)),
        ]
        return all.compactMap { level, choices in
            guard var lever = choices.compactMap(\.self).first else { return nil }
            lever.subject = level.rawValue
            return lever
        }
    }

    private func lever(
        _ variant: String, _ headline: [NamedFindingValue] = [], because finding: Finding? = nil,
        evidence: String? = nil
    ) -> Finding {
        let measure = finding?.measure ?? 1
        return Finding(
            kind: .lever, variant: variant, size: 0, measure: measure, headline: headline,
            evidence: evidence ?? finding?.evidence ?? "", table: finding?.table ?? FindingTable())
    }

    private func list(_ list: CustomerList, _ variant: String) -> Finding? {
        total(of: list).map { total in
            lever(
                variant, [.init("count", .count(total.customers)), .init("money", total.money)],
                evidence: "/lists/\(list.rawValue)")
        }
    }

    private func first(_ findings: [Finding]) -> [Finding?] {
        let drain = findings.first { $0.kind == .drain }
        let base = drain.map { lever("base", $0.headline, because: $0) }
        let loss = findings.first { $0.kind == .firstLoss }.map {
            lever("firstLoss", Array($0.headline.prefix(1)), because: $0)
        }
        let capture = findings.first { $0.kind == .capture }.map {
            lever("capture", Array($0.headline.prefix(2)), because: $0)
        }
        // A hexagon lacks its base before anything else.
        let isHexagon = facts.profile.shape.verdict.shape == .hexagon
        return [isHexagon ? base : nil, loss, capture, list(.newcomers, "newcomers"), base]
    }

    private func repeating(_ findings: [Finding]) -> [Finding?] {
        let cycle = findings.first { $0.kind == .longCycle }.map { lever("cycle", because: $0) }
        let fell = findings.first { $0.kind == .repeatRate && $0.variant == "fell" }.map {
            lever("fell", because: $0)
        }
        return [cycle, fell, list(.atRisk, "atRisk"), list(.overdue, "overdue")]
    }

    private func advocate(_ findings: [Finding]) -> [Finding?] {
        let shape = facts.profile.shape
        let willing = findings.first { $0.kind == .willing }
        let record =
            facts.profile.advocacyMeasured ? nil : lever("record", evidence: "/profile" + windowQuery)
        let shift = findings.first { $0.kind == .shift }.map { lever("shift", because: $0) }
        let broad =
            shape.qualifiers.contains(.broadMiddle)
            ? lever("broadMiddle", evidence: "/nps") : nil
        let isFragile = shape.verdict.shape == .hexagon || findings.contains { $0.kind == .concentration }
        let letters =
            isFragile
            ? willing.map {
                lever("letters", $0.headline, because: $0, evidence: "/advocates/ask")
            } : nil
        let ask = willing.map { lever("ask", $0.headline, because: $0, evidence: "/advocates/ask") }
        let consent = findings.first { $0.kind == .consent }.map {
            lever("consent", $0.headline, because: $0)
        }
        return [record, shift, broad, letters, ask, consent]
    }
}
