import Kernel
import Methods
import Testing

@testable import Desk

@Suite struct `Finding what hangs on few and comes through the door` {
    private func report(_ change: (inout FindingFacts) throws -> Void) throws -> FindingReport {
        var facts = try Company.plain()
        try change(&facts)
        return FindingRules.report(on: facts)
    }

    @Test func `warns of the agency with three large clients, and not of a shop with many small ones`() throws
    {
        let agency = try report {
            $0.economics = try Company.economics(
                revenue: [90_000, 70_000, 50_000] + Array(repeating: 2_000, count: 20))
        }.finding(.concentration)
        let shop = try report {
            $0.economics = try Company.economics(revenue: Array(repeating: 2_000, count: 500))
        }.finding(.concentration)

        #expect(agency?.variant == "unknown" && shop == nil)
        let share = 210_000.0 / 250_000
        #expect(agency?.headline.dropFirst().first == .init("share", .share(share)))
        let known = try report {
            $0.economics = try Company.economics(revenue: [90_000, 70_000, 50_000, 3_000], months: 14.2)
        }.finding(.concentration)
        #expect(
            known?.variant == "months" && known?.detail.last == .init("months", .number(14.2, decimals: 1)))
    }

    @Test func `says that a first purchase loses money only where it does, for enough customers`() throws {
        func loss(cost: Double, customers: Int = 100) throws -> Finding? {
            let row = Company.source("", customers: customers, cost: cost, margin: 1_000)
            return try report {
                $0.economics = try Company.economics(acquisition: Company.acquisition([row], all: row))
            }.finding(.firstLoss)
        }

        #expect(try loss(cost: 2_400)?.headline == [.init("loss", .money(1_400, "EUR"))])
        #expect(try loss(cost: 1_000) == nil)
        #expect(try loss(cost: 2_400, customers: 29) == nil)
    }

    @Test func `names the dearest sources beside all together, and a hostile one as it is`() throws {
        let name = "=HYPERLINK(\"x\") <b>שלום</b>"
        let rows = [
            Company.source(name, cost: 5_000, margin: 1_000),
            Company.source("fair", cost: 900, margin: 1_000),
        ]
        let found = try report {
            let all = Company.source("", customers: 200, cost: 2_950, margin: 1_000)
            $0.economics = try Company.economics(acquisition: Company.acquisition(rows, all: all))
        }.findings.filter { $0.kind == .firstLoss }

        #expect(found.map(\.variant).sorted() == ["all", "source"])
        #expect(found.first { $0.variant == "source" }?.headline.last == .init("source", .text(name)))
    }

    @Test func `names the channel that leaves nobody reachable, and none that is a little worse`() throws {
        func capture(_ reachable: Int, of newcomers: Int) throws -> Finding? {
            try report {
                $0.channels = [
                    ChannelCount(name: "shop", newcomers: newcomers, reachable: reachable),
                    ChannelCount(name: "web", newcomers: 500, reachable: 450),
                ]
            }.finding(.capture)
        }

        #expect(try capture(100, of: 500)?.subject == "shop")
        #expect(try capture(440, of: 500) == nil)
        #expect(try capture(3, of: 29) == nil)
        let unasked = try report { $0.hasAddresses = false }
        #expect(unasked.finding(.capture) == nil && unasked.gaps.contains(FindingGap("noAddresses")))
    }

    private func rush(back: Int, recent: Bool = false) -> Rush {
        Rush(
            days: (Company.end + (-300))...(Company.end + (-280)), newcomers: 700, expected: 140,
            waits: Company.waits(back: back, of: 700), waitsBefore: Company.waits(back: 200, of: 600),
            isRecent: recent)
    }

    @Test func `tells a rush that was lost again from one that came back, and judges none too early`() throws
    {
        #expect(try report { $0.rushes = [rush(back: 60)] }.finding(.frontDoor)?.variant == "fewer")
        #expect(try report { $0.rushes = [rush(back: 235)] }.finding(.frontDoor)?.variant == "alike")
        #expect(
            try report { $0.rushes = [rush(back: 0, recent: true)] }.finding(.frontDoor)?.variant == "recent")
        #expect(try report { $0.rushes = [] }.finding(.frontDoor) == nil)
    }

    @Test func `finds a rush by the weeks before it, and none in a steady or a growing year`() {
        let days = Company.window
        func newcomers(_ count: (Int) -> Int) -> [Int: Int] {
            let first = days.lowerBound.daysSinceEpoch - 100
            return Dictionary(
                uniqueKeysWithValues: (first...days.upperBound.daysSinceEpoch).map { ($0, count($0)) })
        }
        let start = days.lowerBound.daysSinceEpoch + 150
        let rushed = Surges(
            newcomers: newcomers { 6 + $0 % 3 + ((start...start + 20).contains($0) ? 24 : 0) }
        )
        .found(in: days, since: days.lowerBound + (-100))
        let steady = Surges(newcomers: newcomers { 6 + $0 % 3 }).found(
            in: days, since: days.lowerBound + (-100))
        let grows = Surges(newcomers: newcomers { 5 + $0 % 3 + ($0 - start + 250) / 60 })
            .found(in: days, since: days.lowerBound + (-100))
        let weekend = Surges(
            newcomers: newcomers {
                $0 % 7 < 2 ? 0 : 8 + $0 % 2 + ((start...start + 20).contains($0) ? 30 : 0)
            }
        )
        .found(in: days, since: days.lowerBound + (-100))

        #expect(
            rushed.map(\.days) == [LocalDate(daysSinceEpoch: start)...LocalDate(daysSinceEpoch: start + 20)])
        #expect(abs((rushed.first?.expected ?? 0) - 147) < 8)
        #expect(steady.isEmpty && grows.isEmpty)
        #expect(weekend.count == 1 && (weekend.first?.newcomers ?? 0) > 500)
    }
}
