public import Kernel
import Storage

/// One of the three numbers of a profile.
public enum ProfileLevel: String, Sendable, CaseIterable {
    case first
    case repeating = "repeat"
    case advocate
}

extension ProfileStore {
    /// The customers a number of the profile counts, those with the latest evidence first, a page at a time.
    public func behind(
        _ level: ProfileLevel, window: ClosedRange<LocalDate>, after: String?, limit: Int,
        organisation: Organisation
    ) async throws -> Portion<CustomerRow> {
        let today = organisation.zone.day(of: clock.now)
        return try await database.read { connection in
            let rows = try ProfileStore.rows(
                level, window, after: Mark(after), limit: limit + 1, in: connection)
            var portion = Portion(rows, limit: limit) { $0.key }
            let current = try LevelStore.currentWindow(organisation, today: today, in: connection)
            try CustomerStore.fill(&portion.items, window: current, in: connection)
            return portion
        }
    }

    private struct Mark {
        let day: Int
        let id: Int64

        init(_ text: String?) {
            let parts = (text ?? "").split(separator: "~")
            day = parts.first.flatMap { Int($0) } ?? 1 << 30
            id = parts.count == 2 ? Int64(parts[1]) ?? .max : .max
        }
    }

    private static func rows(
        _ level: ProfileLevel, _ window: ClosedRange<LocalDate>, after mark: Mark, limit: Int,
        in connection: any Connection
    ) throws -> [CustomerRow] {
        let ordered: SQL =
            switch level {
            case .first: firsts(window, after: mark, limit: limit)
            case .repeating: repeaters(window, after: mark, limit: limit)
            case .advocate: advocates(window, after: mark, limit: limit)
            }
        return try connection.all(ordered) { row in
            let party = try Party(row: row)
            return CustomerRow(party: party, key: "\(try row.int(4))~\(party.id)")
        }
    }

    private static func firsts(_ window: ClosedRange<LocalDate>, after mark: Mark, limit: Int) -> SQL {
        """
        SELECT \(Party.columns), s.first_day FROM standing s JOIN party p ON p.id = s.party_id
        WHERE s.first_day BETWEEN \(window.lowerBound) AND \(window.upperBound)
            AND (s.first_day, s.party_id) < (\(mark.day), \(mark.id))
        ORDER BY s.first_day DESC, s.party_id DESC LIMIT \(limit)
        """
    }

    /// Walks customers from the latest occasion back; those still active after the window are asked for one inside.
    private static func repeaters(_ window: ClosedRange<LocalDate>, after mark: Mark, limit: Int) -> SQL {
        """
        SELECT \(Party.columns), s.last_day FROM standing s JOIN party p ON p.id = s.party_id
        WHERE s.last_day >= \(window.lowerBound) AND (s.last_day, s.party_id) < (\(mark.day), \(mark.id))
            AND s.occasions > 1 AND (s.last_day <= \(window.upperBound) OR EXISTS (
                SELECT 1 FROM purchase b WHERE b.account_id = s.party_id AND b.amount >= 0
                    AND b.day BETWEEN \(window.lowerBound) AND \(window.upperBound) AND b.day > s.first_day))
        ORDER BY s.last_day DESC, s.party_id DESC LIMIT \(limit)
        """
    }

    private static func advocates(_ window: ClosedRange<LocalDate>, after mark: Mark, limit: Int) -> SQL {
        """
        SELECT \(Party.columns), latest.day FROM (
            SELECT person_id, max(day) AS day FROM advocacy
            WHERE day BETWEEN \(window.lowerBound) AND \(window.upperBound) AND counts GROUP BY person_id
        ) AS latest JOIN party p ON p.id = latest.person_id
        WHERE (latest.day, latest.person_id) < (\(mark.day), \(mark.id))
        ORDER BY latest.day DESC, latest.person_id DESC LIMIT \(limit)
        """
    }
}
