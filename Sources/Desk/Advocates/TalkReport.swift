import Foundation
import Kernel
import Methods
import Storage

/// What advocates say that others do not, as it was last read.
struct TalkReport: Codable, Sendable, Equatable {
    /// The texts looked at, all languages together.
    var texts = 0
    /// Whether there were more than are looked at, so that only the latest were.
    var isCut = false
    var languages: [TalkLanguage] = []
}

struct TalkLanguage: Codable, Sendable, Equatable {
    let language: SpokenLanguage
    /// Texts of advocates and promoters, and of the others.
    let advocates: Int
    let others: Int
    /// Nil where there are too few texts to compare.
    var terms: [TalkTerm]?
    /// What set advocates apart once and does less and less; nil where the quarters do not carry it.
    var fading: [FadingTerm]?
    var quarters: [Int] = []
}

struct TalkTerm: Codable, Sendable, Equatable {
    let term: String
    let z: Double
    /// Texts with it, of advocates and of the others.
    let first: Int
    let second: Int
    let customers: Int
    /// Where it can be read: ids only, so that words that are erased are erased here as well.
    let quotes: [TalkSource]
}

struct FadingTerm: Codable, Sendable, Equatable {
    let term: String
    let slopeZ: Double
    /// The share of advocates' texts with the term, quarter by quarter; nil for a quarter without any.
    let shares: [Double?]
}

/// Where a text stands.
struct TalkSource: Codable, Sendable, Hashable {
    let isAnswer: Bool
    let id: Int64
}

/// One text, before it is counted.
struct TalkText: Sendable {
    let source: TalkSource
    /// Whoever has no name counts as somebody of their own.
    let customer: Int64
    let isAdvocate: Bool
    let day: LocalDate
    let words: String
    let language: SpokenLanguage
}

/// Compares the texts of one language. Pure.
struct TalkReading {
    /// Fewer texts on either side say nothing.
    static let leastTexts = 20
    /// Fewer texts of advocates in a quarter make no quarter.
    static let leastQuarter = 10
    static let mostTerms = 15
    static let mostQuarters = 8
    /// The pseudo-counts of the background added up, as in the published comparisons.
    static let strength = 500.0
    /// How far apart a term is before it is listed. For ranking: many terms are compared.
    static let leastZ = 1.96

    let language: SpokenLanguage
    let texts: [TalkText]

    func read() throws -> TalkLanguage {
        let advocates = texts.filter(\.isAdvocate)
        let others = texts.filter { !$0.isAdvocate }
        var result = TalkLanguage(language: language, advocates: advocates.count, others: others.count)
        guard min(advocates.count, others.count) >= TalkReading.leastTexts else { return result }
        let tokenizer = language.tokenizer
        let first = TermCounts(advocates.lazy.map { tokenizer.terms(in: $0.words) })
        let second = TermCounts(others.lazy.map { tokenizer.terms(in: $0.words) })
        var background = first
        try background.add(second)
        let prior = DirichletPrior.informative(background: background, strength: TalkReading.strength)
        guard let found = try? logOdds(of: first, against: second, prior: prior) else { return result }
        result.terms = try terms(found, advocates, tokenizer)
        (result.quarters, result.fading) = try fading(prior, tokenizer)
        return result
    }

    private func terms(_ found: LogOdds, _ advocates: [TalkText], _ tokenizer: Tokenizer) throws -> [TalkTerm]
    {
        let apart = Set(found.terms.prefix { $0.z >= TalkReading.leastZ }.map(\.term))
        guard !apart.isEmpty else { return [] }
        let evidence = try evidence(
            of: apart, in: advocates.map(\.words), by: advocates.map(\.customer), tokenizer: tokenizer)
        return TalkReading.withoutEchoes(found.firstSample(evidence: evidence)).prefix(TalkReading.mostTerms)
            .map { term in
                TalkTerm(
                    term: term.difference.term, z: term.difference.z, first: term.difference.first,
                    second: term.difference.second, customers: term.evidence.customers,
                    quotes: term.evidence.quotes.map { advocates[$0].source })
            }
    }

    /// "arrives" and "arrives fresh" in the very same texts are one thing said: the longer stands for both.
    private static func withoutEchoes(_ terms: [DistinctiveTerm]) -> [DistinctiveTerm] {
        var kept: [DistinctiveTerm] = []
        for term in terms {
            let (words, counts) = (TalkReading.parts(term), (term.difference.first, term.difference.second))
            let echo = kept.firstIndex { other in
                let others = TalkReading.parts(other)
                return (other.difference.first, other.difference.second) == counts
                    && (words.isSubset(of: others) || others.isSubset(of: words))
            }
            guard let echo else {
                kept.append(term)
                continue
            }
            if words.count > TalkReading.parts(kept[echo]).count { kept[echo] = term }
        }
        return kept
    }

    private static func parts(_ term: DistinctiveTerm) -> Set<Substring> {
        Set(term.difference.term.split(separator: " "))
    }

    private func evidence(
        of terms: Set<String>, in texts: [String], by customers: [Int64], tokenizer: Tokenizer
    ) throws -> [String: TermEvidence] {
        try Methods.evidence(of: terms, in: texts, by: customers, tokenizer: tokenizer)
    }

    /// The quarters compared and what fades over them.
    private func fading(_ prior: DirichletPrior, _ tokenizer: Tokenizer) throws -> ([Int], [FadingTerm]?) {
        let byQuarter = Dictionary(grouping: texts) { $0.day.monthIndex / 3 }
        let full = byQuarter.filter { $0.value.count(where: \.isAdvocate) >= TalkReading.leastQuarter }.keys
        guard let last = full.max(), let oldest = full.min(), last > oldest else { return ([], nil) }
        let quarters = Array(max(oldest, last - TalkReading.mostQuarters + 1)...last)
        let periods = quarters.map { quarter in
            let (ours, others) = (byQuarter[quarter] ?? []).reduce(into: ([[String]](), [[String]]())) {
                let terms = tokenizer.terms(in: $1.words)
                if $1.isAdvocate { $0.0.append(terms) } else { $0.1.append(terms) }
            }
            return PeriodCounts(advocates: TermCounts(ours), others: TermCounts(others))
        }
        guard quarters.count > 1 else { return (quarters, nil) }
        let trends = try termTrends(over: periods, prior: prior)
        let fading = trends.filter { $0.fades() && $0.periods.map(\.first).reduce(0, +) >= 5 }.prefix(8).map {
            trend in
            FadingTerm(
                term: trend.term, slopeZ: trend.slopeZ,
                shares: zip(trend.periods, periods).map { difference, period in
                    let texts = period.advocates.documents
                    return texts == 0 ? nil : Double(difference.first) / Double(texts)
                })
        }
        return (quarters, Array(fading))
    }
}
