import Kernel
import Methods
import Testing

@testable import Desk

@Suite struct `Making up a company` {
    static let end = LocalDate(daysSinceEpoch: 20_778)
    static let company = SampleCompany(endingOn: end)

    @Test func `gives the same company for the same seed, byte for byte, on every machine`() {
        #expect(SampleCompany(endingOn: Self.end) == Self.company)
        #expect(Self.company.fingerprint == "e4b2b021367be16a")
    }

    @Test func `gives another company for another seed`() {
        #expect(SampleCompany(seed: 8, endingOn: Self.end) != Self.company)
    }

    @Test func `fills three years up to the last day and not beyond`() {
        let days = Self.company.purchases.map(\.day)

        #expect((4500...5800).contains(Self.company.customers.count))
        #expect(days == days.sorted())
        #expect(days.last.map { Self.end.daysSinceEpoch - $0.daysSinceEpoch < 2 } == true)
        #expect(days.allSatisfy { $0 <= Self.end && $0 >= SampleStory(endingOn: Self.end).opening })
        #expect(Self.company.acts.allSatisfy { $0.day <= Self.end })
    }

    @Test func `can reach nobody real`() {
        let emails = Self.company.customers.compactMap(\.email)
        let phones = Self.company.customers.compactMap(\.phone)
        let reserved = [
            "+49 40 66969 ", "+49 30 23125 ", "+49 69 90009 ", "+49 221 4710 ", "+49 89 99998 ",
            "+44 7700 900",
            "+44 20 7946 0", "+33 6 39 98 ",
        ]

        #expect(emails.count > 3000 && phones.count > 1000)
        #expect(emails.allSatisfy { EmailAddress($0) != nil })
        #expect(
            emails.allSatisfy {
                ["example.com", "example.org", "example.net"].contains($0.split(separator: "@")[1])
            })
        #expect(Set(emails).count == emails.count)
        #expect(Set(phones).count == phones.count)
        #expect(phones.allSatisfy { phone in reserved.contains { phone.hasPrefix($0) } })
    }

    @Test func `has what real books have: refunds, days with several purchases, other currencies, offices`() {
        let purchases = Self.company.purchases
        let days = Dictionary(grouping: purchases) { "\($0.customer) \($0.day)" }

        #expect(purchases.contains { $0.amount < 0 && $0.quantity < 0 })
        #expect(days.values.count { $0.count > 1 } > 1000)
        #expect(Set(purchases.compactMap(\.currency)).count >= 3)
        #expect(Set(purchases.map(\.channel)) == ["shop", "web", "phone", "subscription", "voucher"])
        #expect(Self.company.customers.count { $0.isOrganisation } > 80)
        #expect(Self.company.customers.count { $0.organisation != nil } > 150)
        #expect(purchases.contains { $0.cost == nil })
    }

    @Test func `lets people speak in their own words`() {
        let words = Self.company.acts.map(\.words)
        let kinds = Set(Self.company.acts.map(\.kind))

        #expect(kinds == Set(AdvocacyAct.Kind.allCases))
        #expect(Double(Set(words).count) > 0.85 * Double(words.count))
        #expect(words.allSatisfy { !$0.isEmpty && !$0.contains("{") && !$0.contains("  ") })
        #expect(Self.company.acts.contains { $0.kind == .testimonial && $0.consent == false })
        #expect(Self.company.acts.allSatisfy { ($0.kind == .referral) == !$0.friend.isEmpty })
    }
}

@Suite struct `The story of the sample company` {
    static let end = `Making up a company`.end

    @Test(arguments: [SampleCompany.usualSeed, 1, 2, 3])
    func `is a pyramid that becomes a hexagon`(_ seed: UInt64) throws {
        let books = SampleBooks(SampleCompany(seed: seed, endingOn: Self.end))
        let years = try (0..<3).map { try books.shape(fromMonth: -36 + 12 * $0, months: 12) }

        #expect(years[0].verdict == .labelled(.pyramid))
        #expect(years[1].verdict == .labelled(.pyramid))
        #expect(years[2].verdict == .labelled(.hexagon))
    }

