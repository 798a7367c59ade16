import Kernel
import Methods
import Testing

@testable import Desk

/// Each rule in both directions: a company that must raise it, and the nearest one that must not.
@Suite struct `Finding something in the data` {
    private func report(_ change: (inout FindingFacts) throws -> Void) throws -> FindingReport {
        var facts = try Company.plain()
        try change(&facts)
        return FindingRules.report(on: facts)
    }

    @Test func `says nothing of a company that goes on as it did but where its emphasis lies`() throws {
        let report = try report { _ in }

        #expect(report.kinds == [.emphasis])
        #expect(report.finding(.emphasis)?.variant == "pyramid")
    }

    @Test func `says nothing at all without a purchase, and which data is missing`() throws {
        let report = FindingRules.report(
            on: FindingFacts(
                profile: try Company.profile(Levels(first: 0, repeating: 0, advocate: 0), begins: nil),
                currency: "EUR"))

        #expect(report.findings.isEmpty && report.measures.isEmpty)
        #expect(report.gaps.map(\.reason) == ["noPurchases"])
    }

    @Test(arguments: [
        (Levels(first: 1000, repeating: 400, advocate: 60), "pyramid"),
        (Levels(first: 120, repeating: 15, advocate: 60), "hourglass"),
        (Levels(first: 4, repeating: 40, advocate: 2), "hexagon"),
        (Levels(first: 10, repeating: 20, advocate: 45), "inverted"),
        (Levels(first: 50, repeating: 48, advocate: 5), "undecided"),
    ])
    func `says where the emphasis lies, and admits when it does not know`(_ levels: Levels, _ variant: String)
        throws
    {
        let emphasis = FindingRules.report(on: try Company.plain(levels)).finding(.emphasis)

        #expect(emphasis?.variant == variant)
    }

    @Test func `names no emphasis among too few people`() throws {
        let report = FindingRules.report(on: try Company.plain(Levels(first: 5, repeating: 3, advocate: 1)))

        #expect(report.finding(.emphasis) == nil)
    }

    @Test func `notices records that begin inside the window, and not those that begin before`() throws {
        func begins(_ day: LocalDate) throws -> Finding? {
            let facts = FindingFacts(
                profile: try Company.profile(Levels(first: 900, repeating: 100, advocate: 5), begins: day),
                currency: "EUR")
            return FindingRules.report(on: facts).finding(.history)
        }

        #expect(try begins(Company.window.lowerBound) != nil)
        #expect(try begins(Company.window.lowerBound + (-1)) == nil)
    }

    @Test func `calls a window short for the cycle under twice its median, and not from there on`() throws {
        func median(_ days: Double?) throws -> Finding? {
            var facts = try Company.plain()
            facts = FindingFacts(
                profile: try Company.profile(facts.levels, median: days), currency: "EUR")
            return FindingRules.report(on: facts).finding(.shortWindow)
        }

        #expect(try median(182.6) != nil)
        #expect(try median(182.5) == nil)
        #expect(try median(nil) == nil)
    }

    @Test func `expects few to come back where an hourglass has a long cycle`() throws {
        let hourglass = Levels(first: 1200, repeating: 150, advocate: 600)
        func median(_ days: Double?) throws -> Finding? {
            FindingRules.report(
                on: FindingFacts(profile: try Company.profile(hourglass, median: days), currency: "EUR")
            ).finding(.longCycle)
        }

        #expect(try median(nil) != nil)
        #expect(try median(400) != nil)
        #expect(try median(100) == nil)
        #expect(FindingRules.report(on: try Company.plain()).finding(.longCycle) == nil)
    }

