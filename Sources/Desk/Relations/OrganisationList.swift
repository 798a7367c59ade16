import Kernel
import Storage

/// One line of the list of organisations.
struct OrganisationRow: Sendable {
    let party: Party
    let isInternal: Bool
    /// What it is a department of.
    let parent: (id: ID<Party>, name: String)?
    /// Its own, without its departments.
    var volume = Volume()
    /// Departments directly below.
    var departments = 0
    var key = ""
}

extension TreeStore {
    /// Organisations by name, or those whose name begins with what was typed or has a word that does.
    ///
    /// Two indexes are walked one after the other, each by key, so the last page costs what the first does.
    func list(finding typed: String?, after: String?, limit: Int) async throws -> Portion<OrganisationRow> {
        let mark = after.flatMap(CustomerFinding.mark)
        let finding = typed.flatMap(CustomerFinding.init)
        return try await database.read { connection in
            var rows: [OrganisationRow] = []
            if mark?.stage != .word {
                let named = TreeStore.named(finding?.text ?? "", after: mark, limit: limit + 1)
                rows = try TreeStore.rows(named, .name, in: connection)
            }
            if let finding, rows.count <= limit {
                let more = TreeStore.worded(
                    finding, after: mark?.stage == .word ? mark : nil, limit: limit + 1 - rows.count)
                rows += try TreeStore.rows(more, .word, in: connection)
            }
            var portion = Portion(rows, limit: limit) { $0.key }
            try TreeStore.fill(&portion.items, in: connection)
            return portion
        }
    }

    /// One organisation as the list shows it. Nil where it is none.
    func row(_ id: ID<Party>) async throws -> OrganisationRow? {
        let one: SQL = """
            SELECT \(TreeStore.columns), p.name_key FROM party p LEFT JOIN party o ON o.id = p.parent_id
            WHERE p.id = \(id) AND p.kind = 'organisation' AND NOT p.serves
            """
        return try await database.read { connection in
            var rows = try TreeStore.rows(one, .name, in: connection)
            try TreeStore.fill(&rows, in: connection)
            return rows.first
        }
    }

    private static let columns: SQL =
        "\(Party.columns), p.internal, o.id, o.name"

    private static func named(_ text: String, after mark: CustomerFinding.Mark?, limit: Int) -> SQL {
        let end: SQL = text.isEmpty ? "" : "AND p.name_key < \(CustomerFinding.end(text))"
        return """
            SELECT \(columns), p.name_key FROM party p LEFT JOIN party o ON o.id = p.parent_id
            WHERE p.kind = 'organisation' AND NOT p.serves
                AND (p.name_key, p.id) > (\(mark?.key ?? text), \(mark?.id ?? 0)) \(end)
            ORDER BY p.name_key, p.id LIMIT \(limit)
            """
    }

    /// Those found by a later word of their name, each by the first that fits, not those whose whole name begins with
    /// the text.
    private static func worded(
        _ finding: CustomerFinding, after mark: CustomerFinding.Mark?, limit: Int
    ) -> SQL {
        let (text, lead) = (finding.text, finding.lead)
        return """
            SELECT \(columns), w.word FROM party_word w JOIN party p ON p.id = w.party_id
            LEFT JOIN party o ON o.id = p.parent_id
            WHERE (w.word, w.party_id) > (\(mark?.key ?? lead), \(mark?.id ?? 0))
                AND w.word < \(CustomerFinding.end(lead)) AND p.kind = 'organisation' AND NOT p.serves
                AND NOT (p.name_key >= \(text) AND p.name_key < \(CustomerFinding.end(text)))
                AND NOT EXISTS (
                    SELECT 1 FROM party_word y
                    WHERE y.party_id = w.party_id AND y.word >= \(lead) AND y.word < w.word)
                \(finding.others.map(CustomerFinding.has).reduce("") { $0 + " AND " + $1 })
            ORDER BY w.word, w.party_id LIMIT \(limit)
            """
    }

    private static func rows(
        _ statement: SQL, _ stage: CustomerFinding.Stage, in connection: any Connection
    ) throws -> [OrganisationRow] {
        try connection.all(statement) { row in
            let party = try Party(row: row)
            let mark = CustomerFinding.Mark(stage: stage, key: try row.text(7), id: party.id.value)
            let parent = try row.optionalID(5, of: Party.self).map { (id: $0, name: try row.text(6)) }
            return OrganisationRow(
                party: party, isInternal: try row.bool(4), parent: parent, key: CustomerFinding.text(mark))
        }
    }

    private static func fill(_ rows: inout [OrganisationRow], in connection: any Connection) throws {
        let ids = rows.map(\.party.id.value)
        let volumes = try VolumeStore.volumes(of: ids, in: connection)
        var departments: [Int64: Int] = [:]
        let below: SQL = """
            SELECT parent_id, count(*) FROM party WHERE parent_id IN (\(list: ids)) GROUP BY parent_id
            """
        try connection.each(below) { departments[try $0.int64(0)] = try $0.int(1) }
        for place in rows.indices {
            let id = rows[place].party.id.value
            rows[place].volume = volumes[id] ?? Volume()
            rows[place].departments = departments[id] ?? 0
        }
    }
}
