import Foundation
import HTTPTypes
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

/// Read from the route table, so that a new route is tried without anybody thinking of it.
@Suite struct `A desk full of hostile words` {
    /// As far as one address of its kind may go wrong.
    private static let ids = [
        "1", "2", "3", "4", "0", "-1", "1000000000000000000", "99999999999999999999", "x", "%00",
    ]

    private static let queries = [
        "after=~~", "after=x~9", "after=9~x", "after=9223372036854775807~9223372036854775807", "after=-1~-1",
        "before=x", "before=-9223372036854775808", "page=0", "page=99999999999999999999",
        "page=9223372036854775807",
        "limit=-1", "per_page=-1", "per_page=9223372036854775807", "from=0000-01-01&to=9999-12-31",
        "from=9999-12-31&to=0001-01-01", "from=2026-02-30", "day=9999-12-31", "segment=999999999999",
        "segment=1&from=0001-01-01&to=9999-12-31", "segment=-1", "q=%27%22%3Cscript%3Ealert(1)%3C/script%3E",
        "filter=%3D%3D((&q=%25_%5C", "query=%22&filter=name%20%3D%20%22x",
        "window=0&months=-1&years=99999999999&days=9223372036854775807",
        "state=x&part=x&owner=x&kind=x&sort=x",
        "state=%3Cscript%3Ealert(1)%3C/script%3E&part=%3Cscript%3Ealert(1)%3C/script%3E", "%ff=%ff&=&&a",
        "company_id=-1&contact_id=x&party_id=9223372036854775807&customer=x&owner=9223372036854775807",
    ]

    private static func reads(_ desk: TestDesk) -> [Route] {
        desk.site.routes.filter { $0.method == .get && $0.path != "/live" }
    }

    private static func isAPI(_ route: Route) -> Bool {
        if case .api = route.access { true } else { false }
    }

    private static func check(_ reply: Reply, _ path: String) {
        #expect(reply.status.code < 500, "\(path): \(reply.status)")
        let type = reply.headers[.contentType] ?? ""
        if type.hasPrefix("text/html") || type.hasPrefix("image/svg") {
            #expect(!HostileDesk.isBreached(reply.text), "\(path) lets markup through")
        }
    }

    @Test func `shows every page and list, whatever row is asked for`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await HostileDesk.fill(desk)
            let linus = try await desk.signedIn(as: .linus)
            let program = try await desk.api(as: .linus)
            var answered = 0
            for route in Self.reads(desk) {
                for id in route.path.contains(":") ? Self.ids : ["1"] {
                    let path = HostileDesk.path(route, id)
                    let reply = try await Self.isAPI(route) ? program.get(path) : linus.get(path)
                    Self.check(reply, path)
                    if reply.status == .ok { answered += 1 }
                }
            }
            #expect(answered > 300)
        }
    }

    /// A sixth of the questions each: pages and programs, in three parts.
    @Test(arguments: [false, true], 0..<3)
    func `bears every absurd question`(ofPrograms: Bool, part: Int) async throws {
        try await withDesk(on: .sqlite) { desk in
            try await HostileDesk.fill(desk)
            let linus = try await desk.signedIn(as: .linus)
            let program = try await desk.api(as: .linus)
            for route in Self.reads(desk) where Self.isAPI(route) == ofPrograms {
                for (index, query) in Self.queries.enumerated() where index % 3 == part {
                    let path = HostileDesk.path(route, "3") + "?" + query
                    Self.check(try await ofPrograms ? program.get(path) : linus.get(path), path)
                }
            }
        }
    }

    /// Words of the rows that nobody agreed to show end with 4, 5 and 6.
    @Test func `shows a stranger only what its author agreed to`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await HostileDesk.fill(desk)
            let wall = try await desk.visitor().get("/wall.json")
            #expect(wall.status == .ok)
            #expect(wall.says("mmmm1"))
            for route in desk.site.routes where route.method == .get && route.access == .visitor {
                for id in ["1", "2", "x", "%00"] {
                    let path = HostileDesk.path(route, id)
                    let reply = try await desk.visitor().get(path)
                    Self.check(reply, path)
                    for secret in ["mmmm4", "mmmm5", "mmmm6", "@example.com"] {
                        #expect(!reply.says(secret), "\(path) shows \(secret)")
                    }
                }
            }
        }
    }

    @Test func `hands no formula to a spreadsheet`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await HostileDesk.fill(desk)
            let linus = try await desk.signedIn(as: .linus)
            var exports: [String: Int] = [:]
            for route in Self.reads(desk) where !Self.isAPI(route) && route.path.hasSuffix("csv") {
                for id in route.path.contains(":") ? ["1", "2", "3", "4"] : ["1"] {
                    // The list of people is taken away through a filter.
                    let query = route.path == "/people.csv" ? "?filter=occasions%20%3E%3D%200" : ""
                    let reply = try await linus.get(HostileDesk.path(route, id) + query)
                    guard reply.status == .ok else { continue }
                    let rows = Self.cells(reply.text)
                    exports[route.path] = max(exports[route.path] ?? 0, rows.count)
                    for cell in rows.flatMap(\.self) where !Self.isHarmless(cell) {
                        Issue.record("\(route.path): \(cell.prefix(60))")
                    }
                }
            }
            let empty = exports.filter { $0.value < 2 }.keys.sorted()
            #expect(empty.isEmpty, "nothing in them to try")
            #expect(exports.count >= 12, "\(exports)")
        }
    }

    private static func isHarmless(_ cell: String) -> Bool {
        guard let first = cell.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else {
            return true
        }
        return cell.wholeMatch(of: /-?[0-9]+([.][0-9]+)?/) != nil
    }

    /// RFC 4180, leniently.
    private static func cells(_ text: String) -> [[String]] {
        var rows: [[String]] = [[""]]
        var isQuoted = false
        let scalars = Array(text.unicodeScalars)
        var index = 0
        func append(_ scalar: Unicode.Scalar) {
            rows[rows.count - 1][rows[rows.count - 1].count - 1].unicodeScalars.append(scalar)
        }
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "\"" {
                if isQuoted, index + 1 < scalars.count, scalars[index + 1] == "\"" {
                    append(scalar)
                    index += 1
                } else {
                    isQuoted.toggle()
                }
            } else if scalar == ",", !isQuoted {
                rows[rows.count - 1].append("")
            } else if scalar == "\n", !isQuoted {
                rows.append([""])
            } else if scalar != "\r" || isQuoted, scalar != "\u{FEFF}" {
                append(scalar)
            }
            index += 1
        }
        return rows.filter { $0 != [""] }
    }
}
