import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

/// A small desk with some rows of everything, in which every word somebody could have typed is hostile.
///
/// Rows are written from the schema itself, so that a new table is filled without anybody thinking of it: what a column may
/// hold is read from its checks and from what columns of its name hold everywhere. Documents that only jobs write are left
/// to the jobs. Customers are 3 to 8, those with even numbers organisations.
enum HostileDesk {
    /// Rows of each table.
    static let rows = 6
    static let people = [3, 5, 7]
    static let organisations = [4, 6, 8]

    /// Text of which every piece is a trap: a formula for a spreadsheet, markup, quotes, SQL, a turned direction, no blank.
    static func words(_ number: Int) -> String {
        let start = ["=HYPERLINK(\"http://x\")", "+1+1", "-1+1", "@SUM(1)", "=1", "-2-3"][number % 6]
        return start + "<script>alert(1)</script>\"' onx=\"1'; DROP TABLE party;--</textarea>\u{202E}👨‍👩‍👧‍👦"
            + String(repeating: "m", count: 400) + "\(number)"
    }

    /// Whether markup of ours came through as markup.
    static func isBreached(_ page: String) -> Bool {
        ["<script>alert", "' onx=\"1", "DROP TABLE party;--</textarea>"].contains { page.contains($0) }
    }

    /// Tables that hold what jobs and journeys write, or that nobody reads words from.
    private static let left: Set<String> = [
        "migration", "setting", "secret", "event", "agent", "session", "tally", "tally_delta", "tally_change",
        "volume", "answer_tally", "answer_tally_delta", "answer_mix", "advocacy_count",
        "advocacy_count_delta",
        "figure_run", "figure", "ask_run", "economics", "finding_state", "talk", "standing", "visit_report",
        "retention",
        "segment_figure", "offer_report", "import", "import_customer", "import_purchase", "import_advocacy",
        "import_answer", "import_contract", "import_field_value", "import_refusal", "merging_row",
        "merging_step", "duplicate_run", "content", "content_part", "walk_photo",
    ]

    static func fill(_ desk: TestDesk) async throws {
        try await upload(to: desk)
        try await desk.database.write { connection in
            let now = desk.clock.now
            try connection.run(
                "INSERT INTO setting (name, value, from_at, set_by) VALUES ('wall.on', 'yes', \(now), 1)")
            for name in ["organisation.name", "wall.title"] {
                try connection.run(
                    "INSERT INTO setting (name, value, from_at, set_by) VALUES (\(name), \(words(1)), \(now), 1)"
                )
            }
            try add(tables.filter { !written.contains($0) }, now, in: connection)
            var recount = Recount(of: "SELECT id FROM party WHERE id > 2 ORDER BY id")
            try recount.count(purchasesOf: 0, sign: 1, in: connection)
            try recount.countIn(in: connection)
            try connection.run("UPDATE party SET name = \(words(2)) WHERE id <= 2")
        }
        try await work(desk)
        try await desk.database.write { connection in
            let now = desk.clock.now
            try connection.run(
                """
                INSERT INTO ask_run (state, marker, day, started_at, finished_at, people)
                VALUES ('complete', '', \(now.milliseconds / 86_400_000), \(now), \(now), 3)
                """)
            for table in written { try connection.run("DELETE FROM \(SQL(stringLiteral: table))") }
            try add(written.reversed(), now, in: connection)
        }
        // One customer goes into another, so that there is a journal of a merge with hostile words in it.
        _ = try await MergeStore(desk.desk).merge([ID(7)], into: ID(3), by: Act(by: 1, at: desk.clock.now))
    }

    /// What jobs write, and would take out again.
    private static let written = ["ask_row", "offer_entry", "offer_pair", "offer_product", "list_row"]

    private static var tables: [String] { Schema.tables.map(\.name).filter { !left.contains($0) } }

    private static func add(_ tables: [String], _ now: Instant, in connection: any Connection) throws {
        for (table, lines) in zip(tables, try scripts(tables, now, in: connection)) {
            do {
                try connection.script(lines)
            } catch {
                Issue.record("\(table): \(error)")
            }
        }
    }

    /// Two files on their way in, with hostile heads, names and cells.
    private static func upload(to desk: TestDesk) async throws {
        let linus = try await desk.signedIn(as: .linus)
        for kind in ["customers", "purchases"] {
            let quoted = words(0).replacing("\"", with: "\"\"")
            let file =
                "Name,Email,Amount,\"\(quoted)\"\n\"\(quoted)\",\"\(quoted)\",\"\(quoted)\",\"\(quoted)\"\n"
            _ = try await linus.upload(
                "/imports", ["kind": kind], file: "file", named: "a<script>alert(1)<script>.csv",
                Array(file.utf8))
        }
        let imports = ImportStore(
            database: desk.database, clock: desk.clock, organisations: desk.desk.organisations,
            folder: desk.desk.folder)
        try await imports.ask(.check, for: ID(1), by: Act(by: 1, at: desk.clock.now))
    }

