import Kernel
import Methods
import Storage

/// Reads what customers said in the twelve months up to the last answer, a month at a time.
struct FindingVoices: Sendable {
    let reading: FindingReading
    /// The profile's days: acts are counted in them.
    let window: ClosedRange<LocalDate>

    func counts() async throws -> VoiceCounts {
        var counts = VoiceCounts()
        try await countActs(&counts)
        let store = NPSStore(database: reading.database, clock: reading.clock)
        let report = try await store.report(nil, organisation: reading.organisation)
        guard report.reading.counts.total > 0 else { return counts }
        counts.window = report.window
        counts.about = report.about
        counts.now = report.reading.counts
        let before = FindingReading.yearBefore(report.window)
        let earlier = try await store.report(before, about: report.about, organisation: reading.organisation)
        counts.before = earlier.reading.counts.total > 0 ? earlier.reading.counts : nil
        for days in FindingVoices.months(of: report.window) {
            let part = try await promoters(days, in: report.window, report.about)
            counts.promoters += part.promoters
            counts.willing += part.willing
            try await reading.keepGoing()
        }
        counts.unconvinced = try await unconvinced(report.window, report.about)
        counts.unconvincedBefore = try await unconvinced(before, report.about)
        return counts
    }

    /// A window cut where months begin.
    static func months(of window: ClosedRange<LocalDate>) -> [ClosedRange<LocalDate>] {
        var months: [ClosedRange<LocalDate>] = []
        var start = window.lowerBound
        while start <= window.upperBound {
            let next = LocalDate.first(ofMonth: start.monthIndex + 1)
            months.append(start...min(window.upperBound, next + (-1)))
            start = next
        }
        return months
    }

    private func countActs(_ counts: inout VoiceCounts) async throws {
        for days in FindingVoices.months(of: window) {
            let part = try await reading.database.read { connection in
                try connection.first(
                    """
                    SELECT count(*), count(*) FILTER (WHERE kind = 'testimonial' AND consent IS NULL) FROM advocacy
                    WHERE day BETWEEN \(days.lowerBound) AND \(days.upperBound)
                    """
                ) { (acts: try $0.int(0), open: try $0.int(1)) }
            }
            counts.acts += part?.acts ?? 0
            counts.consentOpen += part?.open ?? 0
        }
    }

    private func promoters(
        _ days: ClosedRange<LocalDate>, in window: ClosedRange<LocalDate>, _ about: Answer.About
    ) async throws -> (promoters: Int, willing: Int) {
        let latest = WillingList.latestPromoters(days, about)
        let open = WillingList.mayBeAsked(in: window)
        let count: SQL = "SELECT count(*), count(*) FILTER (WHERE \(open)) FROM \(latest)"
        return try await reading.database.read { connection in
            try connection.first(count) { (try $0.int(0), try $0.int(1)) } ?? (0, 0)
        }
    }

    /// Answers short of a promoter's by customers who buy, and those after which a purchase followed within 90 days; only
    /// answers whose 90 days are over.
    private func unconvinced(_ window: ClosedRange<LocalDate>, _ about: Answer.About) async throws
        -> ShareCount?
    {
        var (all, again) = (0, 0)
        let shifted = (window.lowerBound + (-90))...(window.upperBound + (-90))
        for days in FindingVoices.months(of: shifted) {
            for part in [Answer.Part.passive, .detractor] {
                let rows: SQL = """
                    SELECT count(*), count(*) FILTER (WHERE EXISTS (
                        SELECT 1 FROM purchase p WHERE p.account_id = a.party_id AND p.amount >= 0
                            AND p.day > a.day AND p.day <= a.day + 90))
                    FROM answer a JOIN standing s ON s.party_id = a.party_id
                    WHERE a.about = \(about) AND a.part = \(part.rawValue) AND a.kind = 'nps'
                        AND a.day BETWEEN \(days.lowerBound) AND \(days.upperBound)
                    """
                let found = try await reading.database.read { connection in
                    try connection.first(rows) { (all: try $0.int(0), again: try $0.int(1)) }
                }
                all += found?.all ?? 0
                again += found?.again ?? 0
            }
            try await reading.keepGoing()
        }
        return try? ShareCount(again, of: all)
    }
}
