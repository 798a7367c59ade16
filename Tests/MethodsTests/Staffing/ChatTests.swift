import Methods
import Testing

@Suite struct `Holding several chats at once` {
    @Test func `does less than the number of chats suggests`() throws {
        let handling: [Double] = try (1...5).map {
            try ChatConcurrency.published.handling(600, chats: $0).value
        }
        let factors: [Double] = [1, 1.7, 2.5, 2.9, 3.5]

        #expect(handling == factors.map { 600 / $0 })
        // Agents × 3 would be 200 seconds each, and a sixth too few agents.
        #expect(handling[2] > 200)
    }

    @Test func `takes a centre's own factors`() throws {
        let own = try ChatConcurrency(factors: [1, 1.5])

        #expect(try own.handling(300, chats: 2) == 200)
        let one = try Traffic(calls: 40, in: 60, handling: own.handling(300, chats: 1))
        let two = try Traffic(calls: 40, in: 60, handling: own.handling(300, chats: 2))
        #expect(one.load / two.load == 1.5)
    }

    @Test func `names the input that is out of range`() throws {
        let refusals: [(String, () throws -> Void)] = [
            ("factors.count", { _ = try ChatConcurrency(factors: []) }),
            ("the factor for 1 chats", { _ = try ChatConcurrency(factors: [2]) }),
            ("the factor for 2 chats", { _ = try ChatConcurrency(factors: [1, 2.5]) }),
            ("the factor for 2 chats", { _ = try ChatConcurrency(factors: [1, 0.9]) }),
            ("the factor for 2 chats", { _ = try ChatConcurrency(factors: [1, .nan]) }),
            ("chats", { _ = try ChatConcurrency.published.handling(60, chats: 6) }),
            ("chats", { _ = try ChatConcurrency.published.handling(60, chats: 0) }),
            ("handling", { _ = try ChatConcurrency.published.handling(Time(.nan), chats: 1) }),
        ]
        for (input, refused) in refusals {
            let error = #expect(throws: OutOfRange.self) { try refused() }
            #expect(error?.input == input)
        }
    }
}
