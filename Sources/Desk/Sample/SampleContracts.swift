import Kernel
import Storage

/// Three contracts and a hold of the sample company: an organisation with four departments, of which one owes a bill.
extension SampleLoading {
    private static let departments = ["Purchasing", "Laboratory", "Library", "Canteen"]

    func addContracts(_ parties: [Int64], _ number: Int64, in connection: any Connection) throws {
        let places = company.customers.indices.filter { company.customers[$0].isOrganisation }
        guard let first = places.first else { return }
        let departments = try SampleLoading.departments.map { name in
            try department(name, of: parties[first], number, in: connection)
        }
        let end = company.end
        let supply = ContractTerms(
            start: end.adding(months: -20), minimumMonths: 12, renewalMonths: 12, notice: 3, penalty: .rest)
        let monthly = ContractTerms(start: end.adding(months: -7), renewalMonths: 1)
        let rental = ContractTerms(
            start: end.adding(months: -10), minimumMonths: 24, renewalMonths: 0, penalty: .share(500_000))
        try contract("One year", "Office coffee", supply, 18_900, departments[3], number, in: connection) {
            $0.promotion = "Second grinder free"
            $0.promotionDay = end + 40
        }
        try contract(
            "Month to month", "Machine service", monthly, 4900, departments[0], number, in: connection)
        let others = places.dropFirst().first ?? first
        try contract("Two years", "Machine rental", rental, 12_900, parties[others], number, in: connection)
        let scope = HoldScope(.only(ID(departments[0])), [.orders, .discounts])
        let hold = NewHold(
            scope, reason: .bill, words: "The bill of 3 May over 420 is not paid; a reminder went out.",
            owner: act.actor)
        let id = try HoldStore.insert(hold, start: act.at, by: act, in: connection)
        try connection.record("hold.placed", "hold", id, by: act, party: departments[0])
    }

    private func department(
        _ name: String, of parent: Int64, _ number: Int64, in connection: any Connection
    ) throws -> Int64 {
        let insert: SQL = """
            INSERT INTO party (kind, name, name_key, serves, source, import_id, created_at, parent_id)
            VALUES ('organisation', \(name), \(name.searchKey), FALSE, \(SampleLoading.source), \(number), \(act.at),
                \(parent)) RETURNING id
            """
        return try connection.first(insert) { try $0.int64(0) } ?? 0
    }

    private func contract(
        _ words: String, _ product: String, _ terms: ContractTerms, _ hundredths: Int, _ party: Int64,
        _ number: Int64, in connection: any Connection, _ more: (inout NewContract) -> Void = { _ in }
    ) throws {
        let price = Money(minor: minor(hundredths, currency), currency: currency)
        var contract = NewContract(
            party: ID(party), words: words, product: product, terms: terms, price: price)
        contract.source = SampleLoading.source
        more(&contract)
        _ = try ContractStore.insert(contract, today: company.end, importID: number, by: act, in: connection)
    }
}

extension SampleRemoval {
    /// Contracts and holds of the sample, and those put on its customers since.
    func removeContracts(parties: SQL, in connection: any Connection) throws {
        let contracts: SQL = "SELECT id FROM contract WHERE party_id IN (\(parties))"
        try connection.run("DELETE FROM contract_price WHERE contract_id IN (\(contracts))")
        try connection.run("DELETE FROM contract WHERE party_id IN (\(parties))")
        try connection.run("DELETE FROM hold WHERE party_id IN (\(parties))")
    }
}
