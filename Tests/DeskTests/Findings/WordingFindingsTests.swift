import Kernel
import Markup
import Methods
import Testing

@testable import Desk

@Suite struct `Wording findings` {
    init() { FigureWords.install() }

    private static let languages = ["en", "de"]
    private static let hostile = "<script>\"&' \u{202E}‮שלום " + String(repeating: "W", count: 400)

    /// Findings of every rule, from one company where everything happens at once and a few where it cannot.
    private static func everything() throws -> [Finding] {
        var found: [Finding] = []
        for desired in [
            Levels(first: 5000, repeating: 4000, advocate: 600), Levels(first: 10, repeating: 4, advocate: 6),
        ] {
            for (levels, isLong) in [
                (Levels(first: 1000, repeating: 400, advocate: 60), true),
                (Levels(first: 1200, repeating: 150, advocate: 600), false),
                (Levels(first: 40, repeating: 400, advocate: 20), false),
                (Levels(first: 50, repeating: 48, advocate: 5), false),
                (Levels(first: 10, repeating: 20, advocate: 45), false),
                (Levels(first: 1000, repeating: 850, advocate: 50), true),
            ] {
                found += FindingRules.report(on: try busy(levels, desired, isLong: isLong)).findings
            }
        }
        let history = FindingFacts(
            profile: try Company.profile(
                Levels(first: 900, repeating: 100, advocate: 0), measured: false,
                begins: Company.window.lowerBound + 9,
                median: 300),
            currency: "EUR")
        return found + FindingRules.report(on: history).findings
    }

    private static func busy(_ levels: Levels, _ desired: Levels, isLong: Bool) throws -> FindingFacts {
        var facts = FindingFacts(
            profile: try Company.profile(levels, median: isLong ? 60 : nil), currency: "EUR")
        facts.before = try Company.profile(
            Levels(first: 900, repeating: 400, advocate: 10), Company.yearBefore)
        facts.newcomers = Company.waits(back: isLong ? 200 : 400, of: 1000)
        facts.newcomersBefore = Company.waits(back: 300, of: 1000)
        facts.loss = LossCount(judged: 9000, lost: 7000)
        facts.desired = desired
        if isLong { facts.earlier = [(end: Company.end.adding(months: -1), levels: levels)] }
        facts.hasAddresses = true
        facts.channels = [
            ChannelCount(name: hostile, newcomers: 500, reachable: 100),
            ChannelCount(name: "web", newcomers: 500, reachable: 450),
        ]
        let rows = [
            Company.source(hostile, cost: 5_000, margin: 1_000),
            Company.source("fair", cost: 3_000, margin: 1_000),
        ]
        facts.economics = try Company.economics(
            revenue: [90_000, 70_000, 50_000, 3_000], months: isLong ? 14 : nil,
            acquisition: Company.acquisition(rows, all: Company.source("", cost: 4_000, margin: 1_000)))
        facts.rushes = rushes
        facts.voice = try voice(isLong)
        facts.thanks = (3, isLong ? 2 : 0)
        facts.contracts = isLong ? ContractLoss(under: 50, ended: 20, unseen: 5) : nil
        facts.figures = try figures(isLong)
        return facts
    }

    private static var rushes: [Rush] {
        let end = Company.end
        return [(60, false, 300), (235, false, 500), (0, true, 10)].map { back, isRecent, ago in
            Rush(
                days: (end + (-ago))...(end + (-ago + 6)), newcomers: 700, expected: 140,
                waits: Company.waits(back: back, of: 700), waitsBefore: Company.waits(back: 200, of: 600),
                isRecent: isRecent)
        }
    }

    private static func voice(_ rises: Bool) throws -> VoiceCounts {
        VoiceCounts(
            window: Company.window, about: .us,
            now: try Company.counts(rises ? 240 : 60, 100, rises ? 60 : 120),
            before: try Company.counts(200, 120, 80), promoters: 90, willing: rises ? 40 : 1, consentOpen: 1,
            acts: 1,
            unconvinced: try ShareCount(40, of: 180), unconvincedBefore: try ShareCount(90, of: 180))
    }

    private static func figures(_ helps: Bool) throws -> CompletedRun {
        var lists: [ListTotal] = []
        for list in CustomerList.allCases {
            var total = ListTotal(list: list)
            (total.customers, total.money) = (helps ? 40 : 1, 90_000)
            lists.append(total)
        }
        var outcome = ListOutcome(list: .overdue)
        (outcome.worked, outcome.workedCame, outcome.held, outcome.heldCame) = (
            400, helps ? 200 : 20, 200, 50
        )
        return Company.run(lists: lists, outcomes: [outcome], model: helps ? .mbgNBD : nil)
    }

