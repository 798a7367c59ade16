import Kernel
import Storage

/// What the sample company spent on winning customers: a little every month in its shop and on the web, and once, a lot,
/// on the campaign.
struct SampleSpend: Sendable, Equatable {
    let days: ClosedRange<LocalDate>
    let source: String
    let campaign: String
    /// Hundredths.
    let amount: Int

    /// Where the campaign's visitors first bought.
    static let campaignSource = "voucher"

    static func rows(_ story: SampleStory) -> [SampleSpend] {
        let first = story.firstYear.monthIndex
        let monthly = (first..<story.end.monthIndex).flatMap { month -> [SampleSpend] in
            let days = LocalDate.first(ofMonth: month)...(LocalDate.first(ofMonth: month + 1) + -1)
            let step = month - first
            return [
                SampleSpend(
                    days: days, source: SampleChannel.shop.rawValue, campaign: "",
                    amount: 24_000 + step % 5 * 1500),
                SampleSpend(
                    days: days, source: SampleChannel.web.rawValue,
                    campaign: step % 3 == 0 ? "Newsletter" : "Search adverts",
                    amount: 61_000 + step % 7 * 2500),
            ]
        }
        let flood = SampleSpend(
            days: story.campaign, source: campaignSource, campaign: "Welcome box", amount: 1_480_000)
        return monthly + [flood]
    }
}

extension SampleLoading {
    /// The batch of spend, under the import everything of the sample stands under.
    static func spend(
        _ rows: [SampleSpend], _ number: Int64, _ currency: Currency, _ at: Instant,
        minor: (Int, Currency) -> Int64
    ) -> Batch {
        Batch(
            into: "spend", count: rows.count,
            columns: [
                ("from_day", .integers(rows.map { Int64($0.days.lowerBound.daysSinceEpoch) })),
                ("to_day", .integers(rows.map { Int64($0.days.upperBound.daysSinceEpoch) })),
                ("source", .texts(rows.map(\.source))), ("source_key", .texts(rows.map(\.source.searchKey))),
                ("campaign", .texts(rows.map(\.campaign))),
                ("campaign_key", .texts(rows.map(\.campaign.searchKey))),
                ("amount", .integers(rows.map { minor($0.amount, currency) })),
                ("currency", .constant(.text(currency.code))), ("import_id", .constant(.integer(number))),
                ("recorded_at", .constant(at.sqlValue)), ("changed_at", .constant(at.sqlValue)),
            ])
    }
}
