import Kernel
import Markup
import Web

/// Puts findings in the words of whoever reads.
struct FindingWords {
    let names: [Int64: String]

    func headline(_ finding: Finding) -> HTML { html(finding.phraseKey, finding.headline) }
    func detail(_ finding: Finding) -> HTML { html(finding.phraseKey + ".more", finding.detail) }

    func headlineText(_ finding: Finding) -> String { phrase(finding.phraseKey, finding.headline).text }
    func detailText(_ finding: Finding) -> String { phrase(finding.phraseKey + ".more", finding.detail).text }

    func gap(_ gap: FindingGap) -> Phrase { phrase("finding.gap.\(gap.reason)", gap.values) }

    func text(_ value: FindingValue) -> String { value.argument(names).text }

    func html(_ value: FindingValue) -> HTML {
        switch value {
        case .party(let id): #"<a href="/people/\#(id)"><bdi>\#(text(value))</bdi></a>"#
        case .text: "<bdi>\(text(value))</bdi>"
        case .nothing: #"<span class="muted">–</span>"#
        default: "\(text(value))"
        }
    }

    private func phrase(_ key: String, _ values: [NamedFindingValue]) -> Phrase {
        Phrase(key, arguments: values.map { $0.value.argument(names) })
    }

    /// What customers and colleagues wrote may run in the other direction, and stays apart from our words.
    private func html(_ key: String, _ values: [NamedFindingValue]) -> HTML {
        var wrappers: [String: (HTML) -> HTML] = [:]
        for named in values {
            switch named.value {
            case .text, .party: wrappers[named.name] = { "<bdi>\($0)</bdi>" }
            default: break
            }
        }
        return phrase(key, values).html(wrapping: wrappers)
    }
}

/// Who may see what: money of the economics only whoever may see the economics.
struct FindingSight: Sendable {
    let seesEconomics: Bool
    let seesCustomers: Bool

    init(_ person: Colleague) {
        seesEconomics = person.may(.seeEconomics)
        seesCustomers = person.may(.seeCustomers)
    }

    /// Everything, for the command line of the installation itself.
    init() { (seesEconomics, seesCustomers) = (true, true) }

    func sees(_ finding: Finding) -> Bool { seesEconomics || !finding.isEconomic }
    func sees(_ measure: LevelMeasure) -> Bool { seesEconomics || !measure.isEconomic }

    /// The screen behind a number, unless it is closed to this person.
    func link(_ address: String) -> String? {
        if address.isEmpty || (address.hasPrefix("/economics") && !seesEconomics) { return nil }
        let isList = ["/lists", "/profile/behind", "/findings/behind", "/advocates", "/visits"].contains {
            address.hasPrefix($0)
        }
        return isList && !seesCustomers ? nil : address
    }
}
