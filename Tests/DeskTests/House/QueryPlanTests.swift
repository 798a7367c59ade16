import Foundation
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

/// Every statement behind a page, a call or a claim goes through an index, however many rows there will be.
@Suite struct `The plan of a hot statement` {
    private typealias Act = @Sendable (Stage) async throws -> Void

    private struct Stage: Sendable {
        let database: WatchedDatabase
        let clock = FakeClock()
        let organisation: Organisation
        let customer: ID<Party>

        var today: LocalDate { LocalDate(daysSinceEpoch: 20_515) }
        var window: ClosedRange<LocalDate> { (today + (-364))...today }
        var customers: CustomerStore { CustomerStore(database: database, clock: clock) }
        var profiles: ProfileStore { ProfileStore(database: database, clock: clock) }
        var purchases: PurchaseStore { PurchaseStore(database: database, clock: clock) }
        var advocacy: AdvocacyStore { AdvocacyStore(database: database, clock: clock) }

        func purchase(_ outsideID: String?, daysAgo: Int) async throws {
            var purchase = NewPurchase(
                customer: .id(customer), day: today + (-daysAgo),
                amount: Money(minor: 500, currency: organisation.currency))
            purchase.outsideID = outsideID
            _ = try await purchases.record(purchase, today: today, by: .init(by: nil, at: clock.now))
        }
    }

    private static let acts: [String: Act] = [
        "profile of a window": {
            _ = try await $0.profiles.profile($0.window, organisation: $0.organisation)
        },
        "profile by quarter": {
            _ = try await $0.profiles.quarters(endingAt: $0.today, limit: 12, organisation: $0.organisation)
        },
        "customers behind first": { try await behind(.first, $0) },
        "customers behind repeat": { try await behind(.repeating, $0) },
        "customers behind advocate": { try await behind(.advocate, $0) },
        "people by name": { try await list(nil, $0) },
        "people found by name": { try await list("gr", $0) },
        "people found by words": { try await list("hopper grace", $0) },
        "a customer": { _ = try await $0.customers.record($0.customer, organisation: $0.organisation) },
        "a timeline": {
            _ = try await $0.customers.timeline(
                of: $0.customer, before: nil, limit: 30, zone: $0.organisation.zone)
        },
        "a purchase": { try await $0.purchase("o-9", daysAgo: 1) },
        "a purchase dated back": { try await $0.purchase(nil, daysAgo: 300) },
        "an act of advocacy": {
            let act = NewAct(person: $0.customer, kind: .review, day: $0.today)
            _ = try await $0.advocacy.record(act, today: $0.today, by: .init(by: nil, at: $0.clock.now))
        },
        "the recommendation score": {
            _ = try await NPSStore(database: $0.database, clock: $0.clock)
                .report($0.window, organisation: $0.organisation)
        },
        "answers behind a number": { try await answers($0) { $0.part = .passive } },
        "answers of a source": { try await answers($0) { $0.source = "desk" } },
        "answers after an event": { try await answers($0) { $0.event = "delivery" } },
        "answers of a band of visits": { try await answers($0) { $0.band = 3 } },
        "answers of a group": { try await answers($0) { $0.attribute = "shop: North" } },
        "answers of a level": { try await answers($0) { $0.level = .first } },
        "an answer": {
            let answer = NewAnswer(party: $0.customer, given: 9, day: $0.today)
            _ = try await AnswerStore(database: $0.database, clock: $0.clock)
                .record(answer, today: $0.today, by: .init(by: nil, at: $0.clock.now))
        },
        "answers of a customer": {
            _ = try await AnswerStore(database: $0.database, clock: $0.clock).answers(of: $0.customer)
        },
        "purchases for a program": { _ = try await $0.purchases.list(account: nil, before: nil, limit: 30) },
        "stamping events": { _ = try await EventStore(database: $0.database).stamp() },
        "following events": { _ = try await EventStore(database: $0.database).after(7, limit: 100) },
        "economics as kept": {
            _ = try await EconomicsStore(database: $0.database, clock: $0.clock).latest()
        },
        "acquisition spend by period": {
            _ = try await SpendStore(database: $0.database).list(after: (20_400, 9), limit: 50)
        },
        "places of acquisition spend": { _ = try await SpendStore(database: $0.database).sources() },
        "finding spend that stands": {
            _ = try await SpendStore(database: $0.database).record(
                NewSpend(
                    days: $0.today...$0.today, source: "web",
                    amount: Money(minor: 5, currency: $0.organisation.currency)),
                today: $0.today, by: .init(by: nil, at: $0.clock.now))
        },
        "claiming a job": { _ = try await JobStore(database: $0.database).claim(at: $0.clock.now) },
    ]

    private static func answers(_ stage: Stage, _ narrow: (inout AnswerFilter) -> Void) async throws {
        var filter = AnswerFilter(days: stage.window, about: .us)
        narrow(&filter)
        _ = try await AnswerStore(database: stage.database, clock: stage.clock)
            .list(filter, after: "20400~9", limit: 50, organisation: stage.organisation)
    }

    private static func behind(_ level: ProfileLevel, _ stage: Stage) async throws {
        _ = try await stage.profiles.behind(
            level, window: stage.window, after: "20400~9", limit: 50, organisation: stage.organisation)
    }

    private static func list(_ typed: String?, _ stage: Stage) async throws {
        _ = try await stage.customers.list(
            finding: typed, after: nil, limit: 50, organisation: stage.organisation)
    }

    @Test(arguments: acts.keys.sorted()) func `reads no table from end to end`(of act: String) async throws {
        let perform = try #require(Self.acts[act])
        try await withDatabase(on: .sqlite, migrations: Schema.migrations) { database in
            let explaining = try #require(database as? any PlanExplaining)
            let stage = try await Self.stage(database)
            _ = stage.database.take()

            try await perform(stage)

            let statements = stage.database.take()
            #expect(!statements.isEmpty)
            for statement in statements where !statement.text.hasPrefix("INSERT") {
                let plan = try await explaining.explain(statement)
                #expect(Self.scans(plan).isEmpty, "\(statement.text)\n\(plan)")
            }
        }
    }

    /// Lines of a plan that walk a whole table. Deltas are few by design, and what a statement made itself is small.
    private static func scans(_ plan: String) -> [Substring] {
        plan.split(separator: "\n").filter { line in
            guard let scan = line.range(of: "SCAN ") else { return false }
            let rest = line[scan.upperBound...]
            let isIndexed = rest.contains("USING") && rest.contains("INDEX")
            let own = [
                "tally_delta", "tally_change", "answer_tally_delta", "cells", "latest", "oldest", "waiting",
                "leap",
                "chosen",
                "(subquery", "CONSTANT",
            ]
            return !isIndexed && !own.contains { rest.hasPrefix($0) }
        }
    }

    private static func stage(_ database: any Database) async throws -> Stage {
        let organisation = try #require(Organisation(settings: World.settings))
        let customer = try await database.write { connection in
            try CustomerStore.add(
                NewCustomer(name: "Grace Hopper", email: "grace@example.com", outsideID: "g-1"),
                by: .init(by: nil, at: FakeClock().now), in: connection)
        }
        let stage = Stage(database: WatchedDatabase(database), organisation: organisation, customer: customer)
        for number in 1...5 { try await stage.purchase("o-\(number)", daysAgo: number * 40) }
        return stage
    }
}
