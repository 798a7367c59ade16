import Foundation
import Kernel
import Storage
import StorageTesting
import Testing

@testable import Desk

/// A small shop whose customers are of a few kinds, for the tests that need a base a model can be fitted to.
struct Shop: Sendable {
    /// The day the shop opened.
    static let opening = 20_300
    /// The last day with a purchase.
    static let end = LocalDate(daysSinceEpoch: opening + 182)

    /// How many customers, and on which days after the opening they bought.
    static let kinds: [(customers: Int, days: [Int])] = [
        (60, [0]), (20, [40]), (15, [170]), (14, [0, 12]), (9, [3, 95]), (6, [1, 4]), (8, [2, 25, 50]),
        (6, [0, 75, 150]), (6, [8, 20, 31, 140]), (5, [0, 9, 16, 22, 33]), (6, [5, 35, 62, 93, 128, 160]),
        (3, [0, 2, 6, 10]), (3, [1, 5, 8, 13, 20, 23, 30, 36]),
        (2, [0, 8, 19, 31, 52, 61, 74, 90, 112, 130, 144, 163, 182]),
    ]

    /// Everyone's days, in the order of their ids.
    let days: [[Int]]
    let ids: [ID<Party>]

    /// The best customer.
    var regular: ID<Party> { ids[ids.count - 1] }

    @discardableResult
    static func open(
        on desk: TestDesk, kinds: [(customers: Int, days: [Int])] = Shop.kinds, currency: String = "EUR"
    ) async throws -> Shop {
        let days = kinds.flatMap { kind in Array(repeating: kind.days, count: kind.customers) }
        let now = desk.clock.now
        let ids = try await desk.database.write { connection in
            try days.enumerated().map { index, days in
                let id = try CustomerStore.add(
                    NewCustomer(name: "Guest \(index)"), by: Act(by: nil, at: now), in: connection)
                for (number, day) in days.enumerated() {
                    // Customers differ in what they spend, and each one's purchases a little.
                    let amount = Int64((500 + index * 7919 % 4000) * (80 + (number * 37 + index) % 41) / 100)
                    try buy(id, on: opening + day, amount, currency, in: connection)
                }
                return id
            }
        }
        return Shop(days: days, ids: ids)
    }

    static func buy(
        _ id: ID<Party>, on day: Int, _ amount: Int64 = 1200, _ currency: String = "EUR",
        in connection: any Connection
    ) throws {
        let purchase = try connection.first(
            """
            INSERT INTO purchase (account_id, day, amount, currency, quantity, product, channel, source, import_id,
                recorded_at)
            VALUES (\(id), \(day), \(amount), \(currency), 1, '', '', 'test', 0, 0) RETURNING id
            """
        ) { try $0.int64(0) }
        try LevelStore.purchaseWasRecorded(
            purchase ?? 0, account: id.value, day: day, amount: amount, currency: currency, in: connection)
    }
}

extension TestDesk {
    var figureStore: FigureStore { FigureStore(database: database, clock: clock) }
    var listStore: ListStore { ListStore(database: database, clock: clock) }

    /// Computes everyone's figures now.
    @discardableResult
    func computeFigures(_ options: FigureOptions = FigureOptions()) async throws -> FigureReport {
        let organisation = try await desk.organisations.required()
        return try await FigureRun(desk: desk, organisation: organisation, options: options)
            .run(by: desk.act(by: nil))
    }

    func count(_ statement: SQL) async throws -> Int { try await database.read { try $0.number(statement) } }
}

extension TestDesk {
    /// What a customer has brought so far, as figures computed now say.
    func computedWorth(of id: ID<Party>) async throws -> Int64? {
        try await computeFigures()
        return try await figureStore.figures(of: id)?.figures?.worth
    }

    /// Imports a file of purchases as a manager would.
    func bringPurchases(_ text: String) async throws {
        let barbara = try await signedIn(as: .barbara)
        let sent = try await barbara.upload(
            "/imports", ["kind": "purchases"], file: "file", named: "more.csv", Array(text.utf8))
        try await runImports()
        _ = try await barbara.post("\(sent.location ?? "")/start")
        try await runImports()
    }
}
