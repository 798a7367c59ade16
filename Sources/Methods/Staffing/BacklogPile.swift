/// The items that lie there, as batches that came in evenly, oldest first.
struct BacklogPile {
    private struct Batch {
        /// The hours between which the rest of the batch came in, on the clock of the walk.
        var from: Double
        let until: Double
        var items: Double
    }

    private var batches: [Batch] = []
    private var first = 0
    private var now = 0.0
    private var waiting = 0.0
    private var finished = 0.0
    private var slowest = 0.0

    init(_ opening: OpeningBacklog, intervals: Int) {
        batches.reserveCapacity(intervals + 1)
        if opening.items > 0 { lay(opening.items, from: -opening.oldest.value, until: 0) }
    }

    /// - Parameter speed: items an hour that can be finished.
    mutating func work(through interval: WorkInterval, speed: Double) -> BacklogStep {
        let start = now
        let end = start + interval.length.value
        finished = 0
        slowest = 0
        clear(until: end, speed: speed)
        let rate = interval.arriving / interval.length.value
        if rate > 0 { take(rate, from: start, until: end, speed: speed) }
        now = end
        if first == batches.count { waiting = 0 }
        let oldest = first < batches.count ? end - batches[first].from : 0
        return BacklogStep(
            finished: finished, waiting: waiting, oldest: Time(oldest), slowest: Time(slowest))
    }

    /// Works on what lay there before, until it is gone or the interval is over.
    private mutating func clear(until end: Double, speed: Double) {
        while first < batches.count, now < end, speed > 0 {
            let batch = batches[first]
            let done = min(batch.items, speed * (end - now))
            let isLast = done < batch.items
            let moment = isLast ? end : min(end, now + done / speed)
            let reached =
                isLast ? batch.from + (batch.until - batch.from) * (done / batch.items) : batch.until
            finish(done, ages: now - batch.from, moment - reached)
            now = moment
            guard isLast else {
                first += 1
                continue
            }
            batches[first].from = reached
            batches[first].items -= done
        }
        if first < batches.count { now = end }
    }

    /// Works on what comes in during the interval itself, `rate` items an hour since `start`.
    private mutating func take(_ rate: Double, from start: Double, until end: Double, speed: Double) {
        let arriving = rate * (end - start)
        waiting += arriving
        let late = now - start
        // Caught up once speed (t − now) = rate (t − start), if ever; from then on nothing waits.
        let catchesUp = speed >= rate && rate * late <= (speed - rate) * (end - now)
        guard !catchesUp else { return finish(arriving, ages: late, 0) }
        let done = min(arriving, speed * (end - now))
        let reached = min(end, start + done / rate)
        if done > 0 { finish(done, ages: late, end - reached) }
        waiting -= arriving - done
        lay(arriving - done, from: reached, until: end)
    }

    private mutating func finish(_ items: Double, ages start: Double, _ end: Double) {
        finished += items
        waiting = max(0, waiting - items)
        slowest = max(slowest, start, end)
    }

    private mutating func lay(_ items: Double, from: Double, until: Double) {
        waiting += items
        batches.append(Batch(from: from, until: until, items: items))
    }
}
