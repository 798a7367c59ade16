import Kernel
import Markup
import Storage
import Web

/// The people behind a finding that no other screen lists.
struct FindingPeople: Sendable {
    enum List: String, Sendable, CaseIterable {
        /// Promoters with no act on record who may be asked.
        case willing
        /// Testimonials nobody has asked leave to show.
        case consent
    }

    /// A person with the day of the answer or the act.
    struct Line: Sendable {
        let party: Party
        let day: LocalDate
        let key: String
    }

    let database: any Database
    let clock: any WallClock
    let organisation: Organisation

    func page(
        _ list: List, _ window: ClosedRange<LocalDate>?, _ about: Answer.About, after: String?, limit: Int
    ) async throws -> (ClosedRange<LocalDate>, Portion<Line>) {
        let today = organisation.zone.day(of: clock.now)
        let parts = (after ?? "").split(separator: "~").map { Int64($0) }
        let isMark = parts.count == 2 && !parts.contains(nil)
        let mark = isMark ? (Int(parts[0] ?? 0), parts[1] ?? 0) : (1 << 30, Int64.max)
        return try await database.read { connection in
            let days: ClosedRange<LocalDate> =
                switch list {
                case .willing: try window ?? NPSStore.standardWindow(today: today, in: connection)
                case .consent: try window ?? ProfileStore.standardWindow(today: today, in: connection)
                }
            let rows: SQL =
                switch list {
                case .willing: WillingList.page(days, about, after: mark, limit: limit + 1)
                case .consent: FindingPeople.consent(days, after: mark, limit: limit + 1)
                }
            let lines = try connection.all(rows) { row in
                Line(
                    party: try Party(row: row), day: try row.day(4),
                    key: "\(try row.int(4))~\(try row.int64(5))")
            }
            return (days, Portion(lines, limit: limit) { $0.key })
        }
    }

    private static func consent(_ days: ClosedRange<LocalDate>, after mark: (Int, Int64), limit: Int) -> SQL {
        """
        SELECT \(Party.columns), v.day, v.id FROM advocacy v JOIN party p ON p.id = v.person_id
        WHERE v.day BETWEEN \(days.lowerBound) AND \(days.upperBound) AND (v.day, v.id) < (\(mark.0), \(mark.1))
            AND v.kind = 'testimonial' AND v.consent IS NULL
        ORDER BY v.day DESC, v.id DESC LIMIT \(limit)
        """
    }
}

/// The list as people read it.
struct FindingPeoplePage: Page {
    let list: FindingPeople.List
    let window: ClosedRange<LocalDate>
    let portion: Portion<FindingPeople.Line>
    let query: Query

    var title: String { Phrase("finding.people.\(list.rawValue)").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1><p class="muted">\
        \(t: "finding.people.\(list.rawValue).what", day(window.lowerBound), day(window.upperBound))</p></div>\
        <div class="actions">\(ask)<a class="btn" href="/findings">\(t: "finding.all")</a></div></header>\(content)</section>
        """
    }

    /// Asking is done where it is kept.
    private var ask: HTML? {
        list == .willing
            ? #"<a class="btn" href="/advocates/ask">\#(t: "finding.people.willing.ask")</a>"# : nil
    }

    private func day(_ day: LocalDate) -> Argument { .day(daysSinceEpoch: day.daysSinceEpoch) }

    private var content: HTML {
        guard !portion.items.isEmpty else { return #"<p class="empty">\#(t: "finding.people.none")</p>"# }
        let rows = portion.items.map { line -> HTML in
            """
            <tr><td><a href="/people/\(line.party.id.value)"><bdi>\(line.party.name)</bdi></a></td><td class="number">\(day(line.day))</td></tr>
            """
        }
        let next: HTML? = portion.next.map { next in
            let address = "/findings/behind/\(list.rawValue)" + query.with("after", next)
            return
                #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr><th scope="col">\(t: "customers.name")</th>\
            <th scope="col" class="number">\(t: "finding.people.\(list.rawValue).day")</th></tr></thead><tbody>\(rows)</tbody></table>\(next)
            """
    }
}
