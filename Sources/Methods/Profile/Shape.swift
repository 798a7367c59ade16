/// The order of the three widths of a customer profile, read from the base (level 1) to the top (level 3).
public enum Shape: String, Sendable, CaseIterable {
    /// Base over middle over top: first-timers, fewer regulars, fewer advocates still.
    case pyramid
    /// The middle is narrowest: few come back, yet many recommend.
    case hourglass
    /// The middle is widest: regulars carry the business while few arrive and few recommend.
    case hexagon
    /// Top over middle over base: more recommend than return, more return than arrive.
    case inverted
}

/// How probable each shape is. Each is in 0…1 and the four sum to 1.
public struct ShapeProbabilities: Sendable, Equatable {
    /// The probability of each order of the widths, 0…1; the four sum to 1.
    public let pyramid, hourglass, hexagon, inverted: Double

    /// The probability of one shape, 0…1.
    public subscript(shape: Shape) -> Double {
        switch shape {
        case .pyramid: pyramid
        case .hourglass: hourglass
        case .hexagon: hexagon
        case .inverted: inverted
        }
    }

    /// The shapes from most to least probable. Equals (to 10⁻⁹, above any rounding) keep the order of
    /// `Shape.allCases`, so a symmetrical profile reads the same every time.
    public var ranking: [Shape] {
        let entries = Shape.allCases.enumerated().map { order, shape in
            (shape: shape, order: order, key: (self[shape] * 1e9).rounded())
        }
        return entries.sorted { ($1.key, $0.order) < ($0.key, $1.order) }.map(\.shape)
    }
}

/// Something worth saying beside a named or leaning shape.
public enum Qualifier: String, Sendable {
    /// A pyramid with a wider middle and a narrower top than the reference triangle.
    case broadMiddle = "broad-middle"
    /// A pyramid with a narrower middle than the reference triangle.
    case narrowMiddle = "narrow-middle"
    /// An hourglass with more advocates than first-time customers.
    case weakBase = "weak base"
    /// A hexagon whose middle exceeds base and top together.
    case severe
    /// The window is shorter than the rule's number of median buying cycles.
    case shortWindow = "short for your buying cycle"
}
