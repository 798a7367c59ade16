import Kernel
import Markup

/// A field of a noun that a filter may ask about. The language knows fields by this alone, so that every noun can have
/// its own.
public struct FilterField: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Compared whole, without regard to case and accents; `'gra*'` asks for the beginning where `prefix` allows.
        case text(prefix: Bool)
        case choice([String])
        /// A decimal with at most so many decimals, kept as a whole number of the last of them.
        case number(decimals: Int)
        case day
        case truth
        /// The id of something; `me` stands for who asks, where that makes sense.
        case reference(me: Bool)
    }

    /// As it is written in a filter.
    public let name: String
    public let kind: Kind
    /// Whether it can be unknown, which `null` asks for.
    public let mayBeNull: Bool
    /// The number of a field of the organisation's own.
    public var number: Int64?
    /// What people call it, where that is not a phrase of ours.
    public var label: String?

    public init(
        _ name: String, _ kind: Kind, mayBeNull: Bool = false, number: Int64? = nil, label: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.mayBeNull = mayBeNull
        self.number = number
        self.label = label
    }

    /// Whether `:>` and `:<` make sense.
    public var isOrdered: Bool {
        switch kind {
        case .number, .day: true
        case .text, .choice, .truth, .reference: false
        }
    }

    /// What a value of this field looks like, for a sentence: a phrase's key.
    var expectation: String {
        switch kind {
        case .text: "filter.expects.text"
        case .choice: "filter.expects.choice"
        case .number(let decimals): decimals == 0 ? "filter.expects.whole" : "filter.expects.number"
        case .day: "filter.expects.day"
        case .truth: "filter.expects.truth"
        case .reference(let me): me ? "filter.expects.person" : "filter.expects.id"
        }
    }

    /// The choices, for a sentence.
    var choices: [String] {
        if case .choice(let choices) = kind { return choices }
        return []
    }
}

/// What a filter may ask of a noun: customers now, tickets later.
public struct FilterFields: Sendable {
    public let all: [FilterField]
    /// Other words for a field, such as those of Freshdesk.
    public let aliases: [String: String]

    public init(_ all: [FilterField], aliases: [String: String] = [:]) {
        self.all = all
        self.aliases = aliases
    }

    public subscript(name: String) -> FilterField? {
        let name = aliases[name] ?? name
        return all.first { $0.name == name }
    }

    /// Without fields that make no sense in some place.
    public func without(_ names: Set<String>) -> FilterFields {
        FilterFields(all.filter { !names.contains($0.name) }, aliases: aliases)
    }
}
