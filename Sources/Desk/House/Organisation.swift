public import Kernel
public import Methods

/// The one organisation this desk serves, as its settings describe it at a moment.
public struct Organisation: Sendable, Equatable {
    public let name: String
    public let zone: Zone
    public let currency: Currency
    /// How far back a level looks, in months.
    public let levelMonths: Int
    public let rule: ShapeRule
    /// The language of pages nobody has chosen one for.
    public let language: String
    /// The share of revenue left after the cost of what was sold, where purchases do not say; nil until somebody says it.
    public let margin: Double?
    /// How much less money is worth a year later.
    public let discount: Double
    /// How many months ahead a customer's figures look.
    public let figureMonths: Int
    /// The share of each list that is left alone, to compare with.
    public let listHoldout: Double
    /// How many customers must have bought two products for one to be a reason to offer the other.
    public let offerSupport: Int
    /// Days after which something bought may be offered again; 0 is never.
    public let offerRepeatDays: Int

    /// Nil before the first run: without a name, a zone and a currency there is no organisation.
    public init?(settings: [String: String]) {
        guard let name = settings[SettingName.organisation.rawValue],
            let zone = settings[SettingName.zone.rawValue].flatMap(Zone.init),
            let currency = settings[SettingName.currency.rawValue].flatMap(Currency.init)
        else { return nil }
        self.name = name
        self.zone = zone
        self.currency = currency
        func number(_ setting: SettingName) -> Double {
            let said = settings[setting.rawValue].flatMap(SettingEntry.number)
            return said ?? SettingEntry.number(setting.entry.standard) ?? 0
        }
        levelMonths = Int(number(.levelMonths))
        figureMonths = Int(number(.figureMonths))
        listHoldout = number(.listHoldout)
        offerSupport = Int(number(.offerSupport))
        offerRepeatDays = Int(number(.offerRepeatDays))
        language = settings[SettingName.language.rawValue] ?? SettingName.language.entry.standard
        margin = settings[SettingName.economicsMargin.rawValue].flatMap(SettingEntry.number)
        discount = number(.economicsDiscount)
        rule = ShapeRule(
            label: number(.shapeLabel), leaning: number(.shapeLeaning),
            minimumTotal: Int(number(.shapeMinimum)),
            middleOverBase: number(.shapeMiddleOverBase), topOverMiddle: number(.shapeTopOverMiddle),
            qualifier: number(.shapeQualifier), shortWindowFactor: number(.shapeShortWindow))
    }
}

/// One setting an administrator may change: the source of the form, the check, the help and the docs.
public struct SettingEntry: Sendable {
    public enum Kind: Sendable {
        case text(maximum: Int)
        case zone
        case currency
        case language
        case whole(ClosedRange<Int>)
        case share(ClosedRange<Double>)
        /// May be left empty, which says that it is not known.
        case optionalShare(ClosedRange<Double>)
    }

    public let name: SettingName
    public let kind: Kind
    /// What holds until somebody says otherwise, as it would be typed.
    public let standard: String
    /// One sentence for a person, the key of a phrase `setting.<name>` in the catalogue.
    public var phraseKey: String { "setting.\(name.rawValue)" }

    /// Nil when the value may stand; else the key of the sentence that says why not.
    public func refusal(of value: String) -> String? {
        switch kind {
        case .text(let maximum):
            value.trimmed.isEmpty || value.count > maximum ? "setting.refused.text" : nil
        case .zone: Zone(value) == nil ? "setting.refused.zone" : nil
        case .currency: Currency(value) == nil ? "setting.refused.currency" : nil
        case .language: ["en", "de"].contains(value) ? nil : "setting.refused.language"
        case .whole(let range): Int(value).map(range.contains) == true ? nil : "setting.refused.whole"
        case .share(let range):
            SettingEntry.number(value).map(range.contains) == true ? nil : "setting.refused.share"
        case .optionalShare(let range):
            value.trimmed.isEmpty || SettingEntry.number(value).map(range.contains) == true
                ? nil : "setting.refused.share"
        }
    }

    /// A number as a person types it: `0.6`, or `1/3` where no row of digits is exact.
    static func number(_ text: String) -> Double? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
        switch (parts.first ?? nil, parts.count) {
        case (let whole?, 1): return whole
        case (let upper?, 2): return (parts[1] ?? 0) == 0 ? nil : parts[1].map { upper / $0 }
        default: return nil
        }
    }
}

public enum SettingName: String, Sendable, CaseIterable {
    case organisation = "organisation.name"
    case zone = "organisation.zone"
    case currency = "organisation.currency"
    case language = "organisation.language"
    case levelMonths = "levels.months"
    case shapeLabel = "shape.label"
    case shapeLeaning = "shape.leaning"
    case shapeMinimum = "shape.minimum"
    case shapeMiddleOverBase = "shape.middle-over-base"
    case shapeTopOverMiddle = "shape.top-over-middle"
    case shapeQualifier = "shape.qualifier"
    case shapeShortWindow = "shape.short-window"
    case economicsMargin = "economics.margin"
    case economicsDiscount = "economics.discount"
    case figureMonths = "figures.months"
    case listHoldout = "lists.holdout"
    case offerSupport = "offers.support"
    case offerRepeatDays = "offers.repeat-days"

    public var entry: SettingEntry {
        switch self {
        case .organisation: SettingEntry(name: self, kind: .text(maximum: 120), standard: "")
        case .zone: SettingEntry(name: self, kind: .zone, standard: "UTC")
        case .currency: SettingEntry(name: self, kind: .currency, standard: "EUR")
        case .language: SettingEntry(name: self, kind: .language, standard: "en")
        case .levelMonths: SettingEntry(name: self, kind: .whole(1...120), standard: "12")
        case .shapeLabel: SettingEntry(name: self, kind: .share(0.5...1), standard: "0.95")
        case .shapeLeaning: SettingEntry(name: self, kind: .share(0.5...1), standard: "0.8")
        case .shapeMinimum: SettingEntry(name: self, kind: .whole(0...1_000_000), standard: "20")
        case .shapeMiddleOverBase: SettingEntry(name: self, kind: .share(0...10), standard: "0.6")
        case .shapeTopOverMiddle: SettingEntry(name: self, kind: .share(0...10), standard: "1/3")
        case .shapeQualifier: SettingEntry(name: self, kind: .share(0.5...1), standard: "0.95")
        case .shapeShortWindow: SettingEntry(name: self, kind: .share(0...100), standard: "2")
        case .economicsMargin: SettingEntry(name: self, kind: .optionalShare(0...1), standard: "")
        case .economicsDiscount: SettingEntry(name: self, kind: .share(0.001...1), standard: "0.1")
        case .figureMonths: SettingEntry(name: self, kind: .whole(1...60), standard: "12")
        case .listHoldout: SettingEntry(name: self, kind: .share(0...0.5), standard: "0.1")
        case .offerSupport: SettingEntry(name: self, kind: .whole(10...1_000_000), standard: "20")
        case .offerRepeatDays: SettingEntry(name: self, kind: .whole(0...3650), standard: "0")
        }
    }
}
