/// Gathers customers who share something, without comparing everybody with everybody.
///
/// Each thing a customer has becomes a number; who has the same number stands in one block, and only within a block are
/// pairs looked at. Numbers of one part at a time are held, so that memory stays the same however many customers there are.
struct DuplicateBlocks {
    /// More than these share something that tells nothing about who they are, such as an office's own address.
    static let largest = 40
    /// Numbers held at a time, about.
    static let held = 2_000_000

    let part: Int
    let parts: Int
    private var entries: [(key: UInt64, id: Int64)] = []

    init(part: Int, of parts: Int) {
        self.part = part
        self.parts = parts
    }

    /// How many parts keep so many customers within `held`.
    static func parts(customers: Int) -> Int { 1 + customers * 4 / held }

    mutating func add(_ candidate: DuplicateCandidate) {
        for key in DuplicateBlocks.keys(of: candidate) where Int(key >> 1 % UInt64(parts)) == part {
            entries.append((key, candidate.id))
        }
    }

    /// Blocks of two and more, each with its members in order of their ids.
    func each(_ body: (_ members: [Int64], _ isByName: Bool) throws -> Void) rethrows {
        let sorted = entries.sorted { ($0.key, $0.id) < ($1.key, $1.id) }
        var start = 0
        while start < sorted.count {
            var end = start + 1
            while end < sorted.count, sorted[end].key == sorted[start].key { end += 1 }
            if end - start > 1 { try body(sorted[start..<end].map(\.id), sorted[start].key & 1 == 1) }
            start = end
        }
    }

    /// The lowest bit says that the number is a name's.
    static func keys(of candidate: DuplicateCandidate) -> Set<UInt64> {
        var keys: Set<UInt64> = []
        func add(_ words: String, isName: Bool = false) {
            let number = hash(candidate.kind.prefix(1) + words)
            keys.insert(isName ? number | 1 : number & ~1)
        }
        for email in candidate.emails { add("e" + email) }
        for phone in candidate.phones { add("p" + phone) }
        for handle in candidate.handles { add("h" + handle) }
        guard let letter = candidate.name.family.first else { return keys }
        add("n" + candidate.name.sorted, isName: true)
        for company in candidate.companies { add("c\(company) \(letter)") }
        for domain in candidate.domains { add("d\(domain) \(letter)") }
        return keys
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