    @Test(arguments: languages)
    func `has words for every sentence, rule and level, in`(_ language: String) throws {
        let catalogue = try #require(Languages.installed.catalogues.first { $0.language.code == language })
        let keys = Set(catalogue.keys)
        for kind in FindingKind.allCases {
            #expect(keys.contains("finding.rule.\(kind.rawValue)"), "\(kind)")
            for variant in kind.variants {
                #expect(keys.contains("finding.\(kind.rawValue).\(variant)"), "\(kind) \(variant)")
                if kind != .lever {
                    #expect(keys.contains("finding.\(kind.rawValue).\(variant).more"), "\(kind) \(variant)")
                }
            }
        }
    }

    @Test func `fills every sentence with the values it names, in their order`() throws {
        let catalogue = try #require(Languages.installed.catalogues.first { $0.language.code == "en" })
        let found = try Self.everything()

        for finding in found {
            #expect(finding.kind.variants.contains(finding.variant), "\(finding.kind) \(finding.variant)")
            #expect(
                catalogue.arguments(of: finding.phraseKey) ?? [] == finding.headline.map(\.name),
                "\(finding.phraseKey)")
            if finding.kind != .lever {
                let more = finding.phraseKey + ".more"
                #expect(catalogue.arguments(of: more) ?? [] == finding.detail.map(\.name), "\(more)")
            }
        }
        // For this test to mean anything: hardly a sentence that no company was made up for.
        let said = Set(found.map { "\($0.kind.rawValue).\($0.variant)" })
        let known = Set(
            FindingKind.allCases.flatMap { kind in kind.variants.map { "\(kind.rawValue).\($0)" } })
        #expect(
            known.subtracting(said).isSubset(of: [
                "lever.newcomers", "lever.consent", "lever.overdue", "lever.broadMiddle", "lever.capture",
                "lever.ask",
            ]), "\(known.subtracting(said).sorted())")
    }

    @Test(arguments: languages)
    func `says hostile names as they are and breaks out of nothing, in`(_ language: String) throws {
        let reader = language == "de" ? FigureWords.german : Reader.current
        try Reader.$current.withValue(reader) {
            let words = FindingWords(names: [1: Self.hostile, 2: "Ben", 3: "Cem"])
            for finding in try Self.everything() {
                let html = "\(words.headline(finding))\(words.detail(finding))" as HTML
                #expect(!html.text.contains("<script>"), "\(finding.phraseKey)")
                let text =
                    words.headlineText(finding) + (finding.kind == .lever ? "" : words.detailText(finding))
                #expect(
                    !text.contains("finding.") && !text.contains("{") && !text.contains("economics."),
                    "\(text)")
                let isNamed = (finding.headline + finding.detail).contains {
                    if case .text = $0.value { true } else { false }
                }
                #expect(html.text.contains("<bdi>") == isNamed, "\(finding.phraseKey)")
                for cell in finding.table.rows.flatMap(\.self) {
                    #expect(!words.html(cell).text.contains("<script>"))
                    #expect(!words.text(cell).contains("finding."), "\(cell)")
                }
                for head in finding.table.heads {
                    #expect(!Phrase("finding.column.\(head)").text.contains("finding."), "\(head)")
                }
            }
        }
    }

    @Test(arguments: languages) func `names every missing piece of data, in`(_ language: String) throws {
        let reader = language == "de" ? FigureWords.german : Reader.current
        let bare = FindingFacts(
            profile: try Company.profile(Levels(first: 9, repeating: 0, advocate: 0), measured: false),
            currency: "EUR")
        Reader.$current.withValue(reader) {
            let gaps = FindingRules.report(on: bare).gaps
            #expect(gaps.count > 12)
            for gap in gaps + [FindingGap("noPurchases"), FindingGap("noMargin"), FindingGap("noRevenue")] {
                #expect(!FindingWords(names: [:]).gap(gap).text.contains("finding."), "\(gap.reason)")
                #expect(!Phrase("finding.gap.name.\(gap.reason)").text.contains("finding."), "\(gap.reason)")
            }
        }
    }

    @Test func `keeps every kind of value through the books`() throws {
        let values: [FindingValue] = [
            .count(3), .days(30), .number(0.25, decimals: 2), .share(0.5),
            .range(0.5, lower: 0.4, upper: 0.6),
            .between(2, lower: 1, upper: nil), .money(-5, "EUR"), .day(20_000), .chance(0.01),
            .text(Self.hostile),
            .word("finding.row.new"), .party(9), .nothing,
        ]

        #expect(try Stored.value(of: Stored.text(of: values), as: [FindingValue].self) == values)
    }
}
