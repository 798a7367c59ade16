import Kernel
import Storage

extension TimelineReading {
    /// The latest entries of an organisation and all its departments.
    ///
    /// Of each department only the latest day is asked for, one leap into an index; then departments are read one by one,
    /// the one with the latest day first, until no other can have anything for this page.
    func entries(below root: ID<Party>) throws -> [TimelineEntry] {
        let ids = try connection.all("\(TreeStore.below(root)) SELECT id FROM below") { try $0.int64(0) }
        return try TimelineGroup.Source.allCases.filter(wants).flatMap { source in
            source == .acts
                ? try connection.all(acts(of: ids), TimelineReading.act) : try latest(source, root)
        }
    }

    private func latest(_ source: TimelineGroup.Source, _ root: ID<Party>) throws -> [TimelineEntry] {
        let heads = try connection.all("\(TreeStore.below(root)) SELECT id, (\(head(source))) FROM below") {
            row in
            (id: try row.int64(0), day: try row.optionalInt64(1))
        }
        var found: [TimelineEntry] = []
        for head in heads.filter({ $0.day != nil }).sorted(by: { ($0.day ?? 0, $0.id) > ($1.day ?? 0, $1.id) }
        ) {
            if found.count >= limit, let day = head.day, isEarlier(day, source, than: found[limit - 1].day) {
                break
            }
            found += try rows(source, of: head.id)
            found.sort { $0.mark > $1.mark }
            found.removeLast(max(0, found.count - limit))
        }
        return found
    }

    /// Whether whatever begins with this day, or moment, is earlier than an entry of that day.
    private func isEarlier(_ head: Int64, _ source: TimelineGroup.Source, than day: LocalDate) -> Bool {
        let latest =
            source == .events
            ? zone.day(of: Instant(milliseconds: head)) : LocalDate(daysSinceEpoch: Int(head))
        return latest < day
    }

    /// The latest day of a department from where the page begins; of events the moment, of those not shown as well.
    private func head(_ source: TimelineGroup.Source) -> SQL {
        let uses: SQL = group?.purchases == .use ? " AND kind = 'use'" : ""
        return switch source {
        case .purchases:
            "SELECT max(day) FROM purchase WHERE account_id = below.id AND day <= \(start.day)\(uses)"
        case .answers: "SELECT max(day) FROM answer WHERE party_id = below.id AND day <= \(start.day)"
        case .events:
            "SELECT max(at) FROM event WHERE party_id = below.id AND at < \(zone.instant(of: start.day + 1))"
        case .acts: "SELECT max(day) FROM advocacy WHERE person_id = below.id AND day <= \(start.day)"
        }
    }
}
