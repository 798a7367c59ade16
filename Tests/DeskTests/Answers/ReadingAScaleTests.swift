import Testing

@testable import Desk

@Suite struct `Reading a scale` {
    private func scores(_ scale: String, _ mapping: String?) throws -> [Int] {
        let question = AnswerQuestion(scale: AnswerScale(scale), mapping: mapping)
        let reader = try ScoreReader(question)
        return reader.scale.range.compactMap { reader.read($0)?.score }
    }

    private func parts(_ scale: String, _ mapping: String?) throws -> String {
        let reader = try ScoreReader(AnswerQuestion(scale: AnswerScale(scale), mapping: mapping))
        return reader.scale.range.compactMap { reader.read($0)?.part.word.prefix(1) }.joined()
    }

    @Test func `takes 0 to 10 as it is`() throws {
        #expect(try scores("0-10", nil) == Array(0...10))
        #expect(try parts("0-10", nil) == "dddddddpppp".prefix(7) + "pppp")
        let reader = try ScoreReader(AnswerQuestion())
        #expect(reader.read(6)?.part == .detractor && reader.read(7)?.part == .passive)
        #expect(reader.read(8)?.part == .passive && reader.read(9)?.part == .promoter)
        #expect(reader.read(11) == nil && reader.read(-1) == nil)
        let same = (0...10).allSatisfy { ScoreReader.standard.read($0)?.part == reader.read($0)?.part }
        #expect(same)
    }

    @Test func `refuses another scale until a reading is chosen that fits it`() {
        #expect(throws: AnswerRefusal.mappingMissing(scale: "1-10")) { try scores("1-10", nil) }
        #expect(throws: AnswerRefusal.mappingMissing(scale: "1-10")) { try scores("1-10", "") }
        #expect(throws: AnswerRefusal.mappingDoesNotFit(scale: "1-5")) { try scores("1-5", "same-numbers") }
        #expect(throws: AnswerRefusal.mappingDoesNotFit(scale: "1-5")) { try scores("1-5", "cut:5,4") }
        #expect(throws: AnswerRefusal.mappingDoesNotFit(scale: "0-10")) { try scores("0-10", "cut:6,8") }
        #expect(throws: Never.self) { try scores("0-10", "same-numbers") }
        #expect(throws: AnswerRefusal.mappingDoesNotFit(scale: "1-5")) { try scores("1-5", "somehow") }
    }

    @Test func `keeps the numbers, stretches or cuts, and stays in the part`() throws {
        #expect(try scores("1-10", "same-numbers") == Array(1...10))
        #expect(try scores("1-5", "stretched") == [0, 3, 5, 8, 10])
        #expect(try scores("1-5", "cut:3,4") == [0, 3, 7, 9, 10])
        #expect(try scores("0-100", "stretched").last == 10)
        for (scale, mapping) in [("1-7", "stretched"), ("0-5", "cut:3,5"), ("1-10", "cut:6,8")] {
            let reader = try ScoreReader(AnswerQuestion(scale: AnswerScale(scale), mapping: mapping))
            for given in reader.scale.range {
                let read = try #require(reader.read(given))
                #expect(ScoreReader.standard.read(read.score)?.part == read.part, "\(given) of \(scale)")
            }
        }
    }

    @Test(arguments: ["", "10", "10-1", "1-2", "a-b", "-5-5", "0-1001", "1-10-20"])
    func `knows what is no scale`(text: String) {
        #expect(AnswerScale(text) == nil)
    }

    @Test func `puts visits in bands`() {
        #expect(
            [0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 900].map { VisitBand.name(VisitBand.start(of: $0)) }
                == ["0", "1", "2", "3–5", "3–5", "6–10", "6–10", "11–20", "11–20", "21+", "21+"])
    }
}

@Suite struct `A cell for a spreadsheet` {
    @Test(arguments: ["=1+1", "+1+1", "-1+1", "-1-1", "@SUM(A1)", "\tx", "\rx", "=\"a\""])
    func `never begins as a formula does`(text: String) {
        #expect(CSVCell.quoted(text).hasPrefix("\"'"))
    }

    @Test func `leaves numbers and words alone`() {
        #expect(CSVCell.quoted("-12.5") == "\"-12.5\"")
        #expect(CSVCell.quoted("say \"no\"") == "\"say \"\"no\"\"\"")
        #expect(CSVCell.quoted("") == "\"\"")
    }
}
