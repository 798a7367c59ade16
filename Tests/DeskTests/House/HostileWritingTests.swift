import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

/// Every route that changes something, with nothing, with too much and with nonsense.
@Suite struct `What nobody should send` {
    private static let nothing = "999999"
    /// Those that end the session the test is in.
    private static let left: Set<String> = ["/session/ending", "/setup"]

    /// Values to put in every field at once.
    private static let values = [
        String(repeating: "x", count: 10_000), "1000000000000000000", "-1", "9999-12-31", "0000-01-01",
        "<script>alert(1)</script>", "99999999999999999999999", "\u{0}", "NaN", "2026-03-02",
    ]

    private static func writes(_ desk: TestDesk, api: Bool) -> [Route] {
        desk.site.routes.filter { route in
            guard [.post, .put, .delete].contains(route.method), !left.contains(route.path) else {
                return false
            }
            if case .api = route.access { return api }
            return !api
        }
    }

    /// Tries it, and finds nothing changed where the answer was no.
    private static func attempt(
        _ desk: TestDesk, _ what: String, mustRefuse: Bool = false, _ send: () async throws -> Reply
    ) async throws {
        let before = try await HostileDesk.counts(desk)
        let reply = try await send()
        #expect(reply.status.code < 500, "\(what): \(reply.status)")
        #expect(!HostileDesk.isBreached(reply.text) || !reply.isPage, "\(what) lets markup through")
        guard mustRefuse || reply.status.kind == .clientError else { return }
        if mustRefuse { #expect(reply.status.code >= 300, "\(what): \(reply.status)") }
        let after = try await HostileDesk.counts(desk)
        #expect(
            before == after, "\(what): \(reply.status), but \(after.filter { before[$0.key] != $0.value })")
    }

    @Test func `in a form changes nothing where nothing is there`() async throws {
        try await withDesk(on: .sqlite) { desk in
            try await HostileDesk.fill(desk)
            let linus = try await desk.signedIn(as: .linus)
            for route in Self.writes(desk, api: false) {
                for id in route.path.contains(":")
                    ? ["3", Self.nothing, "0", "x", "1000000000000000000"] : ["1"]
                {
                    let path = HostileDesk.path(route, id)
                    try await Self.attempt(desk, path, mustRefuse: !["3", "1"].contains(id)) {
                        try await linus.post(path)
                    }
                }
            }
        }
    }

    @Test(arguments: [values[...2], values[3...4], values[5...6], values[7...]].map(Array.init))
    func `in a form is refused in words`(values: [String]) async throws {
        try await withDesk(on: .sqlite) { desk in
            try await HostileDesk.fill(desk)
            let linus = try await desk.signedIn(as: .linus)
            let forms = try await Self.forms(desk, linus)
            #expect(forms.count > 60)
            let token = try await linus.get("/me").value(of: "form_token") ?? ""
            for route in Self.writes(desk, api: false) {
                let shape = Self.shape(of: route)
                let names = forms.filter { shape($0.key) }.flatMap(\.value)
                // A form that no page of these shows gets the fields of all.
                let isUnseen = names.allSatisfy { $0 == "form_token" }
                let fields = Set(isUnseen ? forms.values.flatMap(\.self) : names).subtracting(["form_token"])
                    .sorted()
                for value in values {
                    let path = HostileDesk.path(route, "3")
                    let typed =
                        value.prefix(isUnseen ? 3000 : 10_000).addingPercentEncoding(
                            withAllowedCharacters: .alphanumerics) ?? ""
                    let body = (["form_token=\(token)"] + fields.map { "\($0)=\(typed)" }).joined(
                        separator: "&")
                    try await Self.attempt(desk, "\(path) \(fields.prefix(9)) \(value.prefix(20))") {
                        try await linus.postBare(path, body)
                    }
                }
            }
        }
    }

    @Test(arguments: 0..<3) func `to a program's door is refused in words`(part: Int) async throws {
        try await withDesk(on: .sqlite) { desk in
            try await HostileDesk.fill(desk)
            let program = try await desk.api(as: .linus)
            let words = try Self.literals()
            #expect(words.count > 150)
            let nest = String(repeating: "[", count: 50_000)
            for (index, route) in Self.writes(desk, api: true).enumerated() where index % 3 == part {
                for id in route.path.contains(":") ? [Self.nothing, "0", "x"] : ["1"] {
                    let path = HostileDesk.path(route, id)
                    for body in ["", "{}", "[]", "null", "{\"a\":\(nest)", "{\"nonsense\":1}"] {
                        try await Self.attempt(desk, "\(route.method) \(path) \(body.prefix(20))") {
                            try await program.send(route.method, path, body)
                        }
                    }
                }
                let path = HostileDesk.path(route, "3")
                let fields = try await Self.fields(of: route, at: path, among: words, program)
                for value in Self.values.map(Self.quoted) + [
                    "1e400", "-1", "true", "null", "[]", "[{}]", "{}", "1.5",
                ] {
                    let pairs = fields.map { "\"\($0)\":\(value)" }.joined(separator: ",")
                    try await Self.attempt(desk, "\(route.method) \(path) \(fields) \(value.prefix(20))") {
                        try await program.send(route.method, path, "{\(pairs)}")
                    }
                }
            }
        }
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
    }

    /// A body with every word there is: those refused as unknown are not the route's.
    private static func fields(
        of route: Route, at path: String, among words: [String], _ program: Program
    ) async throws -> [String] {
        let all = words.map { "\"\($0)\":[[]]" }.joined(separator: ",")
        let reply = try await program.send(route.method, path, "{\(all)}")
        guard let refused = try? reply.object()["errors"] as? [[String: Any]], !refused.isEmpty else {
            return []
        }
        let strangers = Set(refused.compactMap { $0["field"] as? String })
        return words.filter { !strangers.contains($0) }
    }

    /// Every word in the house's own code that could be the name of a field.
    private static func literals() throws -> [String] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../Sources/Desk")
        var words: Set<String> = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.lastPathComponent.hasSuffix(".swift"),
                let text = try? String(contentsOf: file, encoding: .utf8),
                text.contains("Body(of:") || text.contains("API")
            else { continue }
            for found in text.matches(of: /"([a-z][a-z_]{2,30})"/) { words.insert(String(found.output.1)) }
        }
        return words.sorted()
    }

    /// The names of the fields of every form on every page, by where the form goes.
    private static func forms(_ desk: TestDesk, _ linus: Browser) async throws -> [String: [String]] {
        var forms: [String: [String]] = [:]
        for route in desk.site.routes where route.method == .get && route.path != "/live" {
            guard case .agent = route.access else { continue }
            for id in route.path.contains(":") ? ["1", "3", "4"] : ["1"] {
                let page = try await linus.get(HostileDesk.path(route, id)).text
                for piece in page.split(separator: "<form").dropFirst() {
                    guard let end = piece.range(of: "</form>"),
                        let action = piece.firstMatch(of: /action="([^"?]*)/)
                    else { continue }
                    let names = piece[..<end.lowerBound].matches(of: /name="([^"]*)"/).map {
                        String($0.output.1)
                    }
                    forms[String(action.output.1), default: []] += names
                }
            }
        }
        return forms
    }

    private static func shape(of route: Route) -> (String) -> Bool {
        let wanted = route.path.split(separator: "/")
        return { path in
            let parts = path.split(separator: "/")
            return parts.count == wanted.count
                && zip(parts, wanted).allSatisfy { $0 == $1 || $1.hasPrefix(":") }
        }
    }
}

extension Reply {
    fileprivate var isPage: Bool { headers[.contentType]?.hasPrefix("text/html") == true }
}
