/// Two staircases over the same arrivals, compared piece by piece where both have values.
struct StaircasePair {
    let upper, lower: Staircase

    /// The supremum of a difference over real-valued arrivals, and an arrival in whole milliseconds beside
    /// it.
    struct Extreme {
        var value: Int64
        var arrival: Int64
        /// Whether no arrival attains it: it is the limit from the right, a millisecond before `arrival`.
        var isLimit: Bool
    }

    /// A stretch of arrivals (after `start`, through `end`) over which neither staircase has a corner.
    private struct Run {
        let start, end: Int64
        /// The difference upper − lower just after the start, and by how much it changes a millisecond: −1,
        /// 0, 1.
        let difference, slope: Int64
    }

    private var last: Int64 { min(upper.last, lower.last) }

    private func forEachRun(_ body: (Run) -> Void) {
        var above = 0
        var below = 0
        var start = upper.from
        while start < last {
            while above + 1 < upper.starts.count, upper.starts[above + 1] <= start { above += 1 }
            while below + 1 < lower.starts.count, lower.starts[below + 1] <= start { below += 1 }
            let end = min(last, upper.end(of: above), lower.end(of: below))
            let top = upper.values[above] + (upper.rises[above] ? start - upper.starts[above] : 0)
            let bottom = lower.values[below] + (lower.rises[below] ? start - lower.starts[below] : 0)
            let slope: Int64 = (upper.rises[above] ? 1 : 0) - (lower.rises[below] ? 1 : 0)
            body(Run(start: start, end: end, difference: top - bottom, slope: slope))
            start = end
        }
    }

    /// The largest upper − lower, at its first arrival; one that is attained before one that is a limit.
    var largest: Extreme? {
        guard upper.from <= last else { return nil }
        var found = Extreme(value: upper.first - lower.first, arrival: upper.from, isLimit: false)
        forEachRun { run in
            let rise = run.slope > 0 ? run.end - run.start : 0
            let value = run.difference + rise
            guard value > found.value || value == found.value && found.isLimit && run.slope >= 0 else {
                return
            }
            let arrival = run.slope > 0 ? run.end : run.start + 1
            found = Extreme(value: value, arrival: arrival, isLimit: run.slope < 0)
        }
        return found
    }

    /// The arrivals, in whole milliseconds, at which upper > lower: sorted, disjoint, half-open.
    var crossings: [Range<Int64>] {
        guard upper.from <= last else { return [] }
        var found: [Range<Int64>] = []
        if upper.first > lower.first { found.append(upper.from..<(upper.from + 1)) }
        forEachRun { run in
            var begin = run.start + 1
            var end = run.end + 1
            switch run.slope {
            case 1: begin = max(begin, run.start - run.difference + 1)
            case -1: end = min(end, run.start + run.difference)
            default: if run.difference <= 0 { return }
            }
            guard begin < end else { return }
            if let previous = found.last, previous.upperBound == begin {
                found[found.count - 1] = previous.lowerBound..<end
            } else {
                found.append(begin..<end)
            }
        }
        return found
    }

    /// Whether upper ≤ lower at every arrival.
    var isOrdered: Bool { crossings.isEmpty }
}
