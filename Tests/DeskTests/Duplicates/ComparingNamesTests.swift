import Testing

@testable import Desk

@Suite struct `Comparing names` {
    @Test(arguments: [
        ("Ida Berg", "ida  BERG", NameLikeness.same), ("Jürgen Müller", "Juergen Mueller", .spelling),
        ("Berg, Ida", "Ida Berg", .order), ("Hafen GmbH & Co. KG", "Hafen", .legalForm),
        ("I. Berg", "Ida Berg", .initials), ("Ida Brandt", "Ida Bradnt", .slip),
        ("Ida Brandt", "Ida Brandd", .slip),
        ("Ida Brandt", "Ida Brant", .slip), ("Café Möwe", "Cafe Moewe", .spelling),
    ])
    func `finds that they may be the same`(one: String, other: String, how: NameLikeness) {
        #expect(NameLikeness.between(NameKey(one), NameKey(other)) == how)
        #expect(NameLikeness.between(NameKey(other), NameKey(one)) == how)
    }

    @Test(arguments: [
        ("Ida Berg", "Eva Berg"), ("Ida Berg", "Ida Borg Lind"), ("Ann Lee", "Anna Lee"), ("Ida", "I."),
        ("", "Ida"),
        ("Ida Brandt", "Ida Grantd"), ("GmbH", "AG"),
    ])
    func `tells two apart`(one: String, other: String) {
        #expect(NameLikeness.between(NameKey(one), NameKey(other)) == nil)
    }

    @Test func `knows every pair of one slip by trying them all`() {
        let letters: [Unicode.Scalar] = ["a", "b", "c"]
        let words = (1...4).flatMap { length in
            (0..<Int(pow3(length))).map { number in
                (0..<length).map { letters[number / Int(pow3($0)) % 3] }
            }
        }
        for one in words {
            for other in words where one != other {
                #expect(NameLikeness.isOneSlip(one, other) == Self.slips(of: one, letters).contains(other))
            }
        }
    }

    private func pow3(_ n: Int) -> Int { (0..<n).reduce(1) { all, _ in all * 3 } }

    private static func slips(of word: [Unicode.Scalar], _ letters: [Unicode.Scalar]) -> Set<[Unicode.Scalar]>
    {
        var all: Set<[Unicode.Scalar]> = []
        for place in 0...word.count {
            for letter in letters {
                all.insert(Array(word[..<place]) + [letter] + word[place...])
                if place < word.count { all.insert(Array(word[..<place]) + [letter] + word[(place + 1)...]) }
            }
            if place < word.count { all.insert(Array(word[..<place]) + word[(place + 1)...]) }
            if place + 1 < word.count {
                var swapped = word
                swapped.swapAt(place, place + 1)
                all.insert(swapped)
            }
        }
        all.remove(word)
        return all
    }
}
