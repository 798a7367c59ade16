import Kernel

/// Acquisition spend of a window, by source. A period that lies only partly in the window counts for its days in it.
struct SpendCount: Sendable, Equatable {
    struct Source: Sendable, Equatable {
        var name = ""
        var amount = 0
        var campaigns: [AcquisitionFigures.Campaign] = []
    }

    /// By the form sources are compared in.
    private(set) var sources: [String: Source] = [:]
    private(set) var otherCurrencies: Set<String> = []

    init(_ spend: [Spend], currency: String, in window: ClosedRange<Int>) {
        for row in spend {
            let days = row.days.lowerBound.daysSinceEpoch...row.days.upperBound.daysSinceEpoch
            guard days.overlaps(window) else { continue }
            guard row.amount.currency.code == currency else {
                otherCurrencies.insert(row.amount.currency.code)
                continue
            }
            add(row, SpendCount.part(of: row.amount.minor, days, in: window))
        }
        for key in sources.keys { sources[key]?.campaigns.sort { $0.spend > $1.spend } }
    }

    private mutating func add(_ row: Spend, _ amount: Int) {
        var source = sources[row.source.searchKey] ?? Source(name: row.source)
        source.amount += amount
        if !row.campaign.isEmpty {
            if let place = source.campaigns.firstIndex(where: { $0.name.searchKey == row.campaign.searchKey })
            {
                source.campaigns[place].spend += amount
            } else {
                source.campaigns.append(.init(name: row.campaign, spend: amount))
            }
        }
        sources[row.source.searchKey] = source
    }

    /// The amount of the days that lie in the window, rounded to the minor unit.
    static func part(of amount: Int64, _ days: ClosedRange<Int>, in window: ClosedRange<Int>) -> Int {
        let inside = days.clamped(to: window)
        guard inside.count < days.count else { return Int(amount) }
        let (product, overflow) = Int(amount).multipliedReportingOverflow(by: inside.count)
        return overflow ? Int(amount) / days.count * inside.count : (product + days.count / 2) / days.count
    }
}
