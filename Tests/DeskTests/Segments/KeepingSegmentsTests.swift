import Foundation
import HTTPTypes
import Kernel
import Methods
import Storage
import StorageTesting
import Testing

@testable import Desk

extension TestDesk {
    var segments: SegmentStore { SegmentStore(database: database, clock: clock) }

    func addSegment(_ name: String, _ filter: String) async throws -> Int64 {
        try await segments.add(
            SegmentContent(name: name, filter: filter), organisation: try await desk.organisations.required(),
            by: Act(by: nil, at: clock.now))
    }

    func allMembers(of segment: Int64) async throws -> [Int64] {
        try await segments.members(of: segment, after: 0, limit: 100_000)
    }
}

@Suite struct `Keeping segments` {
    @Test(arguments: Engine.available)
    func `keeps what was said before, and says it again`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let organisation = try await desk.desk.organisations.required()
            let linus = try await desk.seat(of: .linus)
            let id = try await desk.addSegment("Offices", "kind:'organisation'")
            let act = Act(by: linus.value, at: desk.clock.now)
            let second = SegmentContent(
                name: "Offices", need: "Coffee on Monday", filter: "kind:organisation AND occasions:>2")

            try await desk.segments.change(id, to: second, organisation: organisation, by: act)
            try await desk.segments.change(id, to: second, organisation: organisation, by: act)
            try await desk.segments.restore(id, version: 1, organisation: organisation, by: act)

            let now = try #require(try await desk.segments.segment(id))
            #expect(now.current.version == 3)
            #expect(now.content.filter == "kind:'organisation'")
            let versions = try await desk.segments.versions(of: id, before: nil, limit: 2)
            #expect(versions.items.map(\.version) == [3, 2])
            #expect(versions.items[1].content.need == "Coffee on Monday")
            #expect(versions.items[1].content.filter == "kind:'organisation' AND occasions:>2")
            #expect(versions.items[1].changedBy == linus.value)
            let rest = try await desk.segments.versions(of: id, before: versions.next, limit: 2)
            #expect(rest.items.map(\.version) == [1])
            #expect(rest.next == nil)
            #expect(
                try await desk.happenings().filter { $0.hasPrefix("segment.") }
                    == ["segment.created", "segment.changed", "segment.restored"])
        }
    }

    @Test(arguments: Engine.available)
    func `says no where a segment would make no sense`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            _ = try await desk.addSegment("Offices", "kind:'organisation'")

            await #expect(throws: SegmentRefusal.nameTaken) {
                try await desk.addSegment("OFFICES", "tag:'a'")
            }
            await #expect(throws: SegmentRefusal.nameMissing) { try await desk.addSegment("  ", "tag:'a'") }
            await #expect(throws: SegmentRefusal.nameTooLong) {
                try await desk.addSegment(String(repeating: "x", count: 121), "tag:'a'")
            }
            await #expect(throws: SegmentRefusal.filter(.nobodyIsMe)) {
                try await desk.addSegment("Mine", "owner_id:me")
            }
            await #expect(throws: SegmentRefusal.filter(.unknownField("segment_id", at: 1))) {
                try await desk.addSegment("Circle", "segment_id:1")
            }
        }
    }

    @Test(arguments: Engine.available)
    func `puts a segment away and takes it out, unless its name is taken by then`(on engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let act = Act(by: nil, at: desk.clock.now)
            let id = try await desk.addSegment("Offices", "kind:'organisation'")
            try await desk.segments.archive(id, true, by: act)
            #expect(try await desk.segments.all().isEmpty)
            #expect(try await desk.segments.all(archived: true).map(\.id) == [id])
            await #expect(throws: SegmentRefusal.archived) { try await desk.segments.ask(id, by: act) }

            let other = try await desk.addSegment("Offices", "tag:'office'")
            await #expect(throws: SegmentRefusal.nameTaken) {
                try await desk.segments.archive(id, false, by: act)
            }
            try await desk.segments.archive(other, true, by: act)
            try await desk.segments.archive(id, false, by: act)

            #expect(try await desk.segments.all().map(\.id) == [id])
        }
    }
}

