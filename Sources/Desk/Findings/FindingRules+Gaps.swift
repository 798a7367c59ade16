import Kernel
import Methods

/// What could not be said, and which data is missing for it.
extension FindingRules {
    var gaps: [FindingGap] {
        var gaps: [FindingGap] = []
        func unless(_ known: Bool, _ reason: String, _ values: [NamedFindingValue] = []) {
            if !known { gaps.append(FindingGap(reason, values)) }
        }
        unless(facts.before != nil, "noYearBefore")
        unless(facts.desired != nil, "noDesired")
        unless(facts.profile.advocacyMeasured, "noAdvocacy")
        unless(facts.economics != nil, "noEconomics")
        unless(facts.economics == nil || facts.economics?.concentration.figures != nil, "noRevenue")
        unless(renewal != nil, "noLoss", [.init("least", .count(FindingRules.fewest))])
        unless(repeatTest != nil, "noRepeatTest", [.init("least", .count(FindingRules.fewest))])
        unless(facts.spend != nil, "noSpend")
        let acquisition = facts.economics?.acquisition.figures?.all
        unless(acquisition == nil || acquisition?.firstMargin != nil, "noMargin")
        unless(facts.figures != nil, "noFigures")
        unless(facts.hasAddresses, "noAddresses")
        unless(facts.looked != nil, "noVisits")
        unless(facts.voice.now != nil, "noAnswers")
        return gaps + always
    }

    /// Data this desk does not hold yet, whatever the company.
    private var always: [FindingGap] {
        let computable = unconvinced == nil ? 0 : 1
        return [
            FindingGap("top", [.init("computable", .count(computable))]),
            FindingGap("frontDoor"),
            FindingGap("complaints"),
        ]
    }
}
