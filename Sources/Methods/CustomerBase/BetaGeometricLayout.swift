extension BetaGeometricSurface {
    /// Gathers rows, blocks and time sums in one pass.
    struct Layout {
        var table = TimeTable()
        var rows: [Row] = []
        var blocks: [Block] = []
        var plain: [(customers: Double, repeats: Double)] = []
        var counts: [(repeats: Int, customers: Int)] = []
        var customers = 0

        mutating func add(_ history: History, _ chance: FirstChance) {
            customers += history.customers
            if counts.last?.repeats == history.repeats {
                counts[counts.count - 1].customers += history.customers
            } else {
                counts.append((history.repeats, history.customers))
            }
            let weight = Double(history.customers)
            let end = number(of: history.end)
            guard chance == .atOnce || history.repeats > 0 else { return count(end, weight, 0) }
            let last = number(of: history.last)
            count(last, weight, weight * Double(history.repeats))
            rows.append(Row(last: last, end: end, customers: weight))
            if blocks.last?.repeats == Double(history.repeats) {
                blocks[blocks.count - 1].rows = blocks[blocks.count - 1].rows.lowerBound..<rows.count
                blocks[blocks.count - 1].customers += weight
            } else {
                let only = rows.count - 1..<rows.count
                blocks.append(Block(repeats: Double(history.repeats), rows: only, customers: weight))
            }
        }

        private mutating func number(of time: Double) -> Int32 {
            let index = table.index(of: time)
            if Int(index) == plain.count { plain.append((0, 0)) }
            return index
        }

        private mutating func count(_ time: Int32, _ customers: Double, _ repeats: Double) {
            plain[Int(time)].customers += customers
            plain[Int(time)].repeats += repeats
        }
    }

    static let fewEnough = 4000
    static let thinnedTo = 1000

    /// Neighbouring histories with the same x taken together, about a thousand in all.
    func thinned() -> Self? {
        guard source.count > Self.fewEnough else { return nil }
        let bundle = source.count / Self.thinnedTo + 1
        var histories: [History] = []
        var start = 0
        while start < source.count {
            var end = start
            var customers = 0
            while end < source.count, end < start + bundle, source[end].repeats == source[start].repeats {
                customers += source[end].customers
                end += 1
            }
            var middle = source[(start + end) / 2]
            middle.customers = customers
            histories.append(middle)
            start = end
        }
        return Self(histories, chance)
    }
}