@Suite struct `Computing a segment's members` {
    @Test(arguments: Engine.available)
    func `brings them in step with the filter, by and by, and says as of when`(on engine: Engine) async throws
    {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let id = try await desk.addSegment("Came back", "occasions:>2")
            #expect(try await desk.segments.segment(id)?.isBehind == true)

            try await desk.desk.computeSegments()

            let expected = zip(shop.ids, shop.days).filter { $0.1.count >= 2 }.map(\.0.value)
            #expect(try await desk.allMembers(of: id) == expected)
            let segment = try #require(try await desk.segments.segment(id))
            #expect(segment.members == expected.count)
            #expect(segment.computedAt == desk.clock.now)
            #expect(!segment.isBehind)

            let organisation = try await desk.desk.organisations.required()
            try await desk.segments.change(
                id, to: SegmentContent(name: "Came back", filter: "occasions:>5"), organisation: organisation,
                by: Act(by: nil, at: desk.clock.now))
            try await desk.desk.computeSegments()

            let fewer = zip(shop.ids, shop.days).filter { $0.1.count >= 5 }.map(\.0.value)
            #expect(!fewer.isEmpty)
            #expect(try await desk.allMembers(of: id) == fewer)
        }
    }

    @Test(arguments: Engine.available)
    func `is due at night, after files and figures, and not again before`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            let organisation = try await desk.desk.organisations.required()
            let job = ComputeSegments(desk: desk.desk)
            #expect(try await job.due(organisation) == nil)
            let id = try await desk.addSegment("All", "kind:'person'")
            #expect(try await job.due(organisation) == id)
            try await job.runAll()
            #expect(try await job.due(organisation) == nil)

            desk.clock.advance(by: .seconds(86_400))
            #expect(try await job.due(organisation) == id)
            try await job.runAll()
            #expect(try await job.due(organisation) == nil)

            desk.clock.advance(by: .seconds(60))
            _ = try await desk.computeFigures()
            #expect(try await job.due(organisation) == id)
        }
    }

    @Test(arguments: Engine.available)
    func `goes on where a stopped run was, and gives way to a change`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let id = try await desk.addSegment("All", "kind:'person'")
            let half = shop.ids[shop.ids.count / 2].value
            // A run came half way and was stopped.
            _ = try await desk.database.write { connection in
                try connection.run(
                    "UPDATE segment SET run_after = \(half), run_version = 1, run_members = 3 WHERE id = \(id)"
                )
            }

            try await desk.desk.computeSegments()

            let upper = shop.ids.map(\.value).filter { $0 > half }
            #expect(try await desk.allMembers(of: id) == upper)
            #expect(try await desk.segments.segment(id)?.members == upper.count + 3)
        }
    }

    @Test(arguments: Engine.available)
    func `says of one customer what the filters say of all`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            _ = try await desk.addSegment("Regular", "occasions:>5")
            _ = try await desk.addSegment("Once", "occasions:1")
            let organisation = try await desk.desk.organisations.required()

            let regular = try await desk.segments.now(of: shop.regular.value, organisation: organisation)
            let once = try await desk.segments.now(of: shop.ids[0].value, organisation: organisation)

            #expect(regular?.map(\.content.name) == ["Regular"])
            #expect(once?.map(\.content.name) == ["Once"])
        }
    }
}

@Suite struct `Counting a segment's profile` {
    @Test(arguments: Engine.available)
    func `of everybody is the whole profile, window by window`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let act = Act(by: nil, at: desk.clock.now)
            let organisation = try await desk.desk.organisations.required()
            let today = organisation.zone.day(of: desk.clock.now)
            let advocacy = AdvocacyStore(database: desk.database, clock: desk.clock)
            for id in shop.ids.prefix(5) {
                _ = try await advocacy.record(
                    NewAct(person: id, kind: .referral, day: Shop.end), today: today, by: act)
            }
            let all = try await desk.addSegment("All", "occasions:>0")
            let some = try await desk.addSegment("Often", "occasions:>3")
            try await desk.desk.computeSegments()
            let profiles = ProfileStore(database: desk.database, clock: desk.clock)
            let whole = try await profiles.profile(nil, organisation: organisation)
            let quarters = try await profiles.quarters(
                endingAt: whole.window.upperBound, limit: 12, organisation: organisation)

            let figures = try #require(try await desk.segments.figures(of: all))

            #expect(figures.standard.days == whole.window)
            #expect(figures.standard.levels == whole.levels)
            #expect(figures.standard.customers == whole.customers)
            #expect(whole.levels.advocate == 5)
            #expect(figures.quarters.map(\.days) == quarters.map(\.window))
            #expect(figures.quarters.map(\.levels) == quarters.map(\.levels))
            let part = try #require(try await desk.segments.figures(of: some))
            #expect(part.standard.levels.repeating > 0)
            #expect(part.standard.levels.repeating < whole.levels.repeating)
        }
    }

    @Test(arguments: Engine.available)
    func `weighs what members answered against the rest`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let organisation = try await desk.desk.organisations.required()
            let today = organisation.zone.day(of: desk.clock.now)
            let answers = AnswerStore(database: desk.database, clock: desk.clock)
            for (id, days) in zip(shop.ids, shop.days) {
                _ = try await answers.record(
                    NewAnswer(party: id, given: days.count > 2 ? 10 : 5, day: today), today: today,
                    by: Act(by: nil, at: desk.clock.now))
            }
            let id = try await desk.addSegment("Often", "occasions:>3")
            try await desk.desk.computeSegments()

            let figures = try #require(try await desk.segments.figures(of: id))
            let score = try SegmentScore(figures, about: figures.question)

            let window = try #require(score.window)
            let often = shop.days.filter { $0.count > 2 }.count
            #expect(window.members.counts.promoters == often)
            #expect(window.members.counts.total == often)
            #expect(window.rest.counts.detractors == shop.days.count - often)
            #expect(window.difference?.difference == 200)
            #expect((window.difference?.pValue ?? 1) < 0.05)
        }
    }
}
