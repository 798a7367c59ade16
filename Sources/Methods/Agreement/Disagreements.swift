/// The disagreement within cases and over all ratings, for Krippendorff's alpha: O(ratings) each time it is
/// asked, in memory it keeps.
///
/// Squared differences sum to moments, so no pairs are formed for `interval`, nor for `ordinal`, whose
/// distance is the squared difference of mid-ranks.
struct Disagreements {
    private let ratings: Ratings
    private let level: MeasurementLevel
    /// How often each category occurs in pairs.
    private var totals: [Double]
    /// Where each category lies on a line from 0 to 1.
    private var positions: [Double]

    init(_ ratings: Ratings, _ level: MeasurementLevel) throws(AgreementRefusal) {
        self.ratings = ratings
        self.level = level
        totals = [Double](repeating: 0, count: ratings.categories)
        let least = ratings.scale.first ?? 0
        let span = (ratings.scale.last ?? 0) - least
        positions = ratings.scale.map { span > 0 ? ($0 - least) / span : 0 }
        guard level == .ratio else { return }
        guard least >= 0 else {
            throw .outOfRange(OutOfRange(input: "scale", value: least, allowed: "0 or more for ratio"))
        }
        guard ratings.categories <= 10_000 else {
            throw .outOfRange(
                OutOfRange(
                    input: "categories", value: Double(ratings.categories), allowed: "at most 10000 for ratio"
                ))
        }
    }

    var hasPairs: Bool { ratings.rows.contains { $0.raters > 1 } }

    /// α when each row counts `times`; nil when the pairs hold only one category.
    mutating func alpha(times: [Int]) -> Double? {
        let count = countTotals(times)
        guard totals.filter({ $0 > 0 }).count > 1 else { return nil }
        if level == .ordinal { rank(count) }
        var observed = 0.0
        for (row, times) in zip(ratings.rows, times) where row.raters > 1 && times > 0 {
            observed += Double(times) * disagreement(in: row) / Double(row.raters - 1)
        }
        let expected = expectedDisagreement(count)
        return expected > 0 ? 1 - (count - 1) * (observed / expected) : nil
    }

    private mutating func countTotals(_ times: [Int]) -> Double {
        for category in totals.indices { totals[category] = 0 }
        var count = 0.0
        for (row, times) in zip(ratings.rows, times) where row.raters > 1 && times > 0 {
            count += Double(row.raters) * Double(times)
            for entry in ratings.entries[row.entries] {
                totals[entry.category] += Double(entry.count) * Double(times)
            }
        }
        return count
    }

    /// Sets every category at the middle of the ranks its ratings hold.
    private mutating func rank(_ count: Double) {
        var below = 0.0
        for (category, total) in totals.enumerated() {
            positions[category] = (below + total / 2) / count
            below += total
        }
    }

    /// The sum of distances over the ordered pairs of one case's raters.
    private func disagreement(in row: Ratings.Row) -> Double {
        let entries = ratings.entries[row.entries]
        let raters = Double(row.raters)
        switch level {
        case .nominal:
            return entries.reduce(0) { $0 + Double($1.count) * (raters - Double($1.count)) }
        case .ordinal, .interval:
            let mean = entries.reduce(0) { $0 + Double($1.count) * positions[$1.category] } / raters
            return entries.reduce(0) { sum, entry in
                let offset = positions[entry.category] - mean
                return sum + 2 * raters * Double(entry.count) * offset * offset
            }
        case .ratio:
            var sum = 0.0
            for one in entries {
                for other in entries where other.category != one.category {
                    sum += Double(one.count) * Double(other.count) * ratio(one.category, other.category)
                }
            }
            return sum
        }
    }

    /// The same over all ratings in pairs.
    private func expectedDisagreement(_ count: Double) -> Double {
        switch level {
        case .nominal:
            return totals.reduce(0) { $0 + $1 * (count - $1) }
        case .ordinal, .interval:
            let mean = zip(totals, positions).reduce(0) { $0 + $1.0 * $1.1 } / count
            return zip(totals, positions).reduce(0) { sum, place in
                let offset = place.1 - mean
                return sum + 2 * count * place.0 * offset * offset
            }
        case .ratio:
            var sum = 0.0
            for one in totals.indices where totals[one] > 0 {
                for other in 0..<one where totals[other] > 0 {
                    sum += 2 * totals[one] * totals[other] * ratio(one, other)
                }
            }
            return sum
        }
    }

    private func ratio(_ one: Int, _ other: Int) -> Double {
        let (left, right) = (ratings.scale[one], ratings.scale[other])
        let share = (left - right) / (left + right)
        return share * share
    }
}
