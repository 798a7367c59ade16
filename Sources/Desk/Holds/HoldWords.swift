import Kernel
import Markup

/// A hold in words: what it touches, and what it does not.
struct HoldWords {
    let hold: Hold
    let around: HoldSurroundings

    /// A name keeps its own direction of writing, whatever stands round it.
    static func isolated(_ name: String) -> String { "\u{2068}\(name)\u{2069}" }

    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return Phrase(
            "holds.and", .text(words.dropLast().joined(separator: ", ")), .text(last)
        ).text
    }

    static func doings(_ doings: some Collection<Doing>) -> String {
        let ordered = Doing.allCases.filter { doings.contains($0) }
        return list(ordered.map { Phrase("holds.doing.\($0.rawValue)").text })
    }

    private var name: String { HoldWords.isolated(around.name) }

    private var whom: String {
        guard hold.scope.whom.isWithBelow else { return name }
        return Phrase("holds.whom.below", .text(name), .count(around.below)).text
    }

    /// What waits, for whom, with what limits.
    var touches: [Phrase] {
        [Phrase("holds.touches", .text(whom), .text(HoldWords.doings(hold.scope.doings)))] + limits
    }

    private var limits: [Phrase] {
        var limits: [Phrase] = []
        if hold.scope.contract != nil {
            let contract = around.contract ?? ""
            limits.append(
                contract.isEmpty
                    ? Phrase("holds.only.contract.plain")
                    : Phrase("holds.only.contract", .text(HoldWords.isolated(contract))))
        }
        if !hold.scope.product.isEmpty {
            limits.append(Phrase("holds.only.product", .text(HoldWords.isolated(hold.scope.product))))
        }
        if let over = hold.scope.over {
            limits.append(
                Phrase("holds.only.over", .money(minor: over.minor, currency: over.currency.code)))
        }
        return limits
    }

    /// What goes on as always. Never empty: a hold that touched everything would be no hold with a scope.
    var untouched: [Phrase] {
        var phrases: [Phrase] = []
        let others = Set(Doing.allCases).subtracting(hold.scope.doings)
        if !others.isEmpty {
            phrases.append(Phrase("holds.untouched.doings", .text(whom), .text(HoldWords.doings(others))))
        }
        if hold.scope.isNarrowed { phrases.append(Phrase("holds.untouched.rest", .text(whom))) }
        phrases += departments + organisations
        return phrases.isEmpty ? [Phrase("holds.untouched.everybody")] : phrases
    }

    private var departments: [Phrase] {
        let names = around.untouched.map(HoldWords.isolated)
        guard let first = names.first else { return [] }
        guard names.count > 1 else { return [Phrase("holds.untouched.one", .text(first))] }
        guard around.more > 0 else {
            return [Phrase("holds.untouched.two", .text(first), .text(names[1]))]
        }
        let key = around.isCut ? "holds.untouched.many" : "holds.untouched.more"
        return [Phrase(key, .text(first), .text(names[1]), .count(around.more))]
    }

    private var organisations: [Phrase] {
        guard !around.isOrganisation, !around.organisations.isEmpty else { return [] }
        return [
            Phrase(
                "holds.untouched.person",
                .text(HoldWords.list(around.organisations.map(HoldWords.isolated))))
        ]
    }

    var end: Phrase {
        guard let day = hold.lastDay else { return Phrase("holds.until.settled") }
        return Phrase("holds.until.day", .day(daysSinceEpoch: day.daysSinceEpoch))
    }

    /// For programs: plain sentences.
    static func text(_ phrases: [Phrase]) -> String {
        phrases.map(\.text).joined(separator: " ")
            .replacing("\u{2068}", with: "").replacing("\u{2069}", with: "")
    }
}