    @Test func `tells drift from chance, and says since when`() throws {
        let report = try report { facts in
            facts.desired = Levels(first: 1020, repeating: 400, advocate: 120)
            facts.earlier = (1...12).map { month in
                (
                    end: Company.end.adding(months: -month),
                    levels: Levels(first: 1000, repeating: 400, advocate: month < 4 ? 70 : 118)
                )
            }
        }

        let drift = report.findings.filter { $0.kind == .drift }
        #expect(drift.map(\.subject) == ["advocate"])
        #expect(drift.first?.variant == "below")
        #expect(drift.first?.headline.last == .init("change", .share(0.5)))
        #expect(
            drift.first?.detail.last == .init("since", .day(Company.end.adding(months: -3).daysSinceEpoch)))
    }

    @Test func `calls no drift what is certain and small, and none without a wish`() throws {
        #expect(FindingRules.drift(1_040_000, from: 1_000_000) == nil)
        #expect(FindingRules.drift(1_060_000, from: 1_000_000) != nil)
        #expect(FindingRules.drift(3, from: 0) != nil)
        #expect(FindingRules.drift(0, from: 0) == nil)
        #expect(try report { $0.desired = nil }.gaps.contains(FindingGap("noDesired")))
    }

    @Test func `holds no unmeasured advocacy against a wish`() throws {
        var facts = FindingFacts(
            profile: try Company.profile(Levels(first: 1000, repeating: 400, advocate: 0), measured: false),
            currency: "EUR")
        facts.desired = Levels(first: 1000, repeating: 400, advocate: 100)
        let report = FindingRules.report(on: facts)

        #expect(report.finding(.drift) == nil)
        #expect(report.gaps.contains(FindingGap("noAdvocacy")))
        #expect(report.findings.contains { $0.kind == .lever && $0.variant == "record" })
    }

    @Test(arguments: [(200, "fell"), (400, "rose")])
    func `notices newcomers who come back differently`(_ back: Int, _ variant: String) throws {
        let finding = try report { $0.newcomers = Company.waits(back: back, of: 1000) }.finding(.repeatRate)

        #expect(finding?.variant == variant)
    }

    @Test func `calls no change what chance explains, or what too few show`() throws {
        #expect(try report { $0.newcomers = Company.waits(back: 290, of: 1000) }.finding(.repeatRate) == nil)
        #expect(try report { $0.newcomers = Company.waits(back: 0, of: 29) }.finding(.repeatRate) == nil)
        let young = try report { $0.newcomersBefore = nil }
        #expect(young.gaps.contains { $0.reason == "noRepeatTest" })
    }

    @Test func `warns of the dangerous shift only where both halves of it are tested`() throws {
        func shift(advocates: Int, back: Int) throws -> Finding? {
            var facts = try Company.plain(Levels(first: 1000, repeating: 400, advocate: advocates))
            facts.before = try Company.profile(
                Levels(first: 1000, repeating: 400, advocate: 60), Company.yearBefore)
            facts.newcomers = Company.waits(back: back, of: 1000)
            return FindingRules.report(on: facts).finding(.shift)
        }

        #expect(try shift(advocates: 100, back: 220) != nil)
        #expect(try shift(advocates: 62, back: 220) == nil)
        #expect(try shift(advocates: 100, back: 300) == nil)
        #expect(try shift(advocates: 30, back: 220) == nil)
    }

    @Test func `sees customers draining away where the whole range says so`() throws {
        #expect(try report { $0.loss = LossCount(judged: 3000, lost: 1400) }.finding(.drain) != nil)
        #expect(try report { $0.loss = LossCount(judged: 3000, lost: 1040) }.finding(.drain) == nil)
        #expect(try report { $0.loss = LossCount(judged: 3000, lost: 500) }.finding(.drain) == nil)
        let ended = try report {
            $0.loss = LossCount(judged: 3000, lost: 900)
            $0.contracts = ContractLoss(under: 800, ended: 500, unseen: 90)
        }.finding(.drain)
        #expect(ended?.headline == [.init("new", .count(1000)), .init("lost", .count(1400))])
        let contractsOnly = try report {
            $0.loss = nil
            $0.contracts = ContractLoss(under: 1800, ended: 1300, unseen: 0)
        }.finding(.drain)
        #expect(contractsOnly?.headline.last == .init("lost", .count(1300)))
        let blind = try report { $0.loss = nil }
        #expect(blind.finding(.drain) == nil && blind.gaps.contains { $0.reason == "noLoss" })
    }
}
