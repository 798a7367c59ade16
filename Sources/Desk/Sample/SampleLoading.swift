import Kernel
import Storage

/// Writes a sample company as one import that is complete from the start, by the same way in as any file: batches,
/// then a recount of the customers concerned.
struct SampleLoading {
    let company: SampleCompany
    private let zone: Zone
    let currency: Currency
    let act: Act
    private let segments: [SegmentContent]

    /// Where its rows say they come from. Other files' ids never meet them.
    static let source = "sample"

    init(_ company: SampleCompany, _ organisation: Organisation, _ act: Act) {
        self.company = company
        self.act = act
        zone = organisation.zone
        currency = organisation.currency
        segments = SampleSegments.contents(in: organisation.language)
    }

    func run(in connection: any Connection) throws -> SampleContent {
        let number = try SampleImport(rows: company.purchases.count, currency: currency, act: act).add(
            in: connection)
        let parties = try addParties(number, in: connection)
        try addKeys(parties, in: connection)
        try addAddresses(parties, number, in: connection)
        try addMemberships(parties, number, in: connection)
        try addTwins(parties, number, in: connection)
        try SampleKnown(company: company, parties: parties, act: act).add(in: connection)
        try connection.load(purchases(parties, number))
        try addRelations(parties, number, in: connection)
        try connection.load(acts(parties, number))
        try SampleAdvocacy(end: company.end, import: number, act: act).run(in: connection)
        try addAnswers(parties, number, in: connection)
        try SampleWalks(end: company.end, act: act).load(in: connection)
        try connection.load(
            SampleLoading.spend(
                SampleSpend.rows(SampleStory(endingOn: company.end)), number, currency, act.at, minor: minor))
        try addContracts(parties, number, in: connection)
        try SampleSegments.add(segments, by: act, in: connection)
        var recount = Recount(of: "SELECT id FROM party WHERE import_id = \(number) ORDER BY id")
        try recount.count(purchasesOf: number, sign: 1, in: connection)
        try recount.countIn(in: connection)
        let content = SampleContent(
            customers: parties.count, purchases: company.purchases.count, acts: company.acts.count, added: 0)
        try connection.record("sample.loaded", "import", number, by: act, detail: content.detail)
        return content
    }

    /// The customers' rows; answers their ids in the company's order.
    private func addParties(_ number: Int64, in connection: any Connection) throws -> [Int64] {
        let customers = company.customers
        try connection.load(
            Batch(
                into: "party", count: customers.count,
                columns: [
                    ("kind", .texts(customers.map { $0.isOrganisation ? "organisation" : "person" })),
                    ("name", .texts(customers.map(\.name))),
                    ("name_key", .texts(customers.map(\.name.searchKey))),
                    ("serves", .constant(.boolean(false))),
                    ("source", .constant(.text(SampleLoading.source))),
                    ("import_id", .constant(.integer(number))),
                    ("created_at", .integers(customers.map { moment($0.since, 21_600) })),
                ]))
        let added: SQL = "SELECT id FROM party WHERE import_id = \(number) ORDER BY id"
        let ids = try connection.all(added) { try $0.int64(0) }
        guard ids.count == customers.count else {
            throw StorageError.broken("\(customers.count) sample customers became \(ids.count) rows")
        }
        return ids
    }

    private func addKeys(_ parties: [Int64], in connection: any Connection) throws {
        try connection.load(
            Batch(
                into: "party_key", count: parties.count,
                columns: [
                    ("source", .constant(.text(SampleLoading.source))),
                    ("outside_id", .texts(parties.indices.map { "HC-\(10_001 + $0)" })),
                    ("party_id", .integers(parties)),
                ]))
        let names = zip(parties, company.customers).map { (party: $0, key: $1.name.searchKey) }
        try PartyWords.load(names, in: connection)
    }

    /// Claimed, not verified: nobody has written to us from them.
    private func addAddresses(_ parties: [Int64], _ number: Int64, in connection: any Connection) throws {
        var addresses = SampleAddresses()
        for (party, customer) in zip(parties, company.customers) {
            let at = moment(customer.since, 21_600)
            if let email = customer.email { addresses.append(party, .email, email, at) }
            if let phone = customer.phone { addresses.append(party, .phone, phone, at) }
        }
        try connection.load(addresses.batch(number))
    }

