/// What can be said about a profile's shape, or why nothing is said.
public enum ShapeVerdict: Sendable, Equatable {
    /// Probable enough to name.
    case labelled(Shape)
    /// Probable, but not enough to name.
    case leaning(Shape)
    /// The two most probable shapes, the likelier first.
    case undecided(Shape, Shape)
    /// Fewer people than the rule's minimum.
    case tooLittle
    /// The records begin inside the window, so everyone looks new. The levels stand, the shape is withheld.
    case historyStartsHere
    /// No advocacy act is on record. Zero and unknown differ.
    case advocacyNotMeasured

    /// The verdict in words, such as "leaning pyramid".
    public var label: String {
        switch self {
        case .labelled(let shape): shape.rawValue
        case .leaning(let shape): "leaning \(shape.rawValue)"
        case .undecided(let one, let other): "undecided between \(one.rawValue) and \(other.rawValue)"
        case .tooLittle: "too little data"
        case .historyStartsHere: "history starts here"
        case .advocacyNotMeasured: "advocacy not measured"
        }
    }

    /// The shape that is named or leant to; nil when the profile is undecided or refused.
    public var shape: Shape? {
        switch self {
        case .labelled(let shape), .leaning(let shape): shape
        case .undecided, .tooLittle, .historyStartsHere, .advocacyNotMeasured: nil
        }
    }
}
