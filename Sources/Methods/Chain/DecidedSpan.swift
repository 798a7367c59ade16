/// Which arrivals could be judged and decided, and shares of the latter.
struct DecidedSpan {
    let judged, decided: Range<UTCTime>
    /// The decided arrivals as a share of those asked about.
    let share: Double

    init(_ arrivals: Range<UTCTime>, _ walk: ChainWalk?) {
        guard let walk else {
            (judged, decided) = (
                arrivals.lowerBound..<arrivals.lowerBound, arrivals.lowerBound..<arrivals.lowerBound
            )
            share = 0
            return
        }
        let start = UTCTime(milliseconds: walk.identity.from)
        let (completed, due) = (walk.completions.last, walk.dues.last)
        judged = start..<UTCTime(milliseconds: min(completed, due) + 1)
        decided = start..<UTCTime(milliseconds: max(completed, due) + 1)
        let asked = Double(arrivals.upperBound.milliseconds) - Double(arrivals.lowerBound.milliseconds)
        share = min(1, Double((decided.upperBound - start).milliseconds) / asked)
    }

    /// How much of the decided time lies in some stretches, 0…1; nil when nothing was decided.
    func share(of stretches: [Range<Int64>]) -> Double? {
        guard !decided.isEmpty else { return nil }
        let time = stretches.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
        return Double(time) / Double((decided.upperBound - decided.lowerBound).milliseconds)
    }

    /// The same counting open time only.
    func share(of stretches: [Range<Int64>], in hours: OpenHours) -> Double? {
        let open = hours.elapsed(until: decided.upperBound) - hours.elapsed(until: decided.lowerBound)
        guard open > .zero else { return nil }
        let time = stretches.reduce(Elapsed.zero) { sum, stretch in
            sum + hours.elapsed(until: UTCTime(milliseconds: stretch.upperBound))
                - hours.elapsed(until: UTCTime(milliseconds: stretch.lowerBound))
        }
        return Double(time.milliseconds) / Double(open.milliseconds)
    }
}
