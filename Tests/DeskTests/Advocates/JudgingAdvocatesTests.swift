import Foundation
import Kernel
import Methods
import StorageTesting
import Testing

@testable import Desk

@Suite struct `Judging whom to ask` {
    private static let today = LocalDate(daysSinceEpoch: 20_500)
    private let rules = AskRules(today: Self.today, askDays: 180, levelMonths: 12)

    private func person(_ change: (inout AskEvidence) -> Void = { _ in }) -> AskEvidence {
        var person = AskEvidence(
            party: 7, account: 7, occasions: 3, lastDay: Self.today + -20)
        change(&person)
        return person
    }

    @Test func `asks repeat customers who are content`() {
        #expect(rules.wish(for: person()) == .referral)
        #expect(rules.wish(for: person { $0.occasions = 1 }) == nil)
        #expect(rules.wish(for: person { $0.part = .passive }) == .referral)
        #expect(rules.wish(for: person { $0.hasWarned = true }) == nil)
        #expect(rules.wish(for: person { ($0.hasWarned, $0.part) = (true, .passive) }) == nil)
        #expect(rules.wish(for: person { ($0.hasWarned, $0.part) = (true, .promoter) }) == .referral)
    }

    @Test func `leaves in peace who refused, complains, waits or was asked lately`() {
        #expect(rules.wish(for: person { $0.isRefused = true }) == nil)
        #expect(rules.wish(for: person { $0.hasComplaint = true }) == nil)
        #expect(rules.wish(for: person { $0.waitsForAnswer = true }) == nil)
        #expect(rules.wish(for: person { $0.lastAsked = Self.today + -179 }) == nil)
        #expect(rules.wish(for: person { $0.lastAsked = Self.today + -180 }) == .referral)
    }

    @Test func `asks only who is still a customer`() {
        #expect(rules.wish(for: person { $0.alive = 0.49 }) == nil)
        #expect(rules.wish(for: person { $0.alive = 0.5 }) == .referral)
        #expect(rules.wish(for: person { ($0.alive, $0.lastDay) = (0.9, Self.today + -900) }) == .referral)
        #expect(rules.wish(for: person { $0.lastDay = Self.today + -400 }) == nil)
    }

    @Test func `asks for what they can give and have not given`() {
        #expect(rules.wish(for: person { ($0.account, $0.occasions) = (9, 4) }) == .referenceCall)
        #expect(rules.wish(for: person { ($0.account, $0.occasions) = (9, 3) }) == .referral)
        #expect(rules.wish(for: person { ($0.part, $0.wroteMuch) = (.promoter, true) }) == .testimonial)
        #expect(
            rules.wish(for: person { ($0.part, $0.wroteMuch, $0.hasTestified) = (.promoter, true, true) })
                == .referral)
        #expect(rules.wish(for: person { $0.hasReferred = true }) == .testimonial)
    }

    @Test func `puts promoters first, then more visits, then the latest visit`() {
        let order = [
            person { ($0.part, $0.occasions) = (.promoter, 2) }, person { $0.occasions = 900_000 },
            person { $0.occasions = 4 }, person { ($0.occasions, $0.lastDay) = (4, Self.today + -30) },
            person { ($0.part, $0.occasions) = (.passive, 2_000_000) },
        ].map(AskRules.place)
        #expect(order == order.sorted(by: >))
        #expect(Set(order).count == 5)
    }
}

@Suite struct `Shortening somebody's words` {
    private static let words =
        "I do not like tea.  Their coffee, though,\nis the best I have had. I am unhappy when it is out."

    @Test(arguments: [
        ("Their coffee, though, is the best I have had.", true), ("Their coffee […] is the best", true),
        ("Their coffee [...] is the best", true), ("[…] the best I have had. […]", true),
        ("I do like tea.", false), ("is the best […] Their coffee", false), ("happy when it is out", false),
        ("Their coffee is the best", false), ("", false), ("[…]", false), ("the bes", false),
        ("their coffee", false), ("I am […] I am", false),
    ])
    func `allows true excerpts only`(short: String, isTrue: Bool) {
        #expect(Excerpt.isTrue(short, of: Self.words) == isTrue)
    }

    @Test func `of random words allows what was cut from them and nothing with a word put in`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let words = (0..<Int.random(in: 4...30, using: &random)).map { _ in
                ["so", "good", "beans", "not", "fresh", "they", "call"].randomElement(using: &random) ?? "so"
            }
            let start = Int.random(in: 0..<words.count - 2, using: &random)
            let gap = Int.random(in: start + 1..<words.count, using: &random)
            let short =
                words[start..<gap].joined(separator: " ") + " […] " + words[gap...].joined(separator: " ")

