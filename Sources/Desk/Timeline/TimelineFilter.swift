public import Kernel
import Web

/// What of a timeline somebody wants to see: one kind, a span of days, an organisation's departments with it.
public struct TimelineFilter: Sendable, Equatable {
    /// A group's id; nil for everything.
    public var kind: String?
    public var from: LocalDate?
    public var to: LocalDate?
    public var departments = false

    public init() {}

    /// As the address says it. What cannot be read is refused with its field.
    init(_ query: Query, groups: TimelineGroups) throws {
        let typed = query.text("kind")
        if !typed.isEmpty {
            guard groups[typed] != nil else { throw FieldRefusal.unreadable(field: "kind") }
            kind = typed
        }
        from = try query.day("from")
        to = try query.day("to")
        if let from, let to, from > to { throw FieldRefusal.unreadable(field: "to") }
        departments = query.flag("departments")
    }

    var isEmpty: Bool { kind == nil && from == nil && to == nil }

    /// Where the page begins: after the last day asked for, or where the page before it ended.
    func start(before: String?) -> TimelineMark {
        let marks = [before.flatMap(TimelineMark.init), to.map(TimelineMark.init(after:))].compactMap { $0 }
        return marks.min() ?? .newest
    }
}
