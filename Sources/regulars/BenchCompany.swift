import Foundation
import Kernel

/// Files of an invented company, the same for a seed.
struct BenchCompany: Sendable {
    let customers: Int
    let purchases: Int
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
        return try write("bench-customers.csv", in: folder, header: "customer,name,email\n", count: customers)
        { index, line in
            let name = BenchCompany.names[Int(random.next() % UInt64(BenchCompany.names.count))]
            let family = BenchCompany.families[Int(random.next() % UInt64(BenchCompany.families.count))]
            line += "c\(index + 1),\(name) \(family),\(name).\(family)\(index + 1)@example.com\n"
        }
    }

    /// Days within three years; a few customers buy often, most seldom.
    func purchaseFile(in folder: String) throws -> String {
        var random = SplitMix(state: seed &+ 1)
        let first = LocalDate(year: 2023, month: 11, day: 1)?.daysSinceEpoch ?? 0
        let days = (0..<1095).map { LocalDate(daysSinceEpoch: first + $0).description }
        let channels = ["shop", "web", "phone"]
        let count = Double(customers)
        return try write(
            "bench-purchases.csv", in: folder, header: "customer,date,quantity,amount,product,channel\n",
            count: purchases
        ) { index, line in
            let uniform = Double(random.next() >> 11) / 9_007_199_254_740_992
            // Every tenth purchase in turn, so that nobody is left out; the others lean to few.
            let customer = index % 10 == 0 ? index / 10 % customers : Int(uniform * uniform * count)
            let number = random.next()
            let cents = number % 20_000 + 100
            line += "c\(customer + 1),\(days[Int(number >> 20) % 1095]),\(number % 3 + 1),\(cents / 100)."
            line += cents % 100 < 10 ? "0\(cents % 100)" : "\(cents % 100)"
            line += ",p\(number >> 8 & 63),\(channels[Int(number >> 16) % 3])\n"
        }
    }

    private func write(
        _ name: String, in folder: String, header: String, count: Int, _ row: (Int, inout String) -> Void
    ) throws -> String {
        let path = folder + "/" + name
        guard FileManager.default.createFile(atPath: path, contents: nil) else {
            throw Failure("\(path) cannot be written")
        }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        var text = header
        for index in 0..<count {
            row(index, &text)
            if text.utf8.count > 1 << 20 {
                try file.write(contentsOf: Data(text.utf8))
                text = ""
            }
        }
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
        return path
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
}
