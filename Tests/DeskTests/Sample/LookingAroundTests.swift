import HTTPTypes
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Looking around with sample data` {
    @Test(arguments: Engine.available)
    func `shows a profile at once, says so on every screen, and goes in one step`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let margaret = try await desk.signedIn(as: .margaret)

            let loaded = try await margaret.follow(try await margaret.post("/sample"))
            let people = try await margaret.get("/people")
            let question = try await margaret.get("/sample/removal")
            let removed = try await margaret.follow(try await margaret.post("/sample/removal"))

            #expect(loaded.says("A hexagon") && loaded.says("This is sample data"))
            #expect(people.says("This is sample data") && people.says(#"href="/sample/removal""#))
            #expect(question.status == .ok && question.says("Remove the sample data?"))
            #expect(!removed.says("This is sample data:"))
            #expect(try await desk.happenings().suffix(2) == ["sample.loaded", "sample.removed"])
        }
    }

    @Test(arguments: Engine.available)
    func `is not for everyone to decide`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let grace = try await desk.signedIn(as: .grace)
            try await desk.desk.sample.load(by: desk.desk.act(by: nil))

            #expect(try await grace.post("/sample").status == .forbidden)
            #expect(try await grace.get("/sample/removal").status == .forbidden)
            #expect(try await grace.post("/sample/removal").status == .forbidden)
            let people = try await grace.get("/people")
            #expect(people.says("This is sample data") && !people.says("/sample/removal"))
        }
    }

    @Test(arguments: Engine.available)
    func `is refused calmly where there is nothing to remove, or everything already`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let margaret = try await desk.signedIn(as: .margaret)

            #expect(try await margaret.get("/sample/removal").status == .conflict)
            #expect(try await margaret.post("/sample/removal").status == .conflict)
            try await desk.desk.sample.load(by: desk.desk.act(by: nil))
            let again = try await margaret.post("/sample")
            #expect(again.status == .conflict && again.says("here already"))
        }
    }
}
