import Kernel
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

extension TestDesk {
    var asks: AskStore { AskStore(database: database) }
    var referrals: ReferralStore { ReferralStore(database: database) }
    var testimonials: TestimonialStore { TestimonialStore(database: database) }
    var thanks: ThankStore { ThankStore(database: database) }

    func today() async throws -> LocalDate { try await desk.today() }

    func customer(_ name: String, email: String? = nil, kind: Party.Kind = .person) async throws -> ID<Party>
    {
        var customer = NewCustomer(name: name, email: email)
        customer.kind = kind
        // Whoever has no way to be reached is found by an id.
        if email == nil { customer.outsideID = "id of \(name)" }
        return try await CustomerStore(database: database, clock: clock)
            .add(customer, by: Act(by: nil, at: clock.now))
    }

    func purchase(_ party: ID<Party>, daysAgo: Int, _ minor: Int64 = 1000, _ currency: String = "EUR")
        async throws
    {
        let today = try await today()
        let money = try #require(Currency(currency).map { Money(minor: minor, currency: $0) })
        _ = try await PurchaseStore(database: database, clock: clock).record(
            NewPurchase(customer: .id(party), day: today + -daysAgo, amount: money), today: today,
            by: Act(by: nil, at: clock.now))
    }

    @discardableResult
    func act(
        _ party: ID<Party>, _ kind: AdvocacyAct.Kind, daysAgo: Int = 0, words: String = "",
        friend: String = "",
        consent: Bool? = nil
    ) async throws -> AdvocacyAct {
        let today = try await today()
        var act = NewAct(person: party, kind: kind, day: today + -daysAgo)
        act.words = words
        act.friend = friend
        act.consent = consent
        return try await AdvocacyStore(database: database, clock: clock)
            .record(act, today: today, by: Act(by: nil, at: clock.now))
    }

    func makeAskList() async throws {
        try await AskList(desk: desk, organisation: try await desk.organisations.required()) {}.make()
    }

    func keepReferrals() async throws {
        clock.advance(by: .seconds(7200))
        try await referrals.look(by: Act(by: nil, at: clock.now))
    }

    func totals() async throws -> AdvocacyTotals {
        let today = try await today().daysSinceEpoch
        return try await database.read { try AdvocacyTotals.read(today: today, in: $0) }
    }

    /// The counters as the tables themselves count.
    func counted() async throws -> AdvocacyTotals {
        let today = try await today().daysSinceEpoch
        return try await database.read { connection in
            var totals = AdvocacyTotals()
            func count(_ rows: SQL) throws -> Int { try connection.number("SELECT count(*) FROM \(rows)") }
            totals.ready = try count("ask_row")
            totals.waiting = try count("ask WHERE state = 'open'")
            totals.later = try count("ask WHERE waits")
            totals.backToday = try count("ask WHERE waits AND later_day <= \(today)")
            totals.thanksDue = try count("thank WHERE state = 'due'")
            totals.thanksOverdue = try count("thank WHERE state = 'due' AND due_day < \(today)")
            for state in Referral.State.allCases {
                let found = try count("referral WHERE state = \(state)")
                if found > 0 { totals.referrals[state] = found }
            }
            for state in Testimonial.State.allCases {
                let found = try count("testimonial WHERE state = \(state)")
                if found > 0 { totals.testimonials[state] = found }
            }
            return totals
        }
    }

    func countersAreRight() async throws -> Bool {
        var kept = try await totals()
        kept.referrals = kept.referrals.filter { $0.value != 0 }
        kept.testimonials = kept.testimonials.filter { $0.value != 0 }
        let counted = try await counted()
        if kept != counted { Issue.record("kept \(kept), counted \(counted)") }
        return kept == counted
    }
}