    /// Every job once.
    static func work(_ desk: TestDesk) async throws {
        for worker in desk.desk.workers {
            try await desk.database.write {
                try $0.enqueue(worker.kind, key: worker.kind, at: desk.clock.now)
            }
            while let job = try await desk.desk.jobs.claim([worker.kind], at: desk.clock.now) {
                let lease = Lease(job: job, jobs: desk.desk.jobs, clock: desk.clock)
                do {
                    try await worker.run(job, holding: lease)
                } catch {
                    Issue.record("\(worker.kind): \(error)")
                }
                try await desk.desk.jobs.finish(job)
            }
        }
    }

    // MARK: - Rows from the schema

    private struct Column {
        let table: String
        let name: String
        let kind: String
        let isRequired: Bool
        let choices: [String]
    }

    /// The rows of every table, one text for each.
    private static func scripts(
        _ tables: [String], _ now: Instant, in connection: any Connection
    ) throws -> [String] {
        var texts: [String] = []
        for table in tables {
            let columns = try columns(of: table, in: connection)
            var lines: [String] = []
            for row in 1...rows {
                // Agents are 1 and 2, so customers begin with 3.
                let id = table == "party" ? row + 2 : row
                let values = columns.map { value(of: $0, row: id, now) }
                lines.append(
                    "INSERT OR IGNORE INTO \(table) (\(columns.map(\.name).joined(separator: ", ")))"
                        + " VALUES (\(values.joined(separator: ", ")));")
            }
            texts.append(lines.joined(separator: "\n"))
        }
        return texts
    }

    private static func columns(of table: String, in connection: any Connection) throws -> [Column] {
        let text = try connection.first(
            "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = \(table)"
        ) {
            try $0.text(0)
        }
        return try connection.all(
            "SELECT name, type, \"notnull\" FROM pragma_table_info(\(table)) ORDER BY cid"
        ) { row in
            let name = try row.text(0)
            return Column(
                table: table, name: name, kind: try row.text(1), isRequired: try row.int(2) == 1,
                choices: try choices(of: name, in: text ?? ""))
        }
    }

    /// What `CHECK (state IN ('open', 'done'))` lets a column hold.
    private static func choices(of column: String, in table: String) throws -> [String] {
        let check = try Regex("CHECK\\s*\\(\(column) IN \\(([^)]*)\\)", as: (Substring, Substring).self)
        guard let found = table.firstMatch(of: check) else { return [] }
        return found.output.1.split(separator: ",").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }

    private static func value(of column: Column, row: Int, _ now: Instant) -> String {
        if let fixed = fixed(column, row) { return fixed }
        if !column.choices.isEmpty { return column.choices[row % column.choices.count] }
        let name = column.name
        let day = Int(now.milliseconds / 86_400_000)
        let isOver = [
            "gone", "archived", "retired", "removed", "withdrawn", "undone", "lifted", "dismissed",
            "mended", "end", "left", "revoked", "erased", "settled", "done", "handled", "aside", "used",
        ]
        if !column.isRequired, isOver.contains(where: { name == "\($0)_at" || name == "\($0)_day" }) {
            if row % 2 == 1 { return "NULL" }
        }
        if column.kind == "BLOB" { return "x'0\(row)'" }
        if column.kind == "TEXT" { return quoted(words(row)) }
        if name == "at" || name.hasSuffix("_at") { return "\(now.milliseconds - Int64(row) * 3_600_000)" }
        if name == "from_day" || name == "first_day" || name == "start_day" { return "\(day - 100)" }
        if name == "until_day" || name == "due_day" { return "\(day + row)" }
        if name == "day" || name.hasSuffix("_day") { return "\(day - row)" }
        return number(name, row)
    }

    private static func number(_ name: String, _ row: Int) -> String {
        let agents = ["owner_id", "assignee_id", "actor_id", "aside_by", "set_by", "invited_by"]
        if agents.contains(name) || name.hasSuffix("_by") || name == "by_id" { return "2" }
        switch name {
        case "party_id": return "\((row - 1) % 6 + 3)"
        case "person_id", "one_id", "kept_id": return "\(people[row % 3])"
        case "account_id": return "\(organisations[(row + row / 4) % 3])"
        case "other_id": return row % 3 == 2 ? "8" : row % 3 == 1 ? "7" : "5"
        case "friend_id", "suggested_id", "into_id": return "7"
        case "import_id": return "0"
        case "rating": return "5"
        default: return "\(row)"
        }
    }

