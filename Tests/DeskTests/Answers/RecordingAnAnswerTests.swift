import Foundation
import HTTPTypes
import Kernel
import Methods
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Recording an answer` {
    private func record(
        _ score: Int, of party: ID<Party>?, daysAgo: Int = 0, event: String = "", on desk: TestDesk
    ) async throws -> Answer {
        let organisation = try await desk.desk.organisations.required()
        let today = organisation.zone.day(of: desk.clock.now)
        var answer = NewAnswer(party: party, given: score, day: today + (-daysAgo))
        answer.afterEvent = event
        return try await AnswerStore(database: desk.database, clock: desk.clock)
            .record(answer, today: today, by: Act(by: nil, at: desk.clock.now))
    }

    private func report(_ desk: TestDesk, about: Answer.About? = nil) async throws -> NPSReport {
        let organisation = try await desk.desk.organisations.required()
        return try await NPSStore(database: desk.database, clock: desk.clock)
            .report(nil, about: about, organisation: organisation)
    }

    @Test(arguments: Engine.available)
    func `makes a promoter no advocate`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            _ = try await record(10, of: ada, on: desk)

            let organisation = try await desk.desk.organisations.required()
            let customers = CustomerStore(database: desk.database, clock: desk.clock)
            let found = try #require(try await customers.record(ada, organisation: organisation))
            #expect(found.level == .prospect && found.acts.isEmpty)
            let profile = try await ProfileStore(database: desk.database, clock: desk.clock)
                .profile(nil, organisation: organisation)
            #expect(profile.levels.advocate == 0 && !profile.advocacyMeasured)
            #expect(try await desk.happenings().last == "answer.recorded")
        }
    }

    @Test(arguments: Engine.available)
    func `counts the same before and after folding, each question by itself`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let ada = try await desk.ada()
            for score in [10, 9, 8, 7, 6, 0] { _ = try await record(score, of: ada, on: desk) }
            _ = try await record(3, of: nil, event: "delivery", on: desk)
            let before = try await report(desk)

            try await desk.database.write { connection in
                while try AnswerTallyStore.fold(limit: 3, in: connection) > 0 {}
            }
            let after = try await report(desk)

            #expect(before == after)
            #expect(after.reading.counts.promoters == 2 && after.reading.counts.passives == 2)
            #expect(after.reading.counts.detractors == 2 && after.reading.shown == nil)
            #expect(after.totals == [.us: 6, .event: 1])
            #expect(try await report(desk, about: .event).events.map(\.value) == ["delivery"])
        }
    }

    @Test(arguments: Engine.available)
    func `compares a quarter with the one before, never without a margin`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let organisation = try await desk.desk.organisations.required()
            let today = organisation.zone.day(of: desk.clock.now)
            let start = ProfileStore.quarterStart(of: today)
            let since = today.daysSinceEpoch - start.daysSinceEpoch
            for number in 0..<40 {
                _ = try await record(number % 4 == 0 ? 3 : 10, of: nil, on: desk)
                _ = try await record(number % 2 == 0 ? 3 : 8, of: nil, daysAgo: since + 20, on: desk)
            }

            let quarters = try await report(desk).quarters

            #expect(quarters.count == 2 && quarters[0].change == nil)
            let change = try #require(quarters[1].change)
            #expect(change.difference == 100 && change.interval.lower > 50 && change.interval.upper < 150)
            #expect((change.pValue ?? 1) < 0.001)
        }
    }

    @Test(arguments: Engine.available)
    func `is refused when it cannot be`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            await #expect(throws: AnswerRefusal.offScale(11, scale: "0-10")) {
                try await record(11, of: nil, on: desk)
            }
            await #expect(throws: AnswerRefusal.inTheFuture) {
                try await record(9, of: nil, daysAgo: -1, on: desk)
            }
            await #expect(throws: AnswerRefusal.unknownCustomer) {
                try await record(9, of: ID(99_999), on: desk)
            }
            let deltas = try await desk.database.read {
                try $0.number("SELECT count(*) FROM answer_tally_delta")
            }
            #expect(deltas == 0)
        }
    }
}

@Suite struct `Asking who answered` {
    @Test(arguments: Engine.available)
    func `sets levels of those who answered against the base and weighs them`(on engine: Engine) async throws
    {
        try await withDesk(on: engine) { desk in
            let act = Act(by: nil, at: desk.clock.now)
            let organisation = try await desk.desk.organisations.required()
            let today = organisation.zone.day(of: desk.clock.now)
            let purchases = PurchaseStore(database: desk.database, clock: desk.clock)
            let answers = AnswerStore(database: desk.database, clock: desk.clock)
            for number in 0..<60 {
                let id = try await CustomerStore(database: desk.database, clock: desk.clock)
                    .add(NewCustomer(name: "Guest \(number)", outsideID: "g\(number)"), by: act)
                // Twenty come back, all of whom answer well; forty came once, and ten of those answer badly.
                for days in number < 20 ? [9, 3] : [3] {
                    let amount = Money(minor: 500, currency: organisation.currency)
                    _ = try await purchases.record(
                        NewPurchase(customer: .id(id), day: today + (-days), amount: amount), today: today,
                        by: act)
                }
                guard number < 30 else { continue }
                for score in number < 20 ? [0, 10] : [10, 2] {
                    _ = try await answers.record(
                        NewAnswer(party: id, given: score, day: today + (score == 0 ? -1 : 0)), today: today,
                        by: act)
                }
            }
            _ = try await answers.record(
                NewAnswer(party: try await desk.ada(), given: 5, day: today), today: today, by: act)

            try await WeighAnswers(desk: desk.desk).weigh()

            let report = try await NPSStore(database: desk.database, clock: desk.clock)
                .report(nil, organisation: organisation)
            let mix = try #require(report.mix)
            let repeating = try #require(mix.levels.first { $0.level == .repeating })
            let first = try #require(mix.levels.first { $0.level == .first })
            #expect(
                repeating.people == 20 && repeating.counts.promoters == 20 && repeating.counts.total == 20)
            #expect(first.people == 40 && first.counts.detractors == 10 && first.counts.total == 10)
            #expect(mix.prospects == 1 && mix.differs)
            #expect(abs((mix.raw?.value ?? 0) - 100.0 / 3) < 1e-9)
            let weighted = try mix.weighted().value
            #expect(abs(weighted + 100.0 / 3) < 1e-9)
            var filter = AnswerFilter(days: report.window, about: .us)
            filter.level = .first
            let list = try await answers.list(filter, after: nil, limit: 50, organisation: organisation)
            #expect(
                list.items.count == 10 && list.items.allSatisfy { $0.answer.score == 2 } && list.next == nil)
            #expect(try await desk.database.read { try !NPSMixStore.isStale(at: desk.clock.now, in: $0) })
        }
    }
}
