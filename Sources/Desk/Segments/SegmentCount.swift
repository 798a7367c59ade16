import Kernel
import Storage

/// Counts a segment's members in the standing windows. A look at every member's purchases of three years, so a job does
/// it; rows stream by, nothing is held but the windows.
struct SegmentCount {
    static let quarters = 12
    static let answerQuarters = 8

    let segment: Int64
    let organisation: Organisation
    let now: Instant

    private var today: LocalDate { organisation.zone.day(of: now) }

    func figures(in connection: any Connection) throws -> SegmentFigures {
        let standard = try ProfileStore.standardWindow(today: today, in: connection)
        let begins =
            try connection.first("SELECT min(first_day) FROM standing", { try $0.optionalDay(0) }) ?? nil
        var windows = [SegmentFigures.Window(from: standard.lowerBound, to: standard.upperBound)]
        windows += SegmentCount.quarters(endingAt: standard.upperBound, from: begins).map {
            SegmentFigures.Window(from: $0.lowerBound, to: $0.upperBound)
        }
        try countOccasions(&windows, in: connection)
        try countActs(&windows, in: connection)
        var figures = SegmentFigures(
            standard: windows[0], quarters: Array(windows.dropFirst()), answers: [:], answerQuarters: [:])
        try countAnswers(&figures, in: connection)
        return figures
    }

    /// Whole quarters up to the one a day falls into, from the first with a purchase.
    static func quarters(
        endingAt end: LocalDate, from begins: LocalDate?
    ) -> [ClosedRange<LocalDate>] {
        guard let begins else { return [] }
        let last = ProfileStore.quarterStart(of: end)
        return (0..<quarters).reversed().map { last.adding(months: -3 * $0) }
            .filter { $0.adding(months: 3) > begins }.map { $0...($0.adding(months: 3) + (-1)) }
    }

    /// First occasions by day, then every occasion of every member in the order of members.
    private func countOccasions(
        _ windows: inout [SegmentFigures.Window], in connection: any Connection
    ) throws {
        let firsts: SQL = """
            SELECT s.first_day, count(*) FROM segment_member m CROSS JOIN standing s
            WHERE m.segment_id = \(segment) AND s.party_id = m.party_id GROUP BY s.first_day
            """
        try connection.each(firsts) { row in
            let (day, count) = (try row.day(0), try row.int(1))
            for index in windows.indices where windows[index].days.contains(day) {
                windows[index].first += count
            }
        }
        guard let start = windows.map(\.from).min(), let end = windows.map(\.to).max() else { return }
        let occasions: SQL = """
            SELECT m.party_id, b.day, s.first_day FROM segment_member m CROSS JOIN standing s CROSS JOIN purchase b
            WHERE m.segment_id = \(segment) AND s.party_id = m.party_id AND b.account_id = m.party_id
                AND b.day BETWEEN \(start) AND \(end) AND b.amount >= 0
            ORDER BY m.party_id
            """
        var marks = WindowMarks(windows.map(\.days))
        var (bought, repeated) = (
            Array(repeating: 0, count: windows.count), Array(repeating: 0, count: windows.count)
        )
        try connection.each(occasions) { row in
            let (day, first) = (try row.day(1), try row.day(2))
            marks.meet(try row.int64(0), &bought, &repeated)
            marks.mark(day, isRepeat: day > first)
        }
        marks.meet(nil, &bought, &repeated)
        for index in windows.indices {
            windows[index].customers = bought[index]
            windows[index].repeating = repeated[index]
        }
    }

    /// Persons who told others, where they or an organisation they belong to are members.
    private func countActs(
        _ windows: inout [SegmentFigures.Window], in connection: any Connection
    ) throws {
        guard let start = windows.map(\.from).min(), let end = windows.map(\.to).max() else { return }
        let acts: SQL = """
            SELECT a.person_id, a.day FROM advocacy a WHERE a.day BETWEEN \(start) AND \(end) AND a.counts
                AND \(Segments.holdsOrBelongs(segment, party: "a.person_id"))
            ORDER BY a.person_id
            """
        var marks = WindowMarks(windows.map(\.days))
        var told = Array(repeating: 0, count: windows.count)
        var none = told
        try connection.each(acts) { row in
            marks.meet(try row.int64(0), &told, &none)
            marks.mark(try row.day(1), isRepeat: false)
        }
        marks.meet(nil, &told, &none)
        for index in windows.indices { windows[index].advocates = told[index] }
    }

