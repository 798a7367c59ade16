extension ChainWalk {
    /// The judged arrival with the least slack.
    var worst: ChainCase? {
        StaircasePair(upper: completions, lower: dues).largest.flatMap(example)
    }

    /// The promise that all arrivals completed within the horizon would need.
    var tightest: TightestPromise? {
        guard let extreme = largest(from: identity, to: completions), let example = example(extreme) else {
            return nil
        }
        let within = Elapsed(milliseconds: extreme.value)
        return TightestPromise(
            within: within, isLimit: extreme.isLimit, isKept: keeps(promise: within),
            isLowerBound: completions.last < identity.last, example: example)
    }

    private func example(_ extreme: StaircasePair.Extreme) -> ChainCase? {
        let arrival = UTCTime(milliseconds: extreme.arrival)
        guard let legs = legs(of: arrival) else { return nil }
        let due = extreme.arrival <= dues.last ? dues.value(at: extreme.arrival) : nil
        return ChainCase(
            arrival: arrival, completion: legs.last?.finished ?? arrival,
            due: due.map { UTCTime(milliseconds: $0) }, isLimit: extreme.isLimit, legs: legs)
    }

    private func legs(of arrival: UTCTime) -> [ChainLeg]? {
        var legs: [ChainLeg] = []
        var moment = arrival
        for (index, tier) in chain.tiers.enumerated() {
            guard let hours = tier.hours, let target = tier.target,
                let finished = try? hours.add(target, to: moment)
            else { return nil }
            legs.append(leg(index, from: moment, to: finished, hours, target))
            moment = finished
        }
        return legs
    }

    private func leg(
        _ index: Int, from start: UTCTime, to end: UTCTime, _ hours: OpenHours, _ target: Elapsed
    ) -> ChainLeg {
        let customer = chain.promise.hours
        var worked = Elapsed.zero
        var stretch = max(0, hours.stretch(at: start.milliseconds))
        while stretch < hours.starts.count, hours.starts[stretch] < end.milliseconds {
            let begin = max(start, UTCTime(milliseconds: hours.starts[stretch]))
            let close = max(begin, min(end, UTCTime(milliseconds: hours.ends[stretch])))
            worked = worked + customer.elapsed(until: close) - customer.elapsed(until: begin)
            stretch += 1
        }
        let passed = customer.elapsed(until: end) - customer.elapsed(until: start)
        return ChainLeg(
            tier: index, handedOver: start, finished: end, waited: end - start - target, worked: target,
            customerWaited: passed - worked, customerWorked: worked)
    }

    /// The longest, on the customer's clock, that a ticket waits for a tier to open after the hand-over.
    ///
    /// Of all the moments of a closed stretch the first at which a ticket is handed over waits longest: where
    /// a piece of the hand-overs begins, or where the tier closes.
    func longestWait(at index: Int) -> ClosedWait? {
        let handed = handovers[index]
        guard let hours = chain.tiers[index].hours, chain.tiers[index].target != .zero, !handed.isEmpty else {
            return nil
        }
        var longest = wait(from: handed.first, hours)
        func consider(_ moment: Int64) {
            let wait = wait(from: moment, hours)
            if wait.customerTime > longest.customerTime { longest = wait }
        }
        var stretch = 0
        for piece in handed.starts.indices {
            let lowest = handed.values[piece]
            let highest = handed.rises[piece] ? lowest + handed.end(of: piece) - handed.starts[piece] : lowest
            consider(lowest)
            while stretch < hours.ends.count, hours.ends[stretch] <= highest {
                if hours.ends[stretch] > lowest { consider(hours.ends[stretch]) }
                stretch += 1
            }
        }
        return longest.stretch.isEmpty ? nil : longest
    }

    private func wait(from handover: Int64, _ hours: OpenHours) -> ClosedWait {
        let start = UTCTime(milliseconds: handover)
        let opening = (try? hours.nextOpening(from: start)).flatMap { $0 } ?? horizon.upperBound
        let end = max(start, min(opening, horizon.upperBound))
        let customer = chain.promise.hours
        return ClosedWait(
            stretch: start..<end, customerTime: customer.elapsed(until: end) - customer.elapsed(until: start))
    }
}
