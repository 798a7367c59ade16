/// A kind of happening one can ask a timeline for: purchases, answers, changes …
///
/// A feature that records events names their group in `Feature.happenings`, with the phrase `timeline.kind.ID`. Events no
/// group claims are changes.
public struct TimelineGroup: Sendable, Equatable {
    public enum Source: Int, Sendable, CaseIterable {
        // In the order they stand within a day, the first below.
        case purchases, acts, events, answers
    }

    /// What the address says, and the phrase `timeline.kind.ID`.
    public let id: String
    /// Tables it is read from besides the events.
    let sources: Set<Source>
    /// How the kinds of its events begin, such as `hold.`.
    let prefixes: [String]
    /// Only purchases of this kind.
    var purchases: Purchase.Kind?

    /// A group of events.
    public init(_ id: String, prefixes: [String]) { self.init(id, sources: [], prefixes: prefixes) }

    init(_ id: String, sources: Set<Source>, prefixes: [String], purchases: Purchase.Kind? = nil) {
        self.id = id
        self.sources = sources
        self.prefixes = prefixes
        self.purchases = purchases
    }

    func claims(_ kind: String) -> Bool { prefixes.contains { kind.hasPrefix($0) } }
}

/// All groups there are, in the order they are offered.
public struct TimelineGroups: Sendable {
    static let changes = "changes"

    let all: [TimelineGroup]

    /// What stands in a table of its own, then what the features add, then the rest.
    init(_ added: [TimelineGroup] = []) {
        var all = [
            TimelineGroup("purchases", sources: [.purchases], prefixes: ["purchase."]),
            TimelineGroup("uses", sources: [.purchases], prefixes: ["use."], purchases: .use),
            TimelineGroup("advocacy", sources: [.acts], prefixes: ["advocacy."]),
            TimelineGroup("answers", sources: [.answers], prefixes: ["answer."]),
        ]
        for group in added {
            if let place = all.firstIndex(where: { $0.id == group.id }) {
                let known = all[place]
                all[place] = TimelineGroup(
                    known.id, sources: known.sources.union(group.sources),
                    prefixes: known.prefixes + group.prefixes,
                    purchases: known.purchases)
            } else {
                all.append(group)
            }
        }
        self.all = all + [TimelineGroup(TimelineGroups.changes, prefixes: [])]
    }

    subscript(id: String) -> TimelineGroup? { all.first { $0.id == id } }

    /// The group an event of this kind belongs to.
    func group(of kind: String) -> String { all.first { $0.claims(kind) }?.id ?? TimelineGroups.changes }

    /// Events that only announce a row which stands on the timeline itself.
    static let announcing: Set<String> = [
        "purchase.recorded", "use.recorded", "advocacy.recorded", "answer.recorded",
    ]
}

extension Desk {
    /// What a timeline can be asked for, of all features.
    var timelineGroups: TimelineGroups { TimelineGroups(features.flatMap(\.happenings)) }
}
