import Methods
import Testing

@Suite struct `Counting the calls answered in time` {
    @Test func `keeps the three definitions apart`() throws {
        let counts = try AnswerCounts(offered: 200, answered: 170, answeredInTime: 150, shortAbandons: 10)

        #expect(counts.inTime(.offered) == 0.75)
        #expect(counts.inTime(.offeredLessShortAbandons) == 150.0 / 190)
        #expect(counts.inTime(.answered) == 150.0 / 170)
        #expect(counts.abandonment.map { abs($0 - 0.15) < 1e-15 } == true)
        #expect(counts.abandonmentLessShort.map { abs($0 - 20.0 / 190) < 1e-15 } == true)
    }

    @Test func `says nothing about no calls`() throws {
        let gone = try AnswerCounts(offered: 4, answered: 0, answeredInTime: 0, shortAbandons: 4)

        #expect(InTimeDefinition.allCases.allSatisfy { AnswerCounts.none.inTime($0) == nil })
        #expect(AnswerCounts.none.abandonment == nil && AnswerCounts.none.abandonmentLessShort == nil)
        #expect(gone.inTime(.offered) == 0)
        #expect(gone.inTime(.offeredLessShortAbandons) == nil && gone.inTime(.answered) == nil)
        #expect(gone.abandonmentLessShort == nil)
    }

    @Test func `weighs intervals by their calls`() throws {
        let rush = try AnswerCounts(offered: 900, answered: 800, answeredInTime: 450, shortAbandons: 20)
        let night = try AnswerCounts(offered: 100, answered: 100, answeredInTime: 100, shortAbandons: 0)

        // The mean of 50 % and 100 % would be 75 %.
        #expect((rush + night).inTime(.offered) == 0.55)
        #expect(rush + night == night + rush)
        #expect(rush + .none == rush)
    }

    @Test func `names the count that does not fit`() {
        let refusals: [(String, Double, Double, Double, Double)] = [
            ("offered", -1, 0, 0, 0), ("offered", .nan, 0, 0, 0), ("shortAbandons", 10, 5, 5, 11),
            ("answered", 10, 9, 5, 2), ("answeredInTime", 10, 5, 6, 0), ("answered", 10, .nan, 0, 0),
            ("answeredInTime", 10, 5, -1, 0), ("shortAbandons", 10, 5, 5, .nan),
        ]
        for (input, offered, answered, inTime, short) in refusals {
            let error = #expect(throws: OutOfRange.self) {
                try AnswerCounts(
                    offered: offered, answered: answered, answeredInTime: inTime, shortAbandons: short)
            }
            #expect(error?.input == input)
        }
    }
}
