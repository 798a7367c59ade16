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
        (.checking, 0.10), (.loading, 0.20), (.publishing, 0.70),
    ]

    public init(_ item: Import, at now: Instant) {
        state = item.state
        let isChecking = item.state == .checking
        rows = isChecking ? item.rowsRead : Int(item.share * Double(item.rowsRead))
        var before = 0.0
        var weight = 0.0
        for phase in ImportProgress.weights {
            if phase.state == item.state {
                weight = phase.weight
                break
            }
            before += phase.weight
        }
        let portion = item.state == .publishing ? 0 : item.share
        share = item.state == .complete ? 1 : weight == 0 ? 0 : before + weight * portion
        let elapsed = Double(now.milliseconds - item.phaseAt.milliseconds) / 1000
        let isMoving = elapsed >= 0.5 && portion > 0 && weight > 0
        rowsPerSecond = isMoving ? Double(rows) / elapsed : nil
        let whole = isMoving ? elapsed / (weight * portion) : 0
        secondsLeft = isMoving ? max(0, whole * (1 - share)) : nil
    }
}

/// Called between the steps of an import. What it throws stops the work, which can be taken up again later.
public typealias ImportStep = @Sendable (ImportProgress) async throws -> Void
