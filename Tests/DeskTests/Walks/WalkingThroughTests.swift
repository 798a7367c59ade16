import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

/// The smallest things that begin like pictures.
enum Pictures {
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 600_000)
    static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [1, 2, 3]
    static let webp: [UInt8] = Array("RIFF".utf8) + [9, 0, 0, 0] + Array("WEBPVP8 ".utf8) + [1, 2]
}

@Suite struct `The rhythm of a walk` {
    @Test func `counts days, weeks and months`() throws {
        let day = try #require(LocalDate(iso: "2026-01-31"))
        #expect(try WalkRhythm(every: 3, unit: .day).next(after: day).description == "2026-02-03")
        #expect(try WalkRhythm(every: 2, unit: .week).next(after: day).description == "2026-02-14")
        #expect(try WalkRhythm(every: 1, unit: .month).next(after: day).description == "2026-02-28")
    }

    @Test(arguments: [0, -1, 367, Int.max]) func `refuses what is no rhythm`(every: Int) {
        #expect(throws: PlaceRefusal.badRhythm) { try WalkRhythm(every: every, unit: .day) }
    }

    @Test func `is due on its day and overdue after it`() {
        let today = LocalDate(daysSinceEpoch: 100)
        #expect(WalkState(next: today + 1, today: today) == .later)
        #expect(WalkState(next: today, today: today) == .due)
        #expect(WalkState(next: today + -1, today: today) == .overdue)
    }

    @Test func `takes pictures by what is in them`() {
        #expect(PictureKind(Pictures.jpeg) == .jpeg && PictureKind(Pictures.png) == .png)
        #expect(PictureKind(Pictures.webp) == .webp)
        for other in [
            "<svg xmlns='http://www.w3.org/2000/svg'>", "<script>alert(1)</script>", "GIF89a0123456789", "",
            "RIFF0000WAVEfmt 00",
        ] {
            #expect(PictureKind(Array(other.utf8)) == nil)
        }
        #expect(PictureKind(Pictures.png.prefix(12)) == nil)
    }

    @Test func `keeps lines of a checklist once, without empty ones`() {
        #expect(NewPlace.items(in: " a \n\n b\r\na\n") == ["a", "b"])
    }
}

@Suite struct `Walking through a place` {
    private func place(_ desk: TestDesk, items: String = "Window is clean\nPrices are readable") async throws
        -> String
    {
        let barbara = try await desk.signedIn(as: .barbara)
        let made = try await barbara.post(
            "/walks/places",
            [
                "name": "Shop <b>one</b>", "kind": "shop", "owner": "", "every": "2", "unit": "week",
                "items": items,
            ])
        return try #require(made.location)
    }

    private func items(_ desk: TestDesk) async throws -> [Int64] {
        try await desk.database.read {
            try $0.all("SELECT id FROM place_item WHERE retired_at IS NULL ORDER BY rank") { try $0.int64(0) }
        }
    }

    @Test(arguments: Engine.available)
    func `records what is fine, opens what is not, keeps its picture and moves the day on`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let path = try await place(desk)
            let items = try await items(desk)
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/walks").says("today"))
            #expect(try await grace.get("\(path)/walk").says("capture=\"environment\""))

            let refused = try await grace.upload(
                "\(path)/walk", ["verdict-\(items[0])": "wrong", "words-\(items[0])": "<i>smudged</i>"],
                file: "photo-\(items[0])",
                named: "a.jpg", Pictures.jpeg)
            let done = try await grace.upload(
                "\(path)/walk",
                [
                    "verdict-\(items[0])": "wrong", "words-\(items[0])": "<i>smudged</i>",
                    "verdict-\(items[1])": "fine",
                ],
                file: "photo-\(items[0])", named: "../../<x>.html", Pictures.jpeg, type: "text/html")

