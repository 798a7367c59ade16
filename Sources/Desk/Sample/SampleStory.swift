import Kernel

/// What happens to the company, day by day: the story its profile is to tell.
///
/// It opens, grows for a year and a half (a pyramid), floods its front door with a campaign of three weeks, and then
/// stops looking for new customers while its regulars keep coming (a hexagon by the end).
struct SampleStory {
    let end: LocalDate
    /// The day the three years begin.
    let firstYear: LocalDate
    /// Some weeks before, with the doors half open.
    let opening: LocalDate
    let campaign: ClosedRange<LocalDate>
    /// From here on growth dries up.
    let turn: LocalDate

    init(endingOn end: LocalDate) {
        self.end = end
        firstYear = (end + 1).adding(months: -36)
        opening = firstYear + -45
        let start = (end + 1).adding(months: -21)
        campaign = start...start + 20
        turn = (end + 1).adding(months: -18)
    }

    var days: ClosedRange<LocalDate> { opening...end }

    /// New customers to be expected on a day, before season and weekday.
    func newcomers(on day: LocalDate) -> Double {
        if day < firstYear { return 0.9 }
        if day < turn {
            let progress = share(of: day, in: firstYear...turn)
            return 3.7 + 3.5 * progress
        }
        let progress = share(of: day, in: turn...(turn + 150))
        return 7.2 - 5.9 * min(1, progress)
    }

    /// People the campaign brings on a day: four for every one who would have come anyway.
    func flood(on day: LocalDate) -> Double { campaign.contains(day) ? 4 * newcomers(on: day) : 0 }

    /// Prices are raised once, a little after the turn.
    func price(_ hundredths: Int, on day: LocalDate) -> Int {
        day < turn + 40 ? hundredths : (hundredths * 106 / 100 + 5) / 10 * 10
    }

    private func share(of day: LocalDate, in range: ClosedRange<LocalDate>) -> Double {
        let all = range.upperBound.daysSinceEpoch - range.lowerBound.daysSinceEpoch
        return Double(day.daysSinceEpoch - range.lowerBound.daysSinceEpoch) / Double(max(all, 1))
    }
}

/// The calendar as a coffee roaster feels it.
enum SampleCalendar {
    /// January to December: presents before Christmas, travel in summer.
    private static let seasons = [0.92, 0.95, 1.0, 1.0, 1.0, 0.95, 0.85, 0.84, 1.0, 1.05, 1.18, 1.35]
    /// Monday to Sunday, by channel.
    private static let shop = [0.7, 0.9, 1.0, 1.0, 1.3, 1.8, 0.4]
    private static let web = [1.2, 1.0, 1.0, 0.9, 0.8, 0.8, 1.3]
    private static let office = [1.6, 1.3, 1.1, 1.0, 0.6, 0.05, 0]

    static func season(_ day: LocalDate) -> Double { seasons[day.civil.month - 1] }

    /// 0 is Monday.
    static func weekday(_ day: LocalDate) -> Int { ((day.daysSinceEpoch + 3) % 7 + 7) % 7 }

    static func weights(_ channel: SampleChannel) -> [Double] {
        switch channel {
        case .shop: shop
        case .web: web
        case .phone: office
        case .subscription: [0, 1, 1, 0, 0, 0, 0]
        }
    }

    /// A day of the week that begins with `day`, as likely as the channel is busy on it.
    static func day(near day: LocalDate, _ channel: SampleChannel, _ random: inout SampleRandom) -> LocalDate
    {
        let weights = weights(channel)
        let first = weekday(day)
        return day + random.place(in: (0..<7).map { weights[(first + $0) % 7] })
    }

    /// Seconds after midnight: mornings and afternoons in the shop, evenings on the web.
    static func second(_ channel: SampleChannel, _ random: inout SampleRandom) -> Int {
        let peak =
            switch channel {
            case .shop: random.chance(0.6) ? 9.3 : 15.2
            case .web: random.chance(0.3) ? 12.6 : 20.1
            case .phone: random.chance(0.6) ? 10.2 : 14.4
            case .subscription: 6.0
            }
        let spread = channel == .subscription ? 0.2 : 3.2
        let hour = peak + (random.unit() + random.unit() + random.unit() - 1.5) * spread
        return Int(hour * 3600)
    }
}

/// Where a purchase is made.
enum SampleChannel: String, CaseIterable {
    case shop, web, phone, subscription
}
