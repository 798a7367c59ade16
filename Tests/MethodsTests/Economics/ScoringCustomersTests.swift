import Methods
import Testing

@Suite struct `Scoring by parts of a ranking` {
    @Test func `fills the parts evenly where nothing ties`() throws {
        #expect(try quantileScores(of: [50, 10, 40, 20, 30]) == [5, 1, 4, 2, 3])
        #expect(try quantileScores(of: [3, 1, 2, 4], bins: 2) == [2, 1, 1, 2])
        #expect(try quantileScores(of: [7, 7.5, 8], bins: 1) == [1, 1, 1])
    }

    @Test func `shows what each rule does with ties`() throws {
        // Half bought once: the middle of their ranks is 2, the highest 3, of 6.
        let values: [Double] = [1, 1, 1, 2, 3, 4]

        #expect(try quantileScores(of: values, ties: .lowest) == [1, 1, 1, 3, 4, 5])
        #expect(try quantileScores(of: values, ties: .middle) == [1, 1, 1, 3, 4, 5])
        #expect(try quantileScores(of: values, ties: .highest) == [2, 2, 2, 3, 4, 5])
        #expect(try quantileScores(of: [1, 1, 1, 1, 9], ties: .middle) == [2, 2, 2, 2, 5])
        #expect(try quantileScores(of: [-0.0, 0.0], bins: 2) == [1, 1])
    }

    @Test func `agrees with counting how many are smaller`() throws {
        var generator = SeededGenerator(state: 55)
        for _ in 0..<60 {
            let count = Int.random(in: 1...60, using: &generator)
            let bins = Int.random(in: 1...8, using: &generator)
            let values = (0..<count).map { _ in Double(Int.random(in: 0...12, using: &generator)) }
            let smaller = values.map { value in values.count { $0 < value } }
            let atMost = values.map { value in values.count { $0 <= value } }

            let lowest = try quantileScores(of: values, bins: bins)
            let highest = try quantileScores(of: values, bins: bins, ties: .highest)
            let middle = try quantileScores(of: values, bins: bins, ties: .middle)

            #expect(lowest == smaller.map { 1 + bins * $0 / count })
            #expect(highest == atMost.map { 1 + bins * ($0 - 1) / count })
            #expect(middle == zip(smaller, atMost).map { 1 + bins * ($0 + $1 - 1) / (2 * count) })
        }
    }

    @Test func `has nothing to say of nobody`() throws {
        #expect(try quantileScores(of: []) == [])
    }

    @Test func `names the input that is out of range`() {
        for bins in [0, -1, 1001, .max] {
            let error = #expect(throws: OutOfRange.self) { try quantileScores(of: [1], bins: bins) }
            #expect(error?.input == "bins")
        }
        let error = #expect(throws: OutOfRange.self) { try quantileScores(of: [1, .nan]) }
        #expect(error?.input == "values")
    }
}

@Suite struct `Scoring recency, frequency and money` {
    private let customers = [
        PurchaseSummary(lastDay: 100, purchases: 1, spend: 900),
        PurchaseSummary(lastDay: 500, purchases: 1, spend: 200),
        PurchaseSummary(lastDay: 300, purchases: 1, spend: 400),
        PurchaseSummary(lastDay: 400, purchases: 5, spend: 1500),
    ]

    @Test func `gives the best customers the highest scores`() throws {
        let found = try RFM(of: customers, bins: 4)

        #expect(found.scores.map(\.recency) == [1, 4, 2, 3])
        #expect(found.scores.map(\.frequency) == [1, 1, 1, 4])
        #expect(found.scores.map(\.monetary) == [4, 1, 3, 2])
    }

    @Test func `shows the scores that ties left empty`() throws {
        let found = try RFM(of: customers, bins: 4)

        #expect(found.counts(of: \.frequency) == [3, 0, 0, 1])
        #expect(found.counts(of: \.recency) == [1, 1, 1, 1])
        #expect(found.cells.values.reduce(0, +) == 4)
        #expect(found.cells[RFM.Score(recency: 3, frequency: 4, monetary: 2)] == 1)
    }

    @Test func `takes money per purchase or in all`() throws {
        let found = try RFM(of: customers, bins: 4, monetary: .total)

        #expect(found.scores.map(\.monetary) == [3, 1, 2, 4])
    }

    @Test func `keeps each customer's scores in whatever order they come`() throws {
        var generator = SeededGenerator(state: 8)
        let many = (0..<200).map { _ in
            PurchaseSummary(
                lastDay: .random(in: 0...60, using: &generator),
                purchases: .random(in: 1...6, using: &generator),
                spend: .random(in: -50...500, using: &generator))
        }
        let order = many.indices.shuffled(using: &generator)

        let straight = try RFM(of: many)
        let shuffled = try RFM(of: order.map { many[$0] })

        #expect(shuffled.scores == order.map { straight.scores[$0] })
    }

    @Test func `names the input that is out of range`() {
        let cases = [
            ("lastDay", PurchaseSummary(lastDay: .max, purchases: 1, spend: 1)),
            ("purchases", PurchaseSummary(lastDay: 1, purchases: 0, spend: 1)),
            ("spend", PurchaseSummary(lastDay: 1, purchases: 1, spend: .min)),
        ]
        for (input, customer) in cases {
            let error = #expect(throws: OutOfRange.self) { try RFM(of: [customer]) }
            #expect(error?.input == input)
        }
    }
}
