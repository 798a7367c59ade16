import Kernel
import Methods
import Testing

@testable import Desk

@Suite struct `Finding what customers say and what waits to be done` {
    private func report(_ change: (inout FindingFacts) throws -> Void) throws -> FindingReport {
        var facts = try Company.plain()
        facts.voice.window = Company.window
        try change(&facts)
        return FindingRules.report(on: facts)
    }

    @Test func `tests a score before it says that it moved`() throws {
        func score(_ promoters: Int) throws -> Finding? {
            try report {
                $0.voice.before = try Company.counts(200, 120, 80)
                $0.voice.now = try Company.counts(promoters, 120, 280 - promoters)
            }.finding(.score)
        }

        #expect(try score(150)?.variant == "fell")
        #expect(try score(230)?.variant == "rose")
        #expect(try score(205) == nil)
        let few = try report {
            $0.voice.before = try Company.counts(9, 0, 0)
            $0.voice.now = try Company.counts(0, 0, 9)
        }
        #expect(few.finding(.score) == nil)
    }

    @Test func `sees a score that hides those who stop buying only where both are tested`() throws {
        func masking(_ promoters: Int, _ again: Int) throws -> Finding? {
            try report {
                $0.voice.before = try Company.counts(200, 120, 80)
                $0.voice.now = try Company.counts(promoters, 120, 280 - promoters)
                $0.voice.unconvincedBefore = try ShareCount(90, of: 180)
                $0.voice.unconvinced = try ShareCount(again, of: 180)
            }.finding(.masking)
        }

        #expect(try masking(230, 60) != nil)
        #expect(try masking(230, 88) == nil)
        #expect(try masking(170, 60) == nil)
    }

    @Test func `counts the willing nobody asked, and testimonials without a word`() throws {
        let open = try report {
            $0.voice.promoters = 80
            $0.voice.willing = 33
            $0.voice.consentOpen = 2
        }
        let done = try report { $0.voice.promoters = 80 }

        #expect(open.finding(.willing)?.headline == [.init("count", .count(33))])
        #expect(open.finding(.consent)?.headline == [.init("count", .count(2))])
        #expect(done.finding(.willing) == nil && done.finding(.consent) == nil)
    }

    @Test func `says what nobody was thanked for, and what is overdue of it`() throws {
        func unthanked(_ due: Int, _ overdue: Int) throws -> Finding? {
            try report { $0.thanks = (due, overdue) }.finding(.unthanked)
        }

        #expect(try unthanked(0, 0) == nil)
        #expect(try unthanked(7, 0)?.variant == "due")
        let late = try #require(try unthanked(7, 3))
        #expect(late.headline == [.init("count", .count(7))] && late.detail == [.init("overdue", .count(3))])
        #expect(late.evidence == "/advocates/thanks")
        #expect(try report { _ in }.gaps.allSatisfy { !["unthanked", "contracts"].contains($0.reason) })
    }

    @Test func `passes on who is at risk without those left alone`() throws {
        var total = ListTotal(list: .atRisk)
        (total.customers, total.held, total.money) = (60, 6, 120_000)
        #expect(
            try report { $0.figures = Company.run(lists: [total]) }.finding(.atRisk)?.headline
                == [.init("count", .count(54))])
        total.held = 60
        #expect(try report { $0.figures = Company.run(lists: [total]) }.finding(.atRisk) == nil)
        #expect(try report { _ in }.gaps.contains(FindingGap("noFigures")))
    }

    @Test func `says whether calling helps only where the range leaves nought out`() throws {
        func calling(_ worked: Int, _ held: Int) throws -> Finding? {
            var outcome = ListOutcome(list: .overdue)
            (outcome.worked, outcome.workedCame, outcome.held, outcome.heldCame) = (400, worked, 200, held)
            return try report { $0.figures = Company.run(outcomes: [outcome]) }.finding(.calling)
        }

        #expect(try calling(160, 40)?.variant == "helps")
        #expect(try calling(40, 80)?.variant == "hurts")
        #expect(try calling(100, 50) == nil)
    }

    @Test func `pulls each level's lever by what was found, and none without a reason`() throws {
        func levers(_ report: FindingReport) -> [String: String] {
            let all = report.findings.filter { $0.kind == .lever }
            return Dictionary(uniqueKeysWithValues: all.map { ($0.subject, $0.variant) })
        }
        var newcomers = ListTotal(list: .newcomers)
        newcomers.customers = 12
        var risk = ListTotal(list: .atRisk)
        risk.customers = 9

        #expect(levers(try report { _ in }).isEmpty)
        #expect(
            levers(
                try report {
                    $0.figures = Company.run(lists: [newcomers, risk])
                    ($0.voice.promoters, $0.voice.willing) = (50, 20)
                }) == ["first": "newcomers", "repeat": "atRisk", "advocate": "ask"])
        let fell = try report { $0.newcomers = Company.waits(back: 200, of: 1000) }
        #expect(levers(fell)["repeat"] == "fell")
    }

    @Test func `never advises more advocates to a broad middle, and asks for letters in a hexagon`() throws {
        func lever(_ levels: Levels) throws -> String? {
            var facts = try Company.plain(levels)
            facts.voice = VoiceCounts(window: Company.window, promoters: 50, willing: 20)
            return FindingRules.report(on: facts).findings.first {
                $0.kind == .lever && $0.subject == "advocate"
            }?.variant
        }

        #expect(try lever(Levels(first: 1000, repeating: 850, advocate: 50)) == "broadMiddle")
        #expect(try lever(Levels(first: 40, repeating: 400, advocate: 20)) == "letters")
        #expect(try lever(Levels(first: 1000, repeating: 400, advocate: 60)) == "ask")
    }

    @Test func `puts what may cost customers before what is simply so, and the larger before the smaller`()
        throws
    {
        let report = try report {
            $0.loss = LossCount(judged: 9000, lost: 4000)
            $0.newcomers = Company.waits(back: 240, of: 1000)
            $0.desired = Levels(first: 3000, repeating: 400, advocate: 60)
            ($0.voice.promoters, $0.voice.willing) = (50, 20)
        }

        let kinds = report.findings.filter { $0.kind != .lever }.map(\.kind)
        #expect(kinds == [.drain, .repeatRate, .drift, .willing, .emphasis])
    }
}
