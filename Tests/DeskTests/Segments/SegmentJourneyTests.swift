import Foundation
import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Working with segments` {
    @Test(arguments: Engine.available)
    func `makes one from a filter, changes it, looks back and says it again`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let margaret = try await desk.signedIn(as: .margaret)
            let form = try await margaret.get("/segments/new?filter=occasions%3A%3E5")
            #expect(form.says("occasions:&gt;5"))

            let refused = try await margaret.post(
                "/segments", ["name": "Regular <b>", "need": "To be known", "filter": "occasions:>five"])
            #expect(refused.status == .unprocessableContent)
            #expect(refused.value(of: "name") == "Regular &lt;b&gt;" || refused.says("Regular &lt;b"))
            #expect(refused.says("To be known"))
            #expect(refused.says("occasions:&gt;five"))

            let made = try await margaret.post(
                "/segments", ["name": "Regular <b>", "need": "To be known", "filter": "occasions:>5"])
            let place = try #require(made.location)
            #expect(try await margaret.get(place).says("Not computed yet"))
            try await desk.desk.computeSegments()
            let page = try await margaret.get(place)
            let often = shop.days.filter { $0.count >= 5 }.count
            #expect(page.says("\(often) customers"))
            #expect(!page.says("<b>"))
            try await margaret.post(place, ["name": "Regular", "filter": "occasions:>6"])
            let versions = try await margaret.get(place + "/versions")
            #expect(versions.says("Version 1") && versions.says("Margaret Hamilton"))
            try await margaret.post(place + "/versions/1/restoration")
            #expect(try await margaret.get(place).says("Version 3"))

            let members = try await margaret.get(place + "/members")
            #expect(members.text.matches(of: /href="\/people\/[0-9]+"/).count == often)
            let customer = try await margaret.get("/people/\(shop.regular.value)")
            #expect(customer.says(place))
            try await margaret.post(place + "/archiving")
            #expect(!(try await margaret.get("/segments")).says(place + "\""))
            #expect(try await margaret.get("/segments?show=archive").says(place + "\""))
        }
    }

    @Test(arguments: Engine.available)
    func `shows a segment's profile, score and part of the lists`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            try await Shop.open(on: desk)
            let report = try await desk.computeFigures()
            let list = try #require(report.lists.first { $0.customers - $0.held > 2 })
            let id = try await desk.addSegment("Listed", "list:'\(list.list.rawValue)'")
            let none = try await desk.addSegment("Nobody", "tag:'nobody has it'")
            let grace = try await desk.signedIn(as: .grace)
            #expect(try await grace.get("/profile?segment=\(id)").says("not computed yet"))
            #expect(try await grace.get("/nps?segment=\(id)").says("not computed yet"))
            try await desk.desk.computeSegments()

            let all = try await grace.get("/lists/\(list.list.rawValue)")
            let own = try await grace.get("/lists/\(list.list.rawValue)?segment=\(id)")
            let others = try await grace.get("/lists/\(list.list.rawValue)?segment=\(none)")

            let line = /<td><a href="\/people\/[0-9]+"/
            #expect(all.text.matches(of: line).count == min(50, list.customers - list.held))
            #expect(own.text.matches(of: line).count == all.text.matches(of: line).count)
            #expect(others.text.matches(of: line).isEmpty)
            let profile = try await grace.get("/profile?segment=\(id)")
            #expect(profile.status == .ok && profile.says("Listed"))
            #expect(try await grace.get("/profile?segment=\(none)").status == .ok)
            #expect(try await grace.get("/nps?segment=\(id)").says("None of them has answered"))
            let program = try await desk.api(as: .margaret)
            let told = try await program.get("/api/v2/profile?segment=\(id)").object()
            let levels = try #require((told["profile"] as? [String: Any])?["levels"] as? [String: Int])
            #expect(levels.values.allSatisfy { $0 <= list.customers } && told["everybody"] != nil)
            #expect((told["segment"] as? [String: Any])?["name"] as? String == "Listed")
            #expect(try await program.get("/api/v2/nps?segment=\(id)").object()["about"] as? String == "us")
            let name = list.list.rawValue
            #expect(try await program.get("/api/v2/lists/\(name)?segment=\(none)").objects().isEmpty)
            #expect(
                try await program.get("/api/v2/lists/\(name)?segment=\(id)&per_page=100").objects().count
                    == min(100, list.customers - list.held))
            let days = "from=1990-01-01&to=1990-12-31"
            for path in [
                "profile?segment=999", "nps?segment=999", "lists/\(name)?segment=999",
                "profile?segment=\(id)&\(days)",
            ] {
                #expect(try await program.get("/api/v2/" + path).status == .notFound, "\(path)")
            }
            for path in ["/profile", "/nps", "/lists/at-risk"] {
                #expect(try await grace.get(path + "?segment=999").status == .notFound)
                #expect(try await grace.get(path + "?segment=x").status == .notFound)
                #expect(try await grace.get(path + "?segment=").status == .ok)
            }
        }
    }

    @Test func `is not for agents to change`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let id = try await desk.addSegment("Offices", "kind:'organisation'")
            let grace = try await desk.signedIn(as: .grace)

            #expect(try await grace.get("/segments/\(id)").status == .ok)
            #expect(try await grace.get("/segments/\(id)/edit").status == .forbidden)
            #expect(try await grace.post("/segments/\(id)/archiving").status == .forbidden)
            for path in ["/segments/77", "/segments/77/members", "/segments/x/versions"] {
                #expect(try await grace.get(path).status == .notFound)
            }
        }
    }

    @Test(arguments: Engine.available)
    func `is kept by programs, with members by key`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let shop = try await Shop.open(on: desk)
            let program = try await desk.api(as: .margaret)
            let made = try await program.post(
                "/api/v2/segments", #"{"name":"Came back","need":"Speed","filter":"occasions:>2"}"#)
            #expect(made.status == .created)
            let id = try #require(try made.object()["id"] as? Int)
            #expect(try made.object()["members"] is NSNull)
            try await desk.desk.computeSegments()

            var (ids, next): ([Int], String?) = ([], "/api/v2/segments/\(id)/members?per_page=20")
            while let path = next {
                let page = try await program.get(path)
                ids += try page.objects().compactMap { $0["id"] as? Int }
                next = page.link?.firstMatch(of: /<([^>]+)>/).map { String($0.1) }
            }

            let expected = zip(shop.ids, shop.days).filter { $0.1.count >= 2 }.map { Int($0.0.value) }
            #expect(ids == expected)
            let changed = try await program.put("/api/v2/segments/\(id)", #"{"valued":"Being known"}"#)
            #expect(try changed.object()["version"] as? Int == 2)
            #expect(try changed.object()["need"] as? String == "Speed")
            #expect(try changed.object()["is_behind"] as? Bool == false)
            let versions = try await program.get("/api/v2/segments/\(id)/versions").objects()
            #expect(versions.count == 2)
            #expect(try await program.put("/api/v2/segments/\(id)", #"{"filter":"x"}"#).status == .badRequest)
            #expect(try await program.post("/api/v2/segments", #"{"name":"a"}"#).status == .badRequest)
            #expect(try await program.delete("/api/v2/segments/\(id)").status == .noContent)
            #expect(try await program.get("/api/v2/segments").objects().isEmpty)
            #expect(try await program.get("/api/v2/segments/99/members").status == .notFound)
        }
    }

    @Test(arguments: Engine.available)
    func `comes with the sample and goes with it`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let act = Act(by: nil, at: desk.clock.now)
            let own = try await desk.addSegment("Ours", "kind:'person'")
            try await desk.desk.sample.load(by: act)
            try await desk.desk.computeSegments()
            let with = try await desk.segments.all()
            #expect(with.count == 3)
            #expect(with.allSatisfy { $0.members > 10 })

            try await desk.desk.sample.remove(by: act)

            #expect(try await desk.segments.all().map(\.id) == [own])
            #expect(try await desk.allMembers(of: own).isEmpty)
        }
    }
}