    @Test func `goes quarter by quarter from one to the other`() throws {
        let books = SampleBooks(`Making up a company`.company)
        let quarters = try (0..<12).map { try books.shape(fromMonth: -36 + 3 * $0, months: 3) }

        #expect(quarters.prefix(4).allSatisfy { $0.verdict == .labelled(.pyramid) })
        #expect(quarters.suffix(6).allSatisfy { $0.verdict == .labelled(.hexagon) })
        #expect(quarters.suffix(5).allSatisfy { $0.levels.first * 3 < quarters[4].levels.first * 2 })
        #expect(quarters.last.map { $0.levels.repeating > 300 && $0.levels.advocate > 10 } == true)
    }

    @Test func `has three weeks in which five times as many come, most of them once`() {
        let story = SampleStory(endingOn: Self.end)
        let books = SampleBooks(`Making up a company`.company)
        let campaign = books.newcomers(story.campaign)
        let before = books.newcomers(story.campaign.lowerBound + -21...story.campaign.lowerBound + -1)

        #expect(campaign.count > 4 * before.count && campaign.count < 7 * before.count)
        #expect(books.shareReturned(campaign) < 0.2)
        #expect(books.shareReturned(before) > 0.3)
    }
}

/// The sample's days, counted the plain way.
struct SampleBooks {
    let end: LocalDate
    let occasions: [Int: [LocalDate]]
    let acts: [Int: [LocalDate]]

    init(_ company: SampleCompany) {
        var occasions: [Int: Set<LocalDate>] = [:]
        for row in company.purchases where row.amount >= 0 {
            occasions[row.customer, default: []].insert(row.day)
        }
        var acts: [Int: Set<LocalDate>] = [:]
        for row in company.acts where AdvocacyAct.counts(row.kind, rating: row.rating, consent: row.consent) {
            acts[row.person, default: []].insert(row.day)
        }
        end = company.end
        self.occasions = occasions.mapValues { $0.sorted() }
        self.acts = acts.mapValues { $0.sorted() }
    }

    func levels(_ window: ClosedRange<LocalDate>) -> Levels {
        Levels(
            first: newcomers(window).count,
            repeating: occasions.values.count { $0.dropFirst().contains(where: window.contains) },
            advocate: acts.values.count { $0.contains(where: window.contains) })
    }

    /// The window that begins so many months before the day after the end.
    func shape(fromMonth month: Int, months: Int) throws -> ShapeResult {
        let from = (end + 1).adding(months: month)
        let window = from...from.adding(months: months) + -1
        let begins = occasions.values.compactMap(\.first).min().map(window.contains) ?? false
        return try Methods.shape(
            of: levels(window), advocacyMeasured: true, historyBeginsInside: begins, windowDays: nil,
            medianCycleDays: nil)
    }

    func newcomers(_ window: ClosedRange<LocalDate>) -> [Int] {
        occasions.compactMap { customer, days in days.first.map(window.contains) == true ? customer : nil }
    }

    /// Who of these came a second time within half a year.
    func shareReturned(_ customers: [Int]) -> Double {
        let returned = customers.count { customer in
            guard let days = occasions[customer], days.count > 1 else { return false }
            return days[1].daysSinceEpoch - days[0].daysSinceEpoch <= 180
        }
        return Double(returned) / Double(max(customers.count, 1))
    }
}

extension SampleCompany {
    /// FNV-1a over everything.
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ text: String) {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        for row in customers {
            add("\(row.name)|\(row.email ?? "")|\(row.phone ?? "")|\(row.since)|\(row.organisation ?? -1)\n")
        }
        for row in purchases {
            add(
                "\(row.customer)|\(row.day)|\(row.second)|\(row.amount)|\(row.quantity)|\(row.product)|\(row.channel)\n"
            )
        }
        for row in acts { add("\(row.person)|\(row.day)|\(row.kind.rawValue)|\(row.words)|\(row.friend)\n") }
        return String(hash, radix: 16)
    }
}