            #expect(refused.status == .unprocessableContent && refused.says("&lt;i&gt;smudged"))
            #expect(
                refused.says(
                    "id=\"verdict-\(items[0])-wrong\" name=\"verdict-\(items[0])\" value=\"wrong\" required checked"
                ))
            let walk = try await grace.follow(done)
            #expect(walk.says("1 fine, 1 not fine, 0 did not apply") && walk.says("&lt;i&gt;smudged"))
            let photo = try await desk.count("SELECT max(id) FROM walk_photo")
            let picture = try await grace.get("/walks/photos/\(photo)")
            #expect(picture.headers[.contentType] == "image/jpeg")
            #expect(picture.headers[.xContentTypeOptions] == "nosniff")
            #expect(picture.headers[.contentDisposition]?.contains("photo-\(photo).jpg") == true)
            #expect(picture.headers[.contentLength] == "\(Pictures.jpeg.count)")
            #expect(try await desk.count("SELECT count(*) FROM content_part") == 3)
            #expect(try await desk.count("SELECT count(*) FROM content") == 1)
            #expect(try await desk.visitor().get("/walks/photos/\(photo)").status != .ok)
            #expect(try await !grace.get("/walks").says(">today<"))
            #expect(try await grace.get(path).says("Window is clean"))
            let kinds = try await desk.happenings()
            #expect(
                kinds.contains("walk.done") && kinds.contains("walk.found") && kinds.contains("place.added"))
        }
    }

    @Test(arguments: Engine.available)
    func `keeps a finding open until somebody says what was done`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let path = try await place(desk, items: "Window is clean")
            let item = try await items(desk)[0]
            let grace = try await desk.signedIn(as: .grace)
            _ = try await grace.upload(
                "\(path)/walk", ["verdict-\(item)": "wrong"], file: "other", named: "x", [])
            let finding = "/walks/findings/\(try await desk.count("SELECT max(id) FROM walk_finding"))"
            let me = try await desk.seat(of: .grace).value

            #expect(try await grace.get("/walks/findings").says("Window is clean"))
            #expect(
                try await grace.post("\(finding)/mending", ["words": " "]).status == .unprocessableContent)
            #expect(
                try await grace.post(finding, ["owner": "\(me)", "due": "2026-04-01"]).status == .seeOther)
            #expect(try await grace.get(finding).says("Grace Hopper"))
            #expect(
                try await grace.post(finding, ["owner": "999999", "due": "2026-04-01"]).status
                    == .unprocessableContent)
            #expect(
                try await grace.post(finding, ["owner": "", "due": "9999-01-01"]).status
                    == .unprocessableContent)
            #expect(
                try await grace.post(finding, ["owner": "", "due": "soon"]).status == .unprocessableContent)
            try await grace.post("\(finding)/mending", ["words": "Cleaned <b>twice</b>"])
            #expect(try await grace.get(finding).says("Cleaned &lt;b&gt;twice"))
            #expect(try await grace.get("/walks/findings").says("is mended"))
            try await grace.post("\(finding)/reopening")
            #expect(try await grace.get("/walks/findings").says("Window is clean"))
            let kinds = try await desk.happenings()
            #expect(
                kinds.contains("walk.mended") && kinds.contains("walk.reopened")
                    && kinds.contains("walk.given"))
        }
    }

    @Test(arguments: Engine.available)
    func `takes no file that only claims to be a picture, and keeps nothing of it`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let path = try await place(desk, items: "Window is clean")
            let item = try await items(desk)[0]
            let grace = try await desk.signedIn(as: .grace)

            let refused = try await grace.upload(
                "\(path)/walk", ["verdict-\(item)": "fine", "words": "all good"], file: "photo-\(item)",
                named: "a.png",
                Array("<html><script>alert(1)</script></html>".utf8), type: "image/png")

            #expect(
                refused.status == .unprocessableContent && refused.says("That is no photo")
                    && refused.says("all good"))
            #expect(try await desk.count("SELECT count(*) FROM walk") == 0)
            #expect(try await desk.count("SELECT count(*) FROM content") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func `keeps one picture once, and lets go of what nothing shows after a day`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let store = ContentStore(database: desk.database, clock: desk.clock)
            let path = desk.desk.folder + "/one"
            try Data(Pictures.jpeg).write(to: URL(filePath: path))
            let (size, hash) = (Int64(Pictures.jpeg.count), [UInt8](repeating: 5, count: 32))

            let first = try await store.keep(path: path, size: size, sha256: hash)
            let second = try await store.keep(path: path, size: size, sha256: hash)

            #expect(first == second && first.kind == .jpeg)
            #expect(try await desk.count("SELECT count(*) FROM content_part") == 3)
            #expect(try await store.sweep() == 0)
            desk.clock.advance(by: .seconds(86_500))
            #expect(try await store.sweep() == 1)
            #expect(try await desk.count("SELECT count(*) FROM content_part") == 0)
            await #expect(throws: PictureRefusal.tooLarge) {
                try await store.keep(path: path, size: ContentStore.limit + 1, sha256: hash)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `keeps what a place was when it changes, and who answers for it when they leave`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let path = try await place(desk)
            let before = try await items(desk)
            let barbara = try await desk.signedIn(as: .barbara)
            let me = try await desk.seat(of: .grace).value

            let bad = try await barbara.post(
                path, ["name": "", "every": "1", "unit": "day", "items": "kept words"])
            let absurd = try await barbara.post(
                path, ["name": "x", "every": "999999999999999999999", "unit": "day", "items": "a"])
            _ = try await barbara.post(
                path,
                [
                    "name": "Shop", "kind": "shop", "owner": "\(me)", "every": "1", "unit": "month",
                    "items": "Prices are readable\nNew",
                ])

            #expect(bad.status == .unprocessableContent && bad.says("kept words"))
            #expect(absurd.status == .unprocessableContent)
            #expect(try await items(desk).first == before[1])
            #expect(try await items(desk).count == 2)
            try await desk.database.write {
                _ = try $0.run("UPDATE agent SET suspended = TRUE WHERE person_id = \(me)")
            }
            #expect(try await barbara.get(path).says("left us"))
            #expect(try await barbara.get("\(path)/edit").says("(left us)"))
            try await barbara.post("\(path)/retirement")
            #expect(try await !barbara.get("/walks").says(">Shop<"))
            #expect(try await barbara.get(path).says("out of use"))
            try await barbara.post("\(path)/restoring")
            #expect(try await barbara.get("/walks").says("Shop"))
            for address in [
                "/walks/999999", "/walks/x", "/walks/places/999999", "/walks/findings/999999",
                "/walks/photos/999999", "/walks/photos/x",
            ] {
                #expect(try await barbara.get(address).status == .notFound, "\(address)")
            }
            #expect(try await barbara.get("/walks?after=~x").status == .ok)
        }
    }

    @Test(arguments: Engine.available)
    func `is told to programs and mended by them`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let lead = try await desk.api(as: .barbara)
            let made = try await lead.post(
                "/api/v2/places",
                #"{"name":"Phone menu","kind":"phone","every":1,"unit":"month","items":"Hours are right"}"#)
            #expect(made.status == .created)
            #expect(
                try await lead.post("/api/v2/places", #"{"name":"x","items":"a","every":0}"#).status
                    == .badRequest)
            let item = try await items(desk)[0]
            let grace = try await desk.signedIn(as: .grace)
            let id = try #require(try made.object()["id"] as? Int)
            _ = try await grace.upload(
                "/walks/places/\(id)/walk", ["verdict-\(item)": "wrong"], file: "o", named: "x", [])

            let program = try await desk.api(as: .grace)
            let finding = try #require(
                try await program.get("/api/v2/walk_findings").objects().first?["id"] as? Int)
            let mended = try await program.put(
                "/api/v2/walk_findings/\(finding)", #"{"mended":"New recording"}"#)

            #expect(try mended.object()["mended"] as? String == "New recording")
            #expect(try await program.get("/api/v2/walk_findings").objects().isEmpty)
            #expect(
                try await program.get("/api/v2/places/\(id)/walks").objects().first?["not_fine"] as? Int == 1)
            #expect(
                try await program.put("/api/v2/walk_findings/\(finding)", #"{"due_day":"x"}"#).status
                    == .badRequest)
            #expect(try await program.get("/api/v2/places/77").status == .notFound)
            #expect(try await program.post("/api/v2/places", "{}").status == .forbidden)
        }
    }

    @Test func `reads no table from end to end`() async throws {
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let watched = WatchedDatabase(database)
            let store = WalkStore(database: watched)
            _ = try await store.places(after: "5~5", limit: 50)
            _ = try await store.walks(of: 1, before: 9, limit: 20)
            _ = try await store.open(after: "5~5", limit: 50)
            _ = try await store.findings(of: 1, limit: 50)
            _ = try await store.items(of: 1)
            _ = try await store.photos(of: 1)
            let visits = VisitStore(database: watched)
            _ = try await visits.all(after: "5~5", limit: 50)
            _ = try await visits.due(after: "5~5", limit: 50)

            for statement in watched.take() {
                let plan = try await explaining.explain(statement)
                #expect(!plan.contains("SCAN"), "\(statement.text)\n\(plan)")
                let isSorted = plan.contains("TEMP B-TREE") && !statement.text.contains("walk_photo")
                #expect(!isSorted, "\(statement.text)\n\(plan)")
            }
        }
    }
}
