import HTTPTypes
import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Knowing a customer` {
    @Test(arguments: Engine.available)
    func `by several addresses, changed and put back`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let store = AddressStore(database: desk.database)
            try await store.add(
                NewAddress(value: "work@example.com", label: "work", isPreferred: true, isVerified: true),
                to: ada,
                by: desk.act)
            try await store.add(NewAddress(kind: .handle, value: "@ada", network: "X"), to: ada, by: desk.act)
            await #expect(throws: AddressRefusal.hereAlready) {
                try await store.add(NewAddress(value: "WORK@example.com"), to: ada, by: desk.act)
            }
            let before = try await desk.addresses(of: ada)
            #expect(before.map(\.value) == ["work@example.com", "ada@example.com", "@ada"])
            #expect(before[0].verifiedAt != nil && before[0].isPreferred)

            try await store.change(
                before[0].id, of: ada, to: NewAddress(value: "office@example.com"), by: desk.act)
            try await store.remove(before[2].id, of: ada, by: desk.act)
            let former = try await store.former(of: ada)
            #expect(former.map(\.value) == ["@ada", "work@example.com"])
            for one in former { try await store.putBack(one.id, of: ada, by: desk.act) }

            let after = try await desk.addresses(of: ada)
            #expect(
                Set(after.map(\.key)) == [
                    "office@example.com", "ada@example.com", "x:ada", "work@example.com",
                ])
            let work = try #require(after.first { $0.value == "work@example.com" })
            #expect(work.isPreferred && work.verifiedAt != nil && work.label == "work")
            #expect(after.filter { $0.kind == .email && $0.isPreferred }.count == 1)
            #expect(try await store.former(of: ada).isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func `lets only one prove that an address is theirs`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ids = try await desk.people(2)
            let store = AddressStore(database: desk.database)
            let proved = NewAddress(value: "a@example.com", isVerified: true)
            try await store.add(proved, to: ids[0], by: desk.act)

            await #expect(throws: AddressRefusal.verifiedElsewhere(ids[0].value)) {
                try await store.add(proved, to: ids[1], by: desk.act)
            }
            try await store.add(NewAddress(value: "a@example.com"), to: ids[1], by: desk.act)
        }
    }

    @Test(arguments: Engine.available)
    func `by words that can be put back and erased for good`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            let store = PreferenceStore(database: desk.database)
            for words in ["calls, not mail", "mail", "mail", ""] {
                try await store.change(ada, to: words, by: desk.act)
            }
            var history = try await store.history(of: ada, before: nil, limit: 9).items
            #expect(history.map(\.words) == ["", "mail", "calls, not mail"])

            try await store.restore(history[2].id, of: ada, by: desk.act)
            #expect(try await store.preferences(of: ada).map(\.words) == ["calls, not mail"])
            try await store.erase(history[2].id, of: ada, by: desk.act)

            #expect(try await store.preferences(of: ada).map(\.words) == [""])
            history = try await store.history(of: ada, before: nil, limit: 9).items
            #expect(history.map(\.words) == ["", "", "mail", ""])
            #expect(try await desk.count("SELECT count(*) FROM preference WHERE words LIKE '%,%'") == 0)
            await #expect(throws: PreferenceRefusal.unknown) {
                try await store.restore(history[3].id, of: ada, by: desk.act)
            }
            let page = try await store.history(of: ada, before: nil, limit: 3)
            #expect(try await store.history(of: ada, before: page.next, limit: 3).items.count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func `by tags that are renamed, merged and deleted`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ids = try await desk.people(3)
            let store = TagStore(database: desk.database)
            for id in ids { try await store.add("Oat milk", to: id, by: desk.act) }
            try await store.add("oat  MILK", to: ids[0], by: desk.act)
            try await store.add("Office", to: ids[0], by: desk.act)
            let oat = try #require(try await store.find(named: "oat milk"))
            let office = try #require(try await store.find(named: "office"))
            #expect(try await desk.count("SELECT count(*) FROM tag") == 2)
            await #expect(throws: TagRefusal.nameTaken("Office")) {
                try await store.rename(oat.id, to: "OFFICE", by: desk.act)
            }
            try await store.rename(oat.id, to: "Haferdrink", by: desk.act)
            let first = try await store.customers(with: oat.id, after: nil, limit: 2)
            let rest = try await store.customers(with: oat.id, after: first.next, limit: 2)
            #expect((first.items + rest.items).map(\.id) == ids)

            try await store.merge(oat.id, into: office.id, by: desk.act)

            #expect(try await store.counts(of: [office])[office.id] == 3)
            #expect(try await store.tag(oat.id) == nil)
            try await store.delete(office.id, by: desk.act)
            #expect(try await desk.count("SELECT count(*) FROM party_tag") == 0)
            await #expect(throws: TagRefusal.unknown) { try await store.delete(office.id, by: desk.act) }
        }
    }

    @Test(arguments: Engine.available)
    func `by who looks after them, handed over when that one is suspended`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let (grace, barbara) = (try await desk.seat(of: .grace), try await desk.seat(of: .barbara))
            let ids = try await desk.people(3)
            let customers = CustomerStore(database: desk.database, clock: desk.clock)
            for id in ids {
                var draft = CustomerDraft()
                draft.care.owner = .some(grace.value)
                try await customers.change(id, to: draft, by: desk.act)
            }
            try await desk.database.write {
                _ = try $0.run("UPDATE agent SET suspended = TRUE WHERE person_id = \(grace)")
            }
            let store = CareStore(database: desk.database)
            let first = try #require(try await store.owners().first)
            #expect(first.id == grace && first.customers == 3 && first.isSuspended)
            var draft = CustomerDraft()
            draft.care = CareChange(owner: .some(grace.value), language: "de")
            try await customers.change(ids[0], to: draft, by: desk.act)
            #expect(try await store.care(of: ids[0]).language == "de")
            let stranger = try await desk.people(1)[0]
            await #expect(throws: CareRefusal.unknownColleague) {
                try await customers.change(stranger, to: draft, by: desk.act)
            }
            await #expect(throws: CareRefusal.unknownColleague) {
                _ = try await store.handOver(from: barbara, to: grace, by: desk.act)
            }

            let linus = try await desk.signedIn(as: .linus)
            let reply = try await linus.post("/owners/\(grace)/handover", ["owner": "\(barbara)"])

            #expect(try await linus.follow(reply).says("3 customers handed over"))
            #expect(try await store.customers(of: barbara, after: nil, limit: 9).items.map(\.id) == ids)
            let agent = try await desk.signedIn(as: .barbara)
            #expect(try await agent.post("/owners/\(barbara)/handover", ["owner": "1"]).status == .forbidden)
        }
    }

    @Test(arguments: Engine.available)
    func `by fields that keep their name and kind for ever`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let store = FieldStore(database: desk.database)
            let draft = CustomFieldDraft(label: "Roast", kind: .choice, choices: ["Light", "Dark", "light"])
            try await store.add(draft, by: desk.act)
            try await store.add(
                CustomFieldDraft(label: "Cups", kind: .number, about: .organisation), by: desk.act)
            var fields = try await store.fields()
            #expect(fields.map(\.name) == ["cf_roast", "cf_cups"])
            #expect(fields[0].choices == ["Light", "Dark"])
            try await store.retire(fields[0], true, by: desk.act)
            await #expect(throws: CustomFieldRefusal.nameTaken("cf_roast")) {
                try await store.add(CustomFieldDraft(label: "roast"), by: desk.act)
            }
            try await store.retire(fields[0], false, by: desk.act)
            try await store.move(fields[1], up: true, by: desk.act)
            fields = try await store.fields()
            #expect(fields.map(\.name) == ["cf_cups", "cf_roast"])

            let ada = try await desk.ada()
            let customers = CustomerStore(database: desk.database, clock: desk.clock)
            var wish = CustomerDraft()
            wish.fields = ["cf_roast": "dark"]
            try await customers.change(ada, to: wish, by: desk.act)
            #expect(try await store.values(of: ada).values.map(\.words) == ["Dark"])
            wish.fields = ["cf_cups": "3", "cf_none": "x"]
            let refusals = wish.refusals(
                standing: try await desk.database.read { try CustomerStore.customer(ada, in: $0) },
                asked: fields)
            #expect(refusals.map(\.field) == ["cf_cups", "cf_none"])
            wish.fields = ["cf_roast": ""]
            try await customers.change(ada, to: wish, by: desk.act)
            #expect(try await store.values(of: ada).isEmpty)
        }
    }
}

extension TestDesk {
    func addresses(of id: ID<Party>) async throws -> [Address] {
        try await database.read { try CustomerStore.addresses(of: id, in: $0) }
    }
}
