import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Speaking German` {
    @Test func `leaves no phrase unsaid on any page about people and the house`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            _ = try await linus.post("/me", ["name": "Linus", "language": "de", "theme": "auto"])
            _ = try await linus.post("/me/keys", ["label": "Nachtlauf"])
            let invited = try await linus.post("/invitations", ["email": "k@example.com", "role": "lead"])
            let link = try #require(invited.words(in: "secret"))

            var pages = [invited, try await linus.post("/invitations", ["email": "", "role": "lead"])]
            for path in Self.paths { pages.append(try await linus.get(path)) }
            let visitor = desk.visitor()
            visitor.prefer("de")
            for path in ["/sign-in", String(link.dropFirst("http://localhost".count))] {
                pages.append(try await visitor.get(path))
            }

            for page in pages {
                #expect(page.says("lang=\"de\""))
                let keys = page.text.matches(
                    of: /\b(people|setup|settings?|jobs|permission|web)\.[a-z][\w.-]+/)
                let unsaid = keys.map { String($0.output.0) }.filter { SettingName(rawValue: $0) == nil }
                #expect(unsaid.isEmpty)
            }
            #expect(pages[2].says("Wo Sie angemeldet sind"))
        }
    }

    static let paths = [
        "/me", "/settings", "/jobs", "/colleagues", "/why", "/invitations/new", "/welcome",
    ]
}
