import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Hostile names` {
    static let names = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; DROP TABLE agent; --",
        "</textarea></title><svg/onload=alert(1)>", "{{7*7}} #{7*7} \\(name)", "Ka\u{202E}tie",
    ]

    @Test(arguments: names)
    func `come back as the words they are`(name: String) async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            _ = try await linus.post("/me", ["name": name, "theme": "auto"])
            _ = try await linus.post("/settings", ["organisation.name": name])
            _ = try await linus.post("/me/keys", ["label": name])
            let invited = try await linus.post("/invitations", ["email": name, "role": "agent"])

            let linusID = try await desk.seat(of: .linus)
            var pages = [invited]
            for path in ["/me", "/settings", "/colleagues", "/why", "/invitations/new", "/welcome"] {
                pages.append(try await linus.get(path))
            }
            pages.append(try await desk.visitor().get("/sign-in"))

            #expect(try await desk.people.agents.find(linusID)?.name == name)
            for page in pages {
                #expect(!page.says("<script>alert"))
                #expect(!page.says("<img src=x"))
                #expect(!page.says("<svg/onload"))
            }
            #expect(pages[1].value(of: "name") == escaped(name))
        }
    }

    @Test func `in the first-run form stay in their fields`() async throws {
        try await withDesk(on: .sqlite, founded: false) { desk in
            let name = Self.names[1]

            let reply = try await desk.visitor().post(
                "/setup", ["organisation": name, "zone": name, "currency": name, "name": name, "email": name])

            #expect(reply.status == .unprocessableContent)
            #expect(!reply.says("<img src=x"))
            for field in ["organisation", "zone", "name", "email"] {
                #expect(reply.value(of: field) == escaped(name))
            }
        }
    }

    /// As it stands in an attribute.
    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
