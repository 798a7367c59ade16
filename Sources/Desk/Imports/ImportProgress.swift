public import Kernel

/// How far an import has come, for a person who waits.
public struct ImportProgress: Sendable, Equatable {
    public let state: ImportState
    /// Rows the present pass has behind it.
    public let rows: Int
    /// Of everything there is to do, 0 to 1.
    public let share: Double
    /// Nil in the first moments and while rows are published, all at once.
    public let rowsPerSecond: Double?
    public let secondsLeft: Double?

    /// What each phase takes of the whole, as measured on ten million purchases.
    private static let weights: [(state: ImportState, weight: Double)] = [
        (.checking, 0.10), (.loading, 0.15), (.publishing, 0.75),
    ]

    public init(_ item: Import, at now: Instant) {
        state = item.state
        rows = item.state == .checking ? item.rowsRead : Int(item.share * Double(item.rowsRead))
        let elapsed = max(0, Double(now.milliseconds - item.phaseAt.milliseconds) / 1000)
        let (before, weight) = ImportProgress.place(of: item.state)
        let portion = item.state == .publishing ? ImportProgress.published(item, elapsed) : item.share
        share = item.state == .complete ? 1 : before + weight * portion
        let isMoving = elapsed >= 0.5 && portion > 0 && weight > 0
        rowsPerSecond = isMoving && item.state != .publishing ? Double(rows) / elapsed : nil
        secondsLeft = isMoving ? elapsed / (weight * portion) * (1 - share) : nil
    }

    private static func place(of state: ImportState) -> (before: Double, weight: Double) {
        var before = 0.0
        for phase in weights {
            if phase.state == state { return (before, phase.weight) }
            before += phase.weight
        }
        return (0, 0)
    }

    /// Publishing is one step and says nothing meanwhile; how long it takes is known from how long the rest took.
    private static func published(_ item: Import, _ elapsed: Double) -> Double {
        let expected = 3 * (item.summary.checkSeconds + item.summary.loadSeconds)
        return expected > 0 ? min(0.95, elapsed / expected) : 0
    }
}

/// Called between the steps of an import. What it throws stops the work, which can be taken up again later.
public typealias ImportStep = @Sendable (ImportProgress) async throws -> Void
