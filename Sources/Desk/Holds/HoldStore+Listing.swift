import Kernel
import Storage

/// Which part of the holds a list shows.
public enum HoldPart: String, Sendable, CaseIterable {
    /// Not lifted, not over: those that end first stand first.
    case open
    /// Open, and over within two weeks.
    case ending
    /// Open, and nobody who works here sees to it.
    case ownerless
    /// Lifted or over, the latest placed first.
    case ended

    static let soonDays = 14
}

extension HoldStore {
    /// A page of holds. Goes on behind `after`: the two numbers of the last one seen.
    func list(
        _ part: HoldPart, today: LocalDate, after: String?, limit: Int
    ) async throws -> Portion<HoldLine> {
        let statement = HoldStore.statement(part, today, HoldStore.mark(after, of: part), limit + 1)
        return try await database.read { connection in
            let holds = try connection.all(statement, Hold.init)
            let portion = Portion(holds, limit: limit) { HoldStore.key($0, in: part) }
            return Portion(
                items: try HoldStore.lines(of: portion.items, in: connection), next: portion.next)
        }
    }

    private static func statement(
        _ part: HoldPart, _ today: LocalDate, _ mark: (Int64, Int64), _ limit: Int
    ) -> SQL {
        if part == .ended {
            return """
                SELECT \(Hold.columns) FROM hold h
                WHERE h.id < \(mark.1) AND (h.lifted_at IS NOT NULL OR h.until_day < \(today))
                ORDER BY h.id DESC LIMIT \(limit)
                """
        }
        let last = part == .ending ? (today + HoldPart.soonDays).daysSinceEpoch : Int.max
        let ownerless: SQL = """
            AND NOT EXISTS (SELECT 1 FROM agent a WHERE a.person_id = h.owner_id AND NOT a.suspended)
            """
        return """
            SELECT \(Hold.columns) FROM hold h
            WHERE h.lifted_at IS NULL AND h.until_day >= \(today) AND h.until_day <= \(last)
                AND (h.until_day, h.id) > (\(mark.0), \(mark.1)) \(part == .ownerless ? ownerless : "")
            ORDER BY h.until_day, h.id LIMIT \(limit)
            """
    }

    private static func mark(_ text: String?, of part: HoldPart) -> (Int64, Int64) {
        let parts = (text ?? "").split(separator: "~").map { Int64($0) }
        guard parts.count == 2, let first = parts[0], let second = parts[1] else {
            return part == .ended ? (0, .max) : (.min, 0)
        }
        return (first, second)
    }

    private static func key(_ hold: Hold, in part: HoldPart) -> String {
        "\(part == .ended ? 0 : hold.lastDay?.daysSinceEpoch ?? untilSettled)~\(hold.id)"
    }

    func lines(of holds: [Hold]) async throws -> [HoldLine] {
        try await database.read { try HoldStore.lines(of: holds, in: $0) }
    }

    private static func lines(of holds: [Hold], in connection: any Connection) throws -> [HoldLine] {
        var owners: [Int64: HoldOwner] = [:]
        let ids = Array(Set(holds.compactMap(\.owner)))
        try connection.each(
            """
            SELECT p.id, p.name, CASE WHEN a.person_id IS NULL OR a.suspended THEN 0 ELSE 1 END FROM party p
            LEFT JOIN agent a ON a.person_id = p.id WHERE p.id IN (\(list: ids))
            """
        ) { row in
            let id = try row.int64(0)
            owners[id] = HoldOwner(id: id, name: try row.text(1), isHere: try row.int(2) == 1)
        }
        return try holds.map { hold in
            HoldLine(
                hold: hold, around: try surroundings(of: hold, in: connection),
                owner: hold.owner.flatMap { owners[$0] })
        }
    }

    /// What happened to a hold, oldest first, with who did it.
    func history(of hold: ID<Hold>) async throws -> [HoldEvent] {
        try await database.read { connection in
            try connection.all(
                """
                SELECT e.kind, e.at, p.name FROM event e LEFT JOIN party p ON p.id = e.actor_id
                WHERE e.noun = 'hold' AND e.noun_id = \(hold) ORDER BY e.id LIMIT 200
                """
            ) { row in
                HoldEvent(
                    kind: try row.text(0), at: try row.instant(1), actor: try row.optionalText(2))
            }
        }
    }
}

/// One thing that happened to a hold.
struct HoldEvent: Sendable, Equatable {
    let kind: String
    let at: Instant
    let actor: String?
}
