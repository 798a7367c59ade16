/// A long row of numbers of which few are not zero: a document, one number a term.
public struct SparseVector: Sendable, Equatable {
    /// Which places are not zero, rising.
    public let indices: [Int]
    /// What stands there, finite.
    public let values: [Double]

    /// - Throws: `OutOfRange` naming `values` (not as many as indices, or not finite) or `indices` (negative,
    ///   or not rising).
    public init(indices: [Int], values: [Double]) throws(OutOfRange) {
        guard values.count == indices.count else {
            let count = Double(values.count)
            throw OutOfRange(input: "values", value: count, allowed: "as many as indices (\(indices.count))")
        }
        for (place, index) in indices.enumerated() {
            let least = place == 0 ? 0 : indices[place - 1]
            guard place == 0 ? index >= 0 : index > least else {
                throw OutOfRange(input: "indices", value: Double(index), allowed: "rising from 0")
            }
            let most = Double.greatestFiniteMagnitude
            try OutOfRange.check(values[place], "values", in: -most...most)
        }
        self.init(checked: indices, values)
    }

    init(checked indices: [Int], _ values: [Double]) {
        self.indices = indices
        self.values = values
    }

    /// What stands at an index; 0 where nothing does. Binary search.
    public subscript(index: Int) -> Double {
        var range = 0..<indices.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if indices[middle] == index { return values[middle] }
            range = indices[middle] < index ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return 0
    }

    /// The sum of products place by place; O(places that are not zero).
    public func dot(_ other: SparseVector) -> Double {
        var (here, there) = (0, 0)
        var sum = 0.0
        while here < indices.count, there < other.indices.count {
            if indices[here] == other.indices[there] { sum += values[here] * other.values[there] }
            let (left, right) = (indices[here], other.indices[there])
            if left <= right { here += 1 }
            if right <= left { there += 1 }
        }
        return sum
    }

    /// The length, √Σx²; of numbers so large that their squares overflow too.
    public var norm: Double { largest > 0 ? largest * scaledNorm : 0 }

    /// How alike two documents are by their terms, −1…1 (0…1 where no number is negative); nil when either
    /// is all zeros, because nothing is known then.
    public func cosine(with other: SparseVector) -> Double? {
        guard largest > 0, other.largest > 0 else { return nil }
        let cosine = scaled.dot(other.scaled) / (scaledNorm * other.scaledNorm)
        return max(-1, min(1, cosine))
    }

    private var largest: Double { values.reduce(0) { max($0, abs($1)) } }
    private var scaled: SparseVector { SparseVector(checked: indices, values.map { $0 / largest }) }
    private var scaledNorm: Double {
        let largest = largest
        return sqrt(values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) })
    }

    /// The same direction with length 1; all zeros stay so.
    var normalized: SparseVector {
        let norm = norm
        return norm > 0 ? SparseVector(checked: indices, values.map { $0 / norm }) : self
    }
}
