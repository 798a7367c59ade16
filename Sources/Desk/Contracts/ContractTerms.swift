public import Kernel
public import Storage

/// How long a contract binds, how it goes on, how it is given up and what leaving early costs.
public struct ContractTerms: Sendable, Equatable {
    /// What leaving before the earliest free day costs.
    public enum Penalty: Sendable, Equatable {
        case none
        /// An amount, whenever it is.
        case fixed(Int64)
        /// A share, in millionths, of what the remaining months would have cost.
        case share(Int)
        /// All the remaining months would have cost.
        case rest

        public var word: String {
            switch self {
            case .none: "none"
            case .fixed: "fixed"
            case .share: "share"
            case .rest: "rest"
            }
        }
    }

    public enum NoticeUnit: String, Sendable, CaseIterable, SQLBindable { case days, months }

    public var start: LocalDate
    /// How long it binds at first; 0: not at all.
    public var minimumMonths: Int
    /// By how much it goes on by itself each time; 0: it ends after the minimum term, or without one runs until given up.
    public var renewalMonths: Int
    /// How many months one price pays for.
    public var billingMonths: Int
    public var notice: Int
    public var noticeUnit: NoticeUnit
    public var penalty: Penalty

    public init(
        start: LocalDate, minimumMonths: Int = 0, renewalMonths: Int = 0, billingMonths: Int = 1,
        notice: Int = 0, noticeUnit: NoticeUnit = .months, penalty: Penalty = .none
    ) {
        self.start = start
        self.minimumMonths = minimumMonths
        self.renewalMonths = renewalMonths
        self.billingMonths = billingMonths
        self.notice = notice
        self.noticeUnit = noticeUnit
        self.penalty = penalty
    }

    /// Whether nothing binds beyond the notice.
    public var isOpenEnded: Bool { minimumMonths == 0 && renewalMonths == 0 }

    /// The first day after each term, counted from 0: terms are reckoned from the start, so that one that began on the
    /// 31st ends on the last of shorter months and on the 31st again where there is one.
    func termEnd(_ number: Int) -> LocalDate {
        start.adding(months: (minimumMonths > 0 ? minimumMonths : renewalMonths) + number * renewalMonths)
    }

    /// The next day after `day` on which it renews or ends by itself; nil where it does neither.
    public func nextTermEnd(after day: LocalDate) -> LocalDate? {
        guard !isOpenEnded else { return nil }
        return firstTermEnd { $0 > day }
    }

    /// Whether it has run out by itself.
    public func hasRunOut(by day: LocalDate) -> Bool {
        minimumMonths > 0 && renewalMonths == 0 && termEnd(0) <= day
    }

    /// The first end of a term that fulfils a rule which all later ones fulfil as well.
    private func firstTermEnd(where fits: (LocalDate) -> Bool) -> LocalDate? {
        guard renewalMonths > 0 else { return fits(termEnd(0)) ? termEnd(0) : nil }
        var low = 0
        var high = 1
        while !fits(termEnd(high)) {
            low = high
            high *= 2
            if high > 1_000_000 { return nil }
        }
        if fits(termEnd(0)) { return termEnd(0) }
        while high - low > 1 {
            let middle = (low + high) / 2
            if fits(termEnd(middle)) { high = middle } else { low = middle }
        }
        return termEnd(high)
    }

    /// The last day on which notice still ends it on `end`.
    public func lastNotice(for end: LocalDate) -> LocalDate {
        noticeUnit == .days ? end + -notice : end.adding(months: -notice)
    }

    /// The earliest day on which it may end without a penalty when notice is given on `day`.
    public func freeEnd(noticeOn day: LocalDate) -> LocalDate {
        let told = max(day, start)
        guard !isOpenEnded else {
            return noticeUnit == .days ? told + notice : told.adding(months: notice)
        }
        return firstTermEnd { lastNotice(for: $0) >= told } ?? max(termEnd(0), start)
    }
}

/// A price, and the first day it holds.
public struct ContractPrice: Sendable, Equatable {
    public let from: LocalDate
    public let amount: Int64

    public init(from: LocalDate, amount: Int64) {
        self.from = from
        self.amount = amount
    }
}

extension [ContractPrice] {
    /// The price on a day. Before the first price it is the first, after the last the last.
    public func price(on day: LocalDate) -> Int64? {
        (last { $0.from <= day } ?? first)?.amount
    }
}

/// What leaving on a day costs, and from when it costs nothing.
public struct Leaving: Sendable, Equatable {
    /// The last day on which the contract would still bind; from this day on leaving is free.
    public let freeFrom: LocalDate
    /// Until when notice must be given for that.
    public let noticeBy: LocalDate
    /// Months begun from the day of leaving to `freeFrom`.
    public let months: Int
    /// In minor units, exact.
    public let cost: Int64
}

extension ContractTerms {
    /// What it costs to leave on `day`, with notice given on `told`. Nothing is due from the earliest free day on.
    ///
    /// Remaining months are those begun. Each costs its part of the price in force when it begins; the sum is rounded
    /// once, half up, to the minor unit.
    public func leaving(on day: LocalDate, told: LocalDate, prices: [ContractPrice]) -> Leaving {
        let free = freeEnd(noticeOn: told)
        let months = day < free ? LocalDate.monthsBegun(from: day, to: free) : 0
        return Leaving(
            freeFrom: free, noticeBy: lastNotice(for: free), months: months,
            cost: months == 0 ? 0 : cost(of: months, from: day, prices))
    }

    private func cost(of months: Int, from day: LocalDate, _ prices: [ContractPrice]) -> Int64 {
        switch penalty {
        case .none: 0
        case .fixed(let amount): amount
        case .share(let millionths): rest(months, day, prices, millionths)
        case .rest: rest(months, day, prices, 1_000_000)
        }
    }

    private func rest(_ months: Int, _ day: LocalDate, _ prices: [ContractPrice], _ millionths: Int) -> Int64
    {
        var sum: Int128 = 0
        for month in 0..<months { sum += Int128(prices.price(on: day.adding(months: month)) ?? 0) }
        let divisor = Int128(billingMonths) * 1_000_000
        return Int64(clamping: (sum * Int128(millionths) * 2 + divisor) / (divisor * 2))
    }
}

extension LocalDate {
    /// Whole months from one day to another by the calendar: from 31 January one is over on 28 February, and not before.
    static func wholeMonths(from start: LocalDate, to end: LocalDate) -> Int {
        guard end > start else { return 0 }
        let months = end.monthIndex - start.monthIndex
        return start.adding(months: months) <= end ? months : months - 1
    }

    /// The same with a month that has begun counted whole.
    static func monthsBegun(from start: LocalDate, to end: LocalDate) -> Int {
        let whole = wholeMonths(from: start, to: end)
        return start.adding(months: whole) < end ? whole + 1 : whole
    }
}
