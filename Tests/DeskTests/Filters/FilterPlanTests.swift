import Foundation
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `The plan of a filter's statement` {
    private static let filters = [
        "name:'ada*'", "kind:'organisation'", "level:'advocate'", "level:'lapsed'", "level:'first'",
        "first_day:>'2026-01-01'", "last_day:'2026-01-01'", "silent:>90", "occasions:>3", "value:>100",
        "email:'a@b.de'", "phone:'+49*'", "tag:'vip'", "owner_id:4", "language:'de'", "zone:'UTC'",
        "company_id:4", "internal:true", "created_at:'2026-01-01'", "channel:'web'", "product:'Tea'",
        "list:'at-risk'", "alive:>0.5", "overdue:>3", "expected:>3", "answer:'promoter'", "score:<6",
        "segment_id:3", "cf_table:'x'", "cf_dogs:>2", "tag:null", "email:null", "answer:null", "list:null",
        "tag:'vip' AND level:'repeat' AND NOT product:'Tea'",
        "tag:'vip' OR company_id:3", "language:'de' AND value:>500 AND last_day:<'2026-06-01'",
    ]

    /// What a statement made itself is small, and a member of a list of values is no table.
    private static let own = ["p", "few", "told", "(subquery", "CONSTANT"]

    @Test(arguments: filters) func `reads no table from end to end`(of filter: String) async throws {
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)
            let custom = [
                OwnField(id: 1, name: "table", label: "Table", kind: "text", isRetired: false),
                OwnField(id: 2, name: "dogs", label: "Dogs", kind: "number", isRetired: false),
            ]
            let fields = FilterFields.customers(try #require(Currency("EUR")), custom: custom)
            let tree = try FilterTree.parse(filter, fields: fields)
            let day = LocalDate(daysSinceEpoch: 20_515)
            let context = CustomerFilterContext(
                window: (day + (-364))...day, zone: .utc, run: (id: 1, day: day), me: nil)

            try await watched.read { connection in
                let walk = FilterWalk(tree, context)
                _ = try walk.page(after: 0, limit: 50, reach: .page, in: connection)
                _ = try walk.passing([1, 2, 3], in: connection)
                for condition in tree.conditions {
                    guard let source = CustomerFilterSQL(context: context).source(condition) else { continue }
                    _ = try source.all(in: connection)
                    guard source.isOrdered else { continue }
                    _ = try source.next(after: 5, limit: 10, in: connection)
                }
            }

            let statements = watched.take()
            #expect(statements.count > 1)
            for statement in statements {
                let plan = try await explaining.explain(statement)
                let scans = plan.split(separator: "\n").filter { line in
                    guard let scan = line.range(of: "SCAN ") else { return false }
                    let rest = line[scan.upperBound...]
                    let isIndexed = rest.contains("USING") && rest.contains("INDEX")
                    return !isIndexed && !Self.own.contains { rest == $0 || rest.hasPrefix($0 + " ") }
                }
                #expect(scans.isEmpty, "\(statement.text)\n\(plan)")
                // By id without sorting: a page costs what it reads.
                let isWalk = statement.text.contains("SELECT DISTINCT")
                #expect(!isWalk || !plan.contains("TEMP B-TREE"), "\(statement.text)\n\(plan)")
            }
        }
    }
}
