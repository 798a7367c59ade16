import Foundation
import Methods
import Testing

@Suite struct `Naming a shape` {
    private func result(
        _ first: Int, _ repeating: Int, _ advocate: Int, measured: Bool = true, inside: Bool = false,
        windowDays: Int? = 365, cycle: Double? = nil, rule: ShapeRule = ShapeRule()
    ) throws -> ShapeResult {
        try shape(
            of: Levels(first: first, repeating: repeating, advocate: advocate), advocacyMeasured: measured,
            historyBeginsInside: inside, windowDays: windowDays, medianCycleDays: cycle, rule: rule)
    }

    @Test(arguments: [
        (1000, 400, 60, "pyramid"), (120, 15, 60, "hourglass"), (4, 40, 2, "hexagon"),
        (10, 20, 45, "inverted"), (100, 85, 5, "leaning pyramid"),
        (50, 48, 5, "undecided between pyramid and hexagon"),
        (48, 50, 5, "undecided between hexagon and pyramid"),
        (200, 30, 28, "undecided between pyramid and hourglass"),
        (30, 30, 30, "undecided between hourglass and hexagon"),
        (100_000_000, 100_000_000, 100_000_000, "undecided between hourglass and hexagon"),
        (5, 3, 1, "too little data"),
    ])
    func `says it in words`(_ first: Int, _ repeating: Int, _ advocate: Int, _ words: String) throws {
        #expect(try result(first, repeating, advocate).verdict.label == words)
    }

    @Test func `carries what a report shows beside it`() throws {
        let rule = ShapeRule(label: 0.9)
        let found = try result(1000, 400, 60, rule: rule)

        #expect(found.verdict.shape == .pyramid)
        #expect(found.levels.total == 1460)
        #expect(found.rule == rule)
    }

    @Test func `refuses too little data before anything else`() throws {
        #expect(try result(10, 5, 4, measured: false, inside: true).verdict == .tooLittle)
        #expect(try result(10, 5, 5, measured: false, inside: true).verdict == .historyStartsHere)
    }

    @Test func `refuses a history that starts here before unmeasured advocacy`() throws {
        #expect(try result(900, 50, 0, measured: false, inside: true).verdict == .historyStartsHere)
        #expect(try result(900, 50, 0, measured: false).verdict == .advocacyNotMeasured)
    }

    @Test func `tells zero advocates from unknown ones`() throws {
        #expect(try result(500, 200, 0, measured: false).verdict.label == "advocacy not measured")
        #expect(try result(500, 200, 0, measured: true).verdict == .labelled(.pyramid))
    }

    @Test func `still computes probabilities when it withholds the shape`() throws {
        let found = try result(500, 200, 0, measured: false)

        #expect(found.probabilities.pyramid > 0.999)
        #expect(found.verdict.shape == nil)
    }

    @Test(arguments: [
        (1000, 400, 60, [Qualifier.narrowMiddle]), (100, 85, 5, [.broadMiddle]), (40, 30, 8, []),
        (120, 15, 60, []), (15, 3, 45, [.weakBase]), (4, 40, 2, [.severe]), (60, 90, 40, []),
        (10, 20, 45, []), (50, 48, 5, []),
    ])
    func `qualifies it`(_ first: Int, _ repeating: Int, _ advocate: Int, _ expected: [Qualifier]) throws {
        #expect(try result(first, repeating, advocate).qualifiers == expected)
    }

    @Test func `calls a window short only under twice the buying cycle`() throws {
        #expect(try result(120, 15, 60, windowDays: 365, cycle: 183).qualifiers == [.shortWindow])
        #expect(try result(120, 15, 60, windowDays: 366, cycle: 183).qualifiers == [])
        #expect(try result(120, 15, 60, windowDays: nil, cycle: 183).qualifiers == [])
        #expect(try result(120, 15, 60, windowDays: 365, cycle: nil).qualifiers == [])
        #expect(try result(4, 40, 2, windowDays: 90, cycle: 60).qualifiers == [.severe, .shortWindow])
    }

    @Test func `qualifies nothing that is undecided or withheld`() throws {
        #expect(try result(50, 48, 5, windowDays: 10, cycle: 200).qualifiers == [])
        #expect(try result(1000, 400, 60, inside: true, windowDays: 10, cycle: 200).qualifiers == [])
    }

    @Test func `follows changed settings`() throws {
        #expect(try result(100, 85, 5, rule: ShapeRule(label: 0.85)).verdict == .labelled(.pyramid))
        let undecided = ShapeVerdict.undecided(.pyramid, .hexagon)
        #expect(try result(100, 85, 5, rule: ShapeRule(leaning: 0.9)).verdict == undecided)
        #expect(try result(5, 3, 1, rule: ShapeRule(minimumTotal: 9)).verdict == undecided)
        #expect(try result(1000, 400, 60, rule: ShapeRule(middleOverBase: 0.3)).qualifiers == [.broadMiddle])
        #expect(try result(15, 3, 45, rule: ShapeRule(qualifier: 1)).qualifiers == [])
    }

    @Test func `names the input that is out of range`() {
        let causes: [(String, () throws -> ShapeResult)] = [
            ("levels.first", { try result(-1, 20, 20) }),
            ("levels.repeating", { try result(20, -3, 20) }),
            ("levels.advocate", { try result(20, 20, .max) }),
            ("windowDays", { try result(20, 20, 20, windowDays: 0) }),
            ("medianCycleDays", { try result(20, 20, 20, cycle: .nan) }),
            ("rule.label", { try result(20, 20, 20, rule: ShapeRule(label: 1.01)) }),
            ("rule.leaning", { try result(20, 20, 20, rule: ShapeRule(leaning: -0.1)) }),
            ("rule.minimumTotal", { try result(20, 20, 20, rule: ShapeRule(minimumTotal: -1)) }),
            ("rule.middleOverBase", { try result(20, 20, 20, rule: ShapeRule(middleOverBase: 0)) }),
            ("rule.topOverMiddle", { try result(20, 20, 20, rule: ShapeRule(topOverMiddle: .infinity)) }),
            ("rule.qualifier", { try result(20, 20, 20, rule: ShapeRule(qualifier: .nan)) }),
            ("rule.shortWindowFactor", { try result(20, 20, 20, rule: ShapeRule(shortWindowFactor: -2)) }),
        ]
        for (input, ask) in causes {
            let error = #expect(throws: ShapeError.self, "\(input)") { try ask() }
            #expect(error?.input == input)
        }
    }

    @Test func `explains an error in a sentence`() {
        let error = OutOfRange(input: "rule.label", value: 1.5, allowed: "from 0.0 to 1.0")

        #expect("\(error)" == "rule.label is 1.5, but must be from 0.0 to 1.0")
    }

    @Test func `reads and writes levels by their everyday names`() throws {
        let levels = Levels(first: 3, repeating: 2, advocate: 1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = try encoder.encode(levels)

        #expect(String(decoding: text, as: UTF8.self) == #"{"advocate":1,"first":3,"repeat":2}"#)
        #expect(try JSONDecoder().decode(Levels.self, from: text) == levels)
    }
}
