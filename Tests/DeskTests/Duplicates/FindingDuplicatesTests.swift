import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Finding duplicates` {
    private struct Bench: Sendable {
        let database: any Database
        let clock = FakeClock()
        var store: DuplicateStore { DuplicateStore(database: database, clock: clock) }
        var act: Act { Act(by: nil, at: clock.now) }

        func add(
            _ name: String, email: String? = nil, phone: String? = nil, in house: ID<Party>? = nil,
            kind: Party.Kind = .person
        ) async throws -> ID<Party> {
            var customer = NewCustomer(name: name, email: email, phone: phone)
            customer.kind = kind
            customer.organisation = house
            let (new, act) = (customer, act)
            return try await database.write { try CustomerStore.add(new, by: act, in: $0) }
        }

        @discardableResult
        func search() async throws -> [String] {
            try await DuplicateSearch(database: database, clock: clock) {}.run()
            return try await store.list(dismissed: false, after: nil, limit: 100).items.map { pair in
                "\(pair.one.name) = \(pair.other.name): \(pair.reasons.map(\.rawValue).joined(separator: " "))"
            }
        }
    }

    private func withBench(on engine: Engine, _ body: (Bench) async throws -> Void) async throws {
        try await withDatabase(on: engine, migrations: Schema.migrations) {
            try await body(Bench(database: $0))
        }
    }

    @Test(arguments: Engine.available)
    func `gives the reasons, surest first, and no pair without one`(on engine: Engine) async throws {
        try await withBench(on: engine) { bench in
            let house = try await bench.add("Hafen GmbH", email: "office@hafen.test", kind: .organisation)
            _ = try await bench.add("Hafen", email: "post@hafen.test", kind: .organisation)
            _ = try await bench.add("Jürgen Müller", email: "jm@web.de")
            _ = try await bench.add("Juergen Mueller", email: "JM@web.de")
            _ = try await bench.add("Ida Berg", phone: "+49 30 2312 5001")
            _ = try await bench.add("Eva Lind", phone: "030 23125001")
            _ = try await bench.add("Nora Sand", in: house)
            _ = try await bench.add("N. Sand", in: house)
            _ = try await bench.add("Nora Sand", email: "nora@gmx.de", phone: "040 111111")
            _ = try await bench.add("Olga Reis", email: "a@gmx.de")
            _ = try await bench.add("Peter Reis", email: "b@gmx.de")

            let found = try await bench.search()

            #expect(
                found == [
                    "Jürgen Müller = Juergen Mueller: email spelling",
                    "Hafen GmbH = Hafen: domain legalForm",
                    "Nora Sand = N. Sand: company initials",
                    "Ida Berg = Eva Lind: phone",
                    "Nora Sand = Nora Sand: sameName rare",
                ])
        }
    }

    @Test(arguments: Engine.available)
    func `leaves dismissed pairs dismissed, also for whoever took one of them in`(on engine: Engine)
        async throws
    {
        try await withBench(on: engine) { bench in
            let ida = try await bench.add("Ida Berg", email: "x@firm.test")
            let eva = try await bench.add("Eva Lind", email: "x@firm.test")
            let twin = try await bench.add("Eva Lindt", email: "x@firm.test")
            #expect(try await bench.search().count == 3)
            #expect(try await bench.store.dismiss(ida.value, eva.value, by: bench.act))

            #expect(try await bench.search().count == 2)
            let merges = MergeStore(database: bench.database, clock: bench.clock)
            let number = try await merges.merge([eva], into: twin, by: bench.act)[0]
            #expect(try await bench.search().isEmpty)
            try await merges.undo(number, by: bench.act)
            #expect(try await bench.search().count == 2)
            let dismissed = try await bench.store.list(dismissed: true, after: nil, limit: 9).items
            #expect(dismissed.map(\.one.id) == [ida] && dismissed.map(\.other.id) == [eva])
            #expect(try await bench.store.reopen(eva.value, ida.value, by: bench.act))
            #expect(try await bench.search().count == 3)
        }
    }

    @Test(arguments: Engine.available)
    func `says which crowds it did not compare, and pages by key`(on engine: Engine) async throws {
        try await withBench(on: engine) { bench in
            for number in 0..<45 {
                _ = try await bench.add("Guest \(number) X\(number)", email: "info@inn.test")
            }
            for number in 0..<5 {
                for _ in 0..<2 {
                    _ = try await bench.add("Rare\(number) Name\(number)", phone: "030 77700\(number)")
                }
            }

            try await bench.search()

            let run = try #require(try await bench.store.latest())
            #expect(run.crowds == 2 && run.crowd == "info@inn.test" && run.crowdSize == 45 && run.pairs == 5)
            var keys: [String] = []
            var after: String?
            repeat {
                let portion = try await bench.store.list(dismissed: false, after: after, limit: 2)
                keys += portion.items.map(\.key)
                after = portion.next
            } while after != nil
            #expect(keys.count == 5 && Set(keys).count == 5)
        }
    }

    @Test func `finds in parts what it finds in one`() {
        let candidates = (0..<200).map { number in
            var candidate = DuplicateCandidate(
                id: Int64(number), kind: "person", isSample: false,
                name: NameKey("Ann\(number % 50) Berg\(number % 50)"))
            candidate.emails = ["m\(number % 70)@x.test"]
            return candidate
        }
        func blocks(_ parts: Int) -> Set<[Int64]> {
            var all: Set<[Int64]> = []
            for part in 0..<parts {
                var blocks = DuplicateBlocks(part: part, of: parts)
                for candidate in candidates { blocks.add(candidate) }
                blocks.each { members, _ in all.insert(members) }
            }
            return all
        }
        #expect(blocks(1).count > 100 && blocks(1) == blocks(7))
    }
}
