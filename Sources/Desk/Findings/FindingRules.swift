import Kernel
import Methods

/// Makes findings of facts. Pure; every threshold stands here and is printed in the guide. What is uncertain is not
/// raised, or says so.
struct FindingRules: Sendable {
    /// Tests count at one in twenty.
    static let significance = 0.05
    /// Fewest people a share is said of.
    static let fewest = 30
    /// A difference from the desired profile smaller than this is not worth a sentence, however certain.
    static let leastDrift = 0.05
    /// How concentrated revenue is when it is said: three customers bring a third of it, or the sum of squared shares is
    /// that of ten equal customers or fewer.
    static let topThree = 1.0 / 3
    static let herfindahl = 0.1
    /// A channel is named when it leaves so many points fewer of its newcomers reachable than the others do.
    static let leastCapture = 0.05
    /// How many channels are named at most.
    static let mostChannels = 3

    let facts: FindingFacts

    static func report(on facts: FindingFacts) -> FindingReport {
        var rules = FindingRules(facts: facts)
        return rules.report()
    }

    init(facts: FindingFacts) { self.facts = facts }

    private mutating func report() -> FindingReport {
        var report = FindingReport(window: facts.window)
        guard facts.profile.historyBegins != nil else {
            report.gaps = [FindingGap("noPurchases")]
            return report
        }
        report.findings = picture + drift + repeats + flows + money + rushes + voices + lists
        report.findings += levers(report.findings)
        report.findings.sort {
            ($0.weight, $1.kind.rawValue, $1.subject) > ($1.weight, $0.kind.rawValue, $0.subject)
        }
        report.gaps = gaps
        report.measures = measures
        return report
    }

    func day(_ name: String, _ day: LocalDate) -> NamedFindingValue {
        NamedFindingValue(name, .day(day.daysSinceEpoch))
    }

    var windowQuery: String { ProfilePage.window(facts.window) }

    static func value(_ name: String, _ value: FindingValue) -> NamedFindingValue {
        NamedFindingValue(name, value)
    }

    /// Money that was reckoned, in whole minor units.
    func amount(_ minor: Double) -> FindingValue {
        guard minor.isFinite, minor.magnitude < 9e17 else { return .nothing }
        return .money(Int64(minor.rounded()), facts.currency)
    }
}