    private func countAnswers(_ figures: inout SegmentFigures, in connection: any Connection) throws {
        let standard = try NPSStore.standardWindow(today: today, in: connection)
        let last = ProfileStore.quarterStart(of: standard.upperBound)
        let quarters = (0..<SegmentCount.answerQuarters).reversed().map { back in
            let start = last.adding(months: -3 * back)
            return start...(start.adding(months: 3) + (-1))
        }
        let reach = min(standard.lowerBound, quarters[0].lowerBound)...(last.adding(months: 3) + (-1))
        for about in Answer.About.allCases {
            let members = try memberScores(about, reach, in: connection)
            let everybody = try AnswerTallyStore.byDay(about: about, reach, in: connection)
            func scores(_ days: ClosedRange<LocalDate>) -> SegmentFigures.Scores {
                SegmentFigures.Scores(
                    from: days.lowerBound, to: days.upperBound, members: SegmentCount.sum(members, days),
                    everybody: SegmentCount.sum(everybody, days))
            }
            figures.answers[about.rawValue] = scores(standard)
            figures.answerQuarters[about.rawValue] = quarters.map(scores)
        }
    }

    private func memberScores(
        _ about: Answer.About, _ days: ClosedRange<LocalDate>, in connection: any Connection
    ) throws -> [Int: [Int]] {
        let said: SQL = """
            SELECT a.day, a.score, count(*) FROM answer a
            WHERE a.about = \(about) AND a.kind = 'nps' AND a.day BETWEEN \(days.lowerBound) AND \(days.upperBound)
                AND a.party_id IS NOT NULL AND \(Segments.holdsOrBelongs(segment, party: "a.party_id"))
            GROUP BY a.day, a.score
            """
        var cells: [Int: [Int]] = [:]
        try connection.each(said) { row in
            cells[try row.int(0), default: Array(repeating: 0, count: 11)][try row.int(1)] += try row.int(2)
        }
        return cells
    }

    private static func sum(_ cells: [Int: [Int]], _ days: ClosedRange<LocalDate>) -> [Int] {
        var sum = Array(repeating: 0, count: 11)
        for (day, scores) in cells where days.contains(LocalDate(daysSinceEpoch: day)) {
            for score in 0...10 { sum[score] += scores[score] }
        }
        return sum
    }
}

/// In which windows one customer, whose rows come one after the other, did something.
private struct WindowMarks {
    private let windows: [ClosedRange<LocalDate>]
    private var current: Int64?
    private var (seen, again): (UInt64, UInt64) = (0, 0)

    init(_ windows: [ClosedRange<LocalDate>]) { self.windows = windows }

    mutating func mark(_ day: LocalDate, isRepeat: Bool) {
        for index in windows.indices where windows[index].contains(day) {
            seen |= 1 << UInt64(index)
            if isRepeat { again |= 1 << UInt64(index) }
        }
    }

    /// The rows of another customer begin, or end: what was marked is counted.
    mutating func meet(_ customer: Int64?, _ first: inout [Int], _ second: inout [Int]) {
        guard customer != current || customer == nil else { return }
        for index in windows.indices {
            if seen >> UInt64(index) & 1 == 1 { first[index] += 1 }
            if again >> UInt64(index) & 1 == 1 { second[index] += 1 }
        }
        (seen, again, current) = (0, 0, customer)
    }
}

extension SegmentStore {
    /// What the last run counted; nil before the first.
    public func figures(of id: Int64) async throws -> SegmentFigures? {
        try await database.read { connection in
            try connection.first("SELECT document FROM segment_figure WHERE segment_id = \(id)") {
                try JSONText.read($0.text(0))
            }
        }
    }
}