    private func addMemberships(_ parties: [Int64], _ number: Int64, in connection: any Connection) throws {
        let members = company.customers.indices.filter { company.customers[$0].organisation != nil }
        try connection.load(
            Batch(
                into: "membership", count: members.count,
                columns: [
                    ("person_id", .integers(members.map { parties[$0] })),
                    (
                        "account_id",
                        .integers(members.map { parties[company.customers[$0].organisation ?? $0] })
                    ),
                    ("since", .integers(members.map { moment(company.customers[$0].since, 21_600) })),
                    ("import_id", .constant(.integer(number))),
                ]))
    }
}

extension SampleLoading {
    private func moment(_ day: LocalDate, _ second: Int) -> Int64 {
        zone.instant(of: day, secondOfDay: second).milliseconds
    }

    /// Hundredths in the minor units of a currency. Money without decimals is smaller, so a coffee of 3.90 is 390 of it.
    func minor(_ hundredths: Int, _ currency: Currency) -> Int64 {
        Int64(hundredths) * (currency.exponent == 3 ? 10 : 1)
    }

    private func purchases(_ parties: [Int64], _ number: Int64) -> Batch {
        let rows = company.purchases
        let currencies = rows.map { $0.currency.flatMap(Currency.init) ?? currency }
        let costs = zip(rows, currencies).map { row, currency in
            row.cost.map { minor($0, currency) } ?? Batch.null
        }
        return Batch(
            into: "purchase", count: rows.count,
            columns: [
                ("account_id", .integers(rows.map { parties[$0.customer] })),
                ("day", .integers(rows.map { Int64($0.day.daysSinceEpoch) })),
                ("at", .integers(rows.map { moment($0.day, $0.second) })),
                ("amount", .integers(zip(rows, currencies).map { minor($0.amount, $1) })),
                ("currency", .texts(currencies.map(\.code))), ("cost", .optionalIntegers(costs)),
                ("quantity", .integers(rows.map { Int64($0.quantity) })),
                ("product", .texts(rows.map(\.product))), ("channel", .texts(rows.map(\.channel))),
                ("source", .constant(.text(SampleLoading.source))),
                ("outside_id", .texts(rows.indices.map { "HC-\(100_001 + $0)" })),
                ("import_id", .constant(.integer(number))), ("recorded_at", .constant(act.at.sqlValue)),
            ])
    }

    private func acts(_ parties: [Int64], _ number: Int64) -> Batch {
        let rows = company.acts
        let consents: [Int64] = rows.map { row in row.consent.map { $0 ? 1 : 0 } ?? Batch.null }
        let counts: [Int64] = rows.map {
            AdvocacyAct.counts($0.kind, rating: $0.rating, consent: $0.consent) ? 1 : 0
        }
        return Batch(
            into: "advocacy", count: rows.count,
            columns: [
                ("person_id", .integers(rows.map { parties[$0.person] })),
                ("kind", .texts(rows.map(\.kind.rawValue))),
                ("day", .integers(rows.map { Int64($0.day.daysSinceEpoch) })),
                ("at", .integers(rows.map { moment($0.day, $0.second) })),
                ("words", .texts(rows.map(\.words))),
                ("rating", .optionalIntegers(rows.map { $0.rating.map(Int64.init) ?? Batch.null })),
                ("consent", .optionalIntegers(consents)), ("friend", .texts(rows.map(\.friend))),
                ("counts", .integers(counts)), ("source", .constant(.text(SampleLoading.source))),
                ("import_id", .constant(.integer(number))), ("recorded_at", .constant(act.at.sqlValue)),
            ])
    }
}

/// Addresses on their way in, column by column.
private struct SampleAddresses {
    private var parties: [Int64] = []
    private var kinds: [String] = []
    private var values: [String] = []
    private var keys: [String] = []
    private var moments: [Int64] = []

    mutating func append(_ party: Int64, _ kind: Address.Kind, _ value: String, _ at: Int64) {
        parties.append(party)
        kinds.append(kind.rawValue)
        values.append(value)
        keys.append(Address.key(kind, value))
        moments.append(at)
    }

    func batch(_ number: Int64) -> Batch {
        Batch(
            into: "address", count: parties.count,
            columns: [
                ("party_id", .integers(parties)), ("kind", .texts(kinds)), ("value", .texts(values)),
                ("value_key", .texts(keys)), ("claimed_at", .integers(moments)),
                ("source", .constant(.text(SampleLoading.source))),
                ("import_id", .constant(.integer(number))),
            ])
    }
}