    /// What is not a word of somebody's.
    private static func fixed(_ column: Column, _ row: Int) -> String? {
        switch "\(column.table).\(column.name)" {
        case "api_key.person_id": "2"
        case "party.kind": row % 2 == 1 ? "'person'" : "'organisation'"
        case "party.serves", "party.internal": "0"
        case "party.parent_id": row == 6 ? "4" : "NULL"
        case "party.zone": "'Europe/Berlin'"
        case "party.language": "'de'"
        case "list_row.run_id": "(SELECT max(id) FROM figure_run WHERE state = 'complete')"
        case "ask_row.run_id": "(SELECT max(id) FROM ask_run WHERE state = 'complete')"
        case "ask_row.party_id": "\(people[row % 3])"
        case "ask_row.wish": "'testimonial'"
        case "consent.given": "1"
        case "ask.state": "'yes'"
        case "ask.waits": "0"
        case "suppression.address_key": "'row-\(row)'"
        case "list_row.held", "ask_row.account_id": "0"
        case "party_redirect.party_id": "\(100 + row)"
        case "segment_version.version", "segment.version": "1"
        case "segment_version.segment_id": "\(row)"
        case "segment_version.filter": "'occasions >= 0'"
        case "segment.run_version", "segment.run_after", "segment.asked_at": "NULL"
        case "segment.problem": "''"
        case "answer.scale": "'0..10'"
        case "answer.mapping": "''"
        case "answer.about": "'us'"
        case "saved_list.list", "list_entry.list", "list_row.list":
            "'\(CustomerList.allCases[row % CustomerList.allCases.count].rawValue)'"
        case "finding.scope": "''"
        case "finding.kind": "'willing'"
        case "finding.variant": "'is'"
        case "finding.document":
            "'{\"headline\":[],\"detail\":[],\"table\":{\"heads\":[],\"rows\":[]},\"size\":0.5}'"
        case "offer_pair.standing", "testimonial.website", "hold.orders", "hold.below": "1"
        case "offer_pair.bought_id": "\(row)"
        case "offer_pair.offered_id", "offer_entry.offered_id": "\(row % 6 + 1)"
        case "offer_pair.everyone": "1000"
        case "offer_pair.bought", "offer_pair.offered": "100"
        case "offer_pair.together": "40"
        case "offer_entry.outcome" where row < 4: "NULL"
        case "offer_entry.held": "0"
        case "offer_entry.left_day": "NULL"
        case "testimonial.state": row < 4 ? "'given'" : "'open'"
        case "purchase.kind": row % 2 == 0 ? "'sale'" : "'use'"
        case "purchase.amount": row % 2 == 0 ? "1900" : "0"
        case "rhythm.kind": "'silence'"
        case "rhythm.audience": "'everyone'"
        case "testimonial_consent.how": "'letter'"
        case "former_address.kind": "'email'"
        case "testimonial.name_form", "testimonial_consent.name_form": "'full'"
        case "rhythm.segment_id": "NULL"
        case "rhythm.purpose": "'survey'"
        case "touch.state": row < 4 ? "'open'" : "'done'"
        case "visit.state": row < 4 ? "'open'" : "'done'"
        case "job.state": "'dead'"
        case "job.unique_key": "NULL"
        case "import_refusal.field": "'name'"
        default: ["currency", "over_currency"].contains(column.name) ? "'EUR'" : nil
        }
    }

    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    // MARK: - Addresses

    /// The route's path with this in place of every `:id`. Words that choose among a few get one of these.
    static func path(_ route: Route, _ id: String) -> String {
        let choices = [
            ":list": CustomerList.allCases[0].rawValue, ":level": "first", ":format": "svg", ":other": "4",
            ":company": "4", ":address": "1", ":token": "x",
        ]
        return route.path.split(separator: "/", omittingEmptySubsequences: false)
            .map { part in
                guard part.hasPrefix(":") else { return String(part) }
                let isNumber = id.allSatisfy(\.isNumber) && id != "0"
                return isNumber ? choices[String(part)] ?? id : id
            }
            .joined(separator: "/")
    }

    /// How many rows each table has; events and jobs are notes of what was tried.
    static func counts(_ desk: TestDesk) async throws -> [String: Int] {
        let tables = Schema.tables.map(\.name).filter { !["event", "job", "session"].contains($0) }
        return try await desk.database.read { connection in
            var counts: [String: Int] = [:]
            let all = tables.map { SQL(stringLiteral: "SELECT '\($0)', count(*) FROM \($0)") }
            try connection.each(all.joined(" UNION ALL ")) { counts[try $0.text(0)] = try $0.int(1) }
            return counts
        }
    }
}
