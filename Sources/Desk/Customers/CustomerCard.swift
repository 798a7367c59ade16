public import Markup
import Web

extension Desk {
    /// What the features show of a customer, asked at the same time, in the order of the features.
    func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        try await withThrowingTaskGroup(of: (Int, [CustomerCard]).self) { group in
            for (place, feature) in features.enumerated() {
                group.addTask { (place, try await feature.cards(of: customer, for: person)) }
            }
            var found: [Int: [CustomerCard]] = [:]
            for try await (place, cards) in group { found[place] = cards }
            return found.keys.sorted().flatMap { found[$0] ?? [] }
        }
    }
}

/// A part of a customer's page, with its place among the others. Cards of one place stand in the order of the features.
public struct CustomerCard: Sendable {
    /// Where it stands: `notice` across the page under the name, for what everyone must see first; what is needed while
    /// the customer waits beside the timeline; what needs room below it; `rest` is a button among others in one card.
    public enum Place: Int, Sendable, Comparable {
        case notice
        case promises, reach, why, figures, facts
        case departments, money, said, telling
        case relations, preferences, fields
        case rest

        public static func < (one: Place, other: Place) -> Bool { one.rawValue < other.rawValue }
    }

    public let place: Place
    public let html: HTML

    public init(_ place: Place, _ html: HTML) {
        self.place = place
        self.html = html
    }

    /// Nil where there is nothing to show.
    init?(_ place: Place, _ html: HTML?) {
        guard let html else { return nil }
        self.init(place, html)
    }
}
