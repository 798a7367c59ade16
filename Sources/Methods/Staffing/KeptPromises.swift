/// A promise to call somebody back within a window.
public struct CallbackPromise: Sendable, Equatable {
    /// The window, both ends included.
    public var from, until: UTCTime
    /// When the person was called; nil if not yet.
    public var called: UTCTime?

    /// A promise; `until` is checked where it is used.
    public init(from: UTCTime, until: UTCTime, called: UTCTime?) {
        self.from = from
        self.until = until
        self.called = called
    }
}

/// How many promises fell due and how many were kept.
public struct KeptPromises: Sendable, Equatable {
    /// Promises whose window is over, and how many of them were kept.
    public let due, kept: Int
    /// Kept / due, 0…1; nil while none is due.
    public var share: Double? { due > 0 ? Double(kept) / Double(due) : nil }

    /// Counts the promises whose window had ended at `moment`, called or not.
    ///
    /// Kept means called within the window, both ends included: a call before it finds nobody waiting.
    /// Windows still open do not count yet, not even the ones already kept, or the good would be counted
    /// before the bad.
    ///
    /// - Throws: `OutOfRange` naming `promise.until` when a window ends before it begins.
    public init(_ promises: [CallbackPromise], at moment: UTCTime) throws(OutOfRange) {
        var due = 0
        var kept = 0
        for promise in promises {
            guard promise.from <= promise.until else {
                let until = Double(promise.until.milliseconds)
                throw OutOfRange(input: "promise.until", value: until, allowed: "not before promise.from")
            }
            guard promise.until <= moment else { continue }
            due += 1
            if let called = promise.called, called >= promise.from, called <= promise.until { kept += 1 }
        }
        self.due = due
        self.kept = kept
    }
}
