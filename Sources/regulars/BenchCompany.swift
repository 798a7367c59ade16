import Foundation
import Kernel

/// Files of an invented company, the same for a seed.
struct BenchCompany: Sendable {
    let customers: Int
    let seed: UInt64

    private static let names = """
        Ada Amal Anton Astrid Bela Bruno Carla Chidi Dana Dario Elena Emil Fatima Finn Greta Hana Hugo Ines Ivan Jana \
        Jonas Kemal Lena Linh Luca Mara Mateo Mina Nadia Noah Olga Omar Paula Quentin Rosa Sami Selma Tara Tomas Uma \
        Vera Viktor Wanda Xenia Yara Yusuf Zoe Zita
        """.split(separator: " ").map(String.init)
    private static let families = """
        Abel Baker Castro Duarte Eriksen Fischer Garcia Haas Ito Jensen Kowalski Lindqvist Moreau Novak Okafor Petrov \
        Quinn Rossi Santos Tanaka Ueda Vargas Weber Xu Yilmaz Zimmer Ostrander Walther Beaumont Carraway
        """.split(separator: " ").map(String.init)

    func customerFile(in folder: String) throws -> String {
        var random = SplitMix(state: seed)
        let path = folder + "/bench-customers.csv"
        try write(to: path, header: "customer,name,email\n") { row in
            for index in 0..<customers {
                let name = BenchCompany.names[Int(random.next() % UInt64(BenchCompany.names.count))]
                let family = BenchCompany.families[Int(random.next() % UInt64(BenchCompany.families.count))]
                try row("c\(index + 1),\(name) \(family),\(name).\(family)\(index + 1)@example.com\n")
            }
        }
        return path
    }

    /// Three years of customers who come, buy at a rhythm of their own, and leave. About ten purchases each.
    ///
    /// Rows stand in rounds: everybody's first purchase, then everybody's second, so that a customer's rows are spread
    /// over the whole file as they are in files written by day.
    func purchaseFile(in folder: String) throws -> (path: String, rows: Int) {
        let first = LocalDate(year: 2023, month: 11, day: 1)?.daysSinceEpoch ?? 0
        let days = (0..<BenchCustomer.days).map { LocalDate(daysSinceEpoch: first + $0).description }
        let channels = ["shop", "web", "phone"]
        var random = SplitMix(state: seed &+ 1)
        var everyone = (0..<customers).map { BenchCustomer(number: $0, seed: seed) }
        var coming = Array(everyone.indices)
        coming.shuffle(using: &random)
        var rows = 0
        let path = folder + "/bench-purchases.csv"
        try write(to: path, header: "customer,date,quantity,amount,product,channel\n") { row in
            while !coming.isEmpty {
                for place in coming {
                    let number = random.next()
                    let cents = number % 20_000 + 100
                    try row("c\(place + 1),\(days[everyone[place].day]),\(number % 3 + 1),\(cents / 100).")
                    try row(cents % 100 < 10 ? "0\(cents % 100)" : "\(cents % 100)")
                    try row(",p\(number >> 8 & 63),\(channels[Int(number >> 16) % 3])\n")
                    rows += 1
                }
                coming.removeAll { !everyone[$0].comesAgain() }
            }
        }
        return (path, rows)
    }

    private func write(to path: String, header: String, _ body: ((String) throws -> Void) throws -> Void)
        throws
    {
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw Failure("\(path) cannot be written")
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        var text = header
        try body { piece in
            text += piece
            guard text.utf8.count > 1 << 20 else { return }
            try file.write(contentsOf: Data(text.utf8))
            text = ""
        }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }
}

/// One customer of the invented company, as the modified beta-geometric model has them (Batislam, Denizel and Filiztekin
/// 2007): buys at a rate drawn once, and after each purchase leaves with a chance drawn once. With r = 1,
/// alpha = 14 days, a = 1 and b = 6 that makes ten purchases each in three years, and every fifth customer buys once.
struct BenchCustomer {
    static let days = 1095

    private var random: SplitMix
    private var time: Float
    private let gap: Float
    private let leaving: Float

    var day: Int { Int(time) }

    init(number: Int, seed: UInt64) {
        random = SplitMix(state: seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ 2)
        _ = random.next()
        time = Float(random.next() % UInt64(BenchCustomer.days))
        gap = Float(14 / max(1e-9, -log(random.share())))
        leaving = Float(1 - pow(random.share(), 1.0 / 6))
    }

    /// Goes on to the next purchase; false where there is none.
    mutating func comesAgain() -> Bool {
        guard Float(random.share()) > leaving else { return false }
        time += gap * Float(-log(random.share()))
        return time < Float(BenchCustomer.days)
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Above 0, at most 1.
    mutating func share() -> Double { Double((next() >> 11) + 1) / 9_007_199_254_740_992 }
}
