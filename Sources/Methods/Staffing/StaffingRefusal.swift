/// Why a staffing question has no answer.
public enum StaffingRefusal: Error, Equatable, CustomStringConvertible {
    /// An input is outside what the question allows.
    case outOfRange(OutOfRange)
    /// As much work arrives as the agents can do, or more, and nobody is assumed to hang up: the queue
    /// grows without limit. Both in erlangs' terms: `load` erlangs for `agents` people.
    case overloaded(load: Double, agents: Int)
    /// A target for abandonment without a patience to compute it from.
    case patienceUnknown
    /// A target that asks for nothing at all.
    case nothingAsked

    /// The reason in words.
    public var description: String {
        switch self {
        case .outOfRange(let cause): cause.description
        case .overloaded(let load, let agents): "\(load) erlangs are too much for \(agents) agents"
        case .patienceUnknown: "abandonment cannot be foreseen without callers' patience"
        case .nothingAsked: "the target asks for no share in time, wait, abandonment or occupancy"
        }
    }

    static func check(
        _ value: Double, _ input: String, in range: ClosedRange<Double>
    ) throws(StaffingRefusal) {
        do { try OutOfRange.check(value, input, in: range) } catch { throw .outOfRange(error) }
    }

    static func check(count: Int, _ input: String, in range: ClosedRange<Int>) throws(StaffingRefusal) {
        do { try OutOfRange.check(count: count, input, in: range) } catch { throw .outOfRange(error) }
    }
}

extension OutOfRange {
    /// Passes a count inside a closed range.
    static func check(count: Int, _ input: String, in range: ClosedRange<Int>) throws(OutOfRange) {
        guard !range.contains(count) else { return }
        let allowed = "from \(range.lowerBound) to \(range.upperBound)"
        throw OutOfRange(input: input, value: Double(count), allowed: allowed)
    }

    /// Passes a probability strictly between zero and one.
    static func check(inside value: Double, _ input: String) throws(OutOfRange) {
        guard !(value > 0 && value < 1) else { return }
        throw OutOfRange(input: input, value: value, allowed: "above 0 and below 1")
    }
}

/// The limits inside which every formula of this topic was tested.
enum StaffingLimit {
    static let load = 0.0...1e6
    static let agents = 10_000_000
    /// Seconds of handling one call.
    static let handling = 1e-3...1e9
    /// Patience as a multiple of handling time.
    static let relativePatience = 1e-6...1e9
    /// Seconds waited, or asked about.
    static let wait = 0.0...1e15
    static let calls = 0.0...1e9
}
