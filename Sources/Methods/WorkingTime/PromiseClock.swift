/// The clock of one promise to a customer: how much working time it has, and when that is used up.
///
/// It runs in open hours only, stops while a ticket waits for the customer or is done, and goes on with what
/// is left: reopening resumes it, never restarts it. What is kept are the moments at which it was started,
/// paused and resumed, never a due time, so when a calendar changes the same questions with the new hours
/// give the new answers. Only the promise first made stays as it was: it is what the customer was told.
public struct PromiseClock: Sendable, Equatable {
    /// How much open time the promise allows, 0 or more.
    public let target: Elapsed
    /// The due time as promised at the start, by the hours known then.
    public let firstPromise: UTCTime
    /// When it was running, oldest first; the last one has no end while it runs.
    public private(set) var runs: [Run]
    /// What it does now.
    public private(set) var state = State.running

    /// A stretch during which the clock was running.
    public struct Run: Sendable, Hashable {
        /// When it started or went on.
        public let start: UTCTime
        /// When it stopped; nil while it runs.
        public var end: UTCTime?

        /// A stretch read from storage; `PromiseClock` checks it.
        public init(start: UTCTime, end: UTCTime? = nil) {
            self.start = start
            self.end = end
        }
    }

    /// Whether a clock runs, and if not, why.
    public enum State: String, Sendable {
        /// Counting open time.
        case running
        /// Waiting, such as for the customer.
        case paused
        /// The work is done.
        case finished
    }

    /// Starts a clock and makes the promise.
    ///
    /// - Throws: `HorizonError` when the hours do not reach as far as the promise, or the target is negative.
    public init(target: Elapsed, startedAt start: UTCTime, in hours: OpenHours) throws(HorizonError) {
        firstPromise = try hours.add(target, to: start)
        self.target = target
        runs = [Run(start: start)]
    }

    /// A clock brought back from where it was stored.
    ///
    /// - Throws: `ClockRefusal` when the target is negative, the runs are not in order, or they and the state
    ///   contradict each other (a running clock's last run has no end, every other run has one).
    public init(
        target: Elapsed, firstPromise: UTCTime, runs: [Run], state: State
    ) throws(ClockRefusal) {
        guard target >= .zero else { throw .negativeTarget(target) }
        guard let last = runs.last, (last.end == nil) == (state == .running) else {
            throw .contradiction(state)
        }
        for (run, next) in zip(runs, runs.dropFirst()) {
            guard let end = run.end else { throw .contradiction(state) }
            guard next.start >= end else { throw .backwards(from: end, to: next.start) }
        }
        for run in runs {
            if let end = run.end, end < run.start { throw .backwards(from: run.start, to: end) }
        }
        self.target = target
        self.firstPromise = firstPromise
        self.runs = runs
        self.state = state
    }
}

extension PromiseClock {
    /// Stops the clock while someone else must act.
    ///
    /// - Throws: `ClockRefusal` unless it is running, or when the moment lies before its last start.
    public mutating func pause(at moment: UTCTime) throws(ClockRefusal) { try stop(at: moment, as: .paused) }

    /// Lets a paused clock go on with what is left.
    ///
    /// - Throws: `ClockRefusal` unless it is paused, or when the moment lies before the pause.
    public mutating func resume(at moment: UTCTime) throws(ClockRefusal) {
        try start(at: moment, from: .paused)
    }

    /// Stops the clock because the work is done, whether it was running or paused.
    ///
    /// - Throws: `ClockRefusal` when it is finished already, or when the moment lies before the last change.
    public mutating func finish(at moment: UTCTime) throws(ClockRefusal) {
        guard state == .paused else { return try stop(at: moment, as: .finished) }
        try checkOrder(moment)
        state = .finished
    }

    /// Lets a finished clock go on with what is left: reopening never starts it anew.
    ///
    /// - Throws: `ClockRefusal` unless it is finished, or when the moment lies before its last stop.
    public mutating func reopen(at moment: UTCTime) throws(ClockRefusal) {
        try start(at: moment, from: .finished)
    }

    private mutating func stop(at moment: UTCTime, as new: State) throws(ClockRefusal) {
        guard state == .running else { throw .wrongState(state, wanted: .running) }
        try checkOrder(moment)
        runs[runs.count - 1].end = moment
        state = new
    }

    private mutating func start(at moment: UTCTime, from old: State) throws(ClockRefusal) {
        guard state == old else { throw .wrongState(state, wanted: old) }
        try checkOrder(moment)
        runs.append(Run(start: moment))
        state = .running
    }

    private func checkOrder(_ moment: UTCTime) throws(ClockRefusal) {
        let last = runs[runs.count - 1].end ?? runs[runs.count - 1].start
        guard moment >= last else { throw .backwards(from: last, to: moment) }
    }
}

extension PromiseClock {
    /// The open time used by a moment, pauses left out.
    ///
    /// - Throws: `HorizonError` when the hours do not cover the clock's runs.
    public func spent(at now: UTCTime, in hours: OpenHours) throws(HorizonError) -> Elapsed {
        var spent = Elapsed.zero
        for run in runs where run.start < now {
            spent = spent + (try hours.between(run.start, min(run.end ?? now, now)))
        }
        return spent
    }

    /// The open time left at a moment; negative once the promise is broken.
    ///
    /// - Throws: `HorizonError` when the hours do not cover the clock's runs.
    public func remaining(at now: UTCTime, in hours: OpenHours) throws(HorizonError) -> Elapsed {
        target - (try spent(at: now, in: hours))
    }

    /// When the time is or was used up; nil while a stopped clock has some left.
    ///
    /// A pause wholly outside the hours does not move it.
    /// - Throws: `HorizonError` when the hours do not cover the clock's runs, or end before the due time.
    public func due(in hours: OpenHours) throws(HorizonError) -> UTCTime? {
        var left = target
        for run in runs {
            guard let end = run.end else { return try hours.add(left, to: run.start) }
            let used = try hours.between(run.start, end)
            if used >= left { return try hours.add(left, to: run.start) }
            left = left - used
        }
        return nil
    }
}

/// Why a clock cannot do what it is told.
public enum ClockRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is not in the state the change begins from.
    case wrongState(PromiseClock.State, wanted: PromiseClock.State)
    /// The moment lies before the last change.
    case backwards(from: UTCTime, to: UTCTime)
    /// A promise of less than nothing.
    case negativeTarget(Elapsed)
    /// The stored runs do not fit the stored state.
    case contradiction(PromiseClock.State)

    public var description: String {
        switch self {
        case .wrongState(let state, let wanted): "the clock is \(state.rawValue), not \(wanted.rawValue)"
        case .backwards(let last, let moment):
            "the moment \(moment.milliseconds) ms lies before the last change at \(last.milliseconds) ms"
        case .negativeTarget(let target): "a promise of \(target.milliseconds) ms cannot be kept"
        case .contradiction(let state): "the stored runs are not those of a clock that is \(state.rawValue)"
        }
    }
}