            #expect(Excerpt.isTrue(short, of: words.joined(separator: " ")))
            #expect(!Excerpt.isTrue(short + " never", of: words.joined(separator: " ")))
        }
    }

    @Test func `shows long words from their beginning, which is an excerpt too`() {
        let long = String(repeating: "coffee and cake ", count: 100)
        let short = Excerpt.beginning(of: long, upTo: 700)

        #expect(short.count <= 705)
        #expect(Excerpt.isTrue(short, of: long))
        #expect(Excerpt.beginning(of: "short", upTo: 700) == "short")
    }

    @Test(arguments: [
        ("Ada Lovelace", "Ada L."), ("Ada", "Ada"), ("  Ada  King Lovelace ", "Ada L."), ("", ""),
    ])
    func `shows a name as it was agreed`(full: String, initial: String) {
        #expect(Testimonial.NameForm.initial.name(of: full) == initial)
        #expect(Testimonial.NameForm.none.name(of: full) == "")
    }
}

@Suite struct `Reading what was written of a friend` {
    @Test(
        arguments: [
            ("Bob Miller", "bob miller", nil, nil), ("Bob <bob@example.com>", "bob", "bob@example.com", nil),
            ("bob@Example.com", "", "bob@example.com", nil), ("Bob, 030 123 4567", "bob", nil, "0301234567"),
            ("Bob from 12", "bob from 12", nil, nil), ("", "", nil, nil),
        ] as [(String, String, String?, String?)])
    func `finds the name and the address`(text: String, name: String, email: String?, phone: String?) {
        let words = FriendWords(text)
        #expect(words.nameKey == name)
        #expect(words.email == email)
        #expect(words.phone == phone)
    }
}

@Suite struct `Listening to advocates` {
    private func texts(
        _ language: SpokenLanguage, _ count: Int, _ isAdvocate: Bool, _ words: String, month: Int = 24_300
    )
        -> [TalkText]
    {
        (0..<count).map { place in
            TalkText(
                source: TalkSource(isAnswer: true, id: Int64(place + (isAdvocate ? 0 : 10_000) + month)),
                customer: Int64(place % 12), isAdvocate: isAdvocate, day: LocalDate.first(ofMonth: month),
                words: words, language: language)
        }
    }

    @Test func `finds what sets advocates apart, with three quotes of different customers`() throws {
        let all =
            texts(.french, 40, true, "Les conseils sont bons, personnel aimable")
            + texts(.french, 40, false, "Trop cher, personnel absent")
        let talk = try TalkReading(language: .french, texts: all).read()

        let terms = try #require(talk.terms)
        #expect(terms.map(\.term).contains("conseils"))
        #expect(!terms.map(\.term).contains("personnel"))
        #expect(terms.allSatisfy { $0.quotes.count == 3 && $0.customers == 12 && $0.first == 40 })
        #expect(talk.fading == nil)
    }

    @Test func `says nothing where there is too little`() throws {
        let all = texts(.english, 19, true, "lovely beans") + texts(.english, 100, false, "late again")
        #expect(try TalkReading(language: .english, texts: all).read().terms == nil)
    }

    @Test func `notices what fades`() throws {
        var all: [TalkText] = []
        for quarter in 0..<6 {
            let month = 24_300 + quarter * 3
            let loved = max(0, 30 - quarter * 7)
            all += texts(.english, loved, true, "delivery surprised everybody", month: month)
            all += texts(.english, 40 - loved, true, "coffee tastes fine", month: month)
            all += texts(.english, 40, false, "coffee tastes fine", month: month)
        }
        let fading = try #require(try TalkReading(language: .english, texts: all).read().fading)

        #expect(fading.map(\.term).contains("delivery"))
        #expect(!fading.map(\.term).contains("coffee"))
    }

    @Test(
        arguments: [
            ("The coffee is not what it was", SpokenLanguage.english),
            ("Der Kaffee ist nicht mehr gut", .german),
            ("Le personnel n'est pas aimable", .french), ("12345", nil),
        ] as [(String, SpokenLanguage?)])
    func `tells languages by their small words`(text: String, language: SpokenLanguage?) {
        #expect(SpokenLanguage.of(text, fallback: nil) == language)
    }
}
