import Foundation
import Methods

/// The purchases of 1997's first CDNOW customers, where the shared folder has them.
enum CDNOW {
    static let hasSample = SharedFolder.has("data/cdnow/CDNOW_sample.txt")
    static let hasMaster = SharedFolder.has("data/cdnow/CDNOW_master.txt")
    static let hasSummary = SharedFolder.has("data/cdnow/cdnow_customers_summary_with_transactions.csv")

    /// 1997-09-30 and 1998-06-30 as days since the first of January 1997: 39 weeks each way.
    static let cut = 272
    static let end = 545

    /// Days and dollars (in cents) of every customer of the one-in-ten sample.
    static func sample() throws -> [PurchaseDays] {
        try purchases("data/cdnow/CDNOW_sample.txt", dayColumn: 2)
    }

    static func master() throws -> [PurchaseDays] {
        try purchases("data/cdnow/CDNOW_master.txt", dayColumn: 1)
    }

    private static func purchases(_ path: String, dayColumn: Int) throws -> [PurchaseDays] {
        guard let file = SharedFolder.file(path) else { return [] }
        var customers: [[(day: Int, amount: Amount)]] = []
        var name: ArraySlice<UInt8> = []
        for line in try [UInt8](Data(contentsOf: file)).split(whereSeparator: { $0 == 10 || $0 == 13 }) {
            let fields = line.split(separator: 32)
            guard let first = fields.first?.first, (48...57).contains(first) else { continue }
            // The file is in order of customers.
            if fields[0] != name { customers.append([]) }
            name = fields[0]
            let purchase = (day: day(fields[dayColumn]), amount: cents(fields[fields.count - 1]))
            customers[customers.count - 1].append(purchase)
        }
        return try customers.map { try PurchaseDays(purchases: $0) }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { (48...57).contains($1) ? $0 * 10 + Int($1) - 48 : $0 }
    }

    /// All amounts have two places.
    private static func cents(_ field: ArraySlice<UInt8>) -> Amount {
        Amount(minorUnits: Double(number(field)))
    }

    private static let monthStarts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]

    private static func day(_ field: ArraySlice<UInt8>) -> Int {
        let stamp = number(field)
        return (stamp / 10_000 - 1997) * 365 + monthStarts[stamp / 100 % 100 - 1] + stamp % 100 - 1
    }

    /// x, tₓ, T to two places and the mean repeat spend in dollars, as in the 2005 spreadsheet.
    static func summary() throws -> [(history: PurchaseHistory<Weeks>, mean: Double)] {
        let path = "data/cdnow/cdnow_customers_summary_with_transactions.csv"
        guard let file = SharedFolder.file(path) else { return [] }
        return try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
            .map {
                let fields = $0.split(separator: ",").compactMap { Double($0) }
                let history = try PurchaseHistory<Weeks>(
                    repeats: Int(fields[1]), last: Time(fields[2]), observed: Time(fields[3]))
                return (history, fields[4])
            }
    }
}

/// The reference file bgnbd_cdnow.json, as far as the tests read it.
struct CDNOWVectors: Decodable {
    struct Row: Decodable {
        let x: Int
        let t_x, T, log_likelihood_i, p_alive: Double
        let expected_transactions: [String: Double]?
        let expected_39, expected_52: Double?

        func history() throws -> PurchaseHistory<Weeks> {
            try PurchaseHistory(repeats: x, last: Time(t_x), observed: Time(T))
        }
    }

    struct Individual: Decodable {
        let params: [String: Double]
        let rows: [Row]
    }

    struct NewCustomer: Decodable {
        let E_X_t, pmf_t39: [String: Double]
    }

    struct LogLikelihood: Decodable {
        let model: String
        let params: [Double]
        let total: Double
    }

    let bgnbd_individual, mbgnbd_individual, paretonbd_individual: Individual
    struct Aggregates: Decodable {
        let sum_p_alive, mean_p_alive_repeaters: Double
    }

    let bgnbd_new_customer: NewCustomer
    let cohort_aggregates_at_published_params: Aggregates
    let log_likelihood_at_fixed_parameters: [LogLikelihood]

    static let isHere = SharedFolder.has("vectors/bgnbd_cdnow.json")
    static let missing: String =
        "shared/vectors/bgnbd_cdnow.json is not here; set REGULARS_SHARED to check against it"

    static func read() throws -> Self? {
        guard let file = SharedFolder.file("vectors/bgnbd_cdnow.json") else { return nil }
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    }
}
