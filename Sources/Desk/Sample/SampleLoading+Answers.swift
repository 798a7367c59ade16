import Kernel
import Storage

/// One answer of the sample company's survey.
struct SampleAnswer: Sendable {
    let customer: Int
    let day: LocalDate
    let score: Int
    let words: String
    let event: String
    let visits: Int
}

extension SampleCompany {
    /// Every spring and autumn some customers are asked about us, and now and then one after a delivery.
    ///
    /// Drawn apart from the diary, so that the customers and their purchases stay what they were. Whoever came often
    /// answers more readily and more warmly; nobody who never bought is asked.
    func answers(endingOn end: LocalDate) -> [SampleAnswer] {
        var random = SampleRandom(seed: 0x5A7E)
        var visits: [Int: [LocalDate]] = [:]
        for purchase in purchases where purchase.amount >= 0 {
            visits[purchase.customer, default: []].append(purchase.day)
        }
        var answers: [SampleAnswer] = []
        for customer in visits.keys.sorted() where !customers[customer].isOrganisation {
            let days = (visits[customer] ?? []).sorted()
            for (place, day) in days.enumerated() {
                let isRegular = place >= 3
                guard random.chance(isRegular ? 0.035 : 0.05) else { continue }
                let asked = day + random.int(1...12)
                guard asked <= end else { continue }
                let mood = random.int(0...99)
                let score = SampleCompany.score(mood, isRegular: isRegular, &random)
                let words = random.chance(0.3) ? SampleCompany.words(for: score, &random) : ""
                answers.append(
                    SampleAnswer(
                        customer: customer, day: asked, score: score, words: words,
                        event: random.chance(0.2) ? "delivery" : "", visits: place + 1))
            }
        }
        return answers
    }

    private static func score(_ mood: Int, isRegular: Bool, _ random: inout SampleRandom) -> Int {
        let (warm, fine) = isRegular ? (58, 88) : (40, 78)
        if mood < warm { return random.int(9...10) }
        return mood < fine ? random.int(7...8) : random.int(0...6)
    }

    private static func words(for score: Int, _ random: inout SampleRandom) -> String {
        if score >= 9 {
            return random.pick([
                "The coffee arrives fresh, every time.", "They remember what I drink.", "Best beans in town.",
                "A real person answers when I call.",
            ])
        }
        if score >= 7 {
            return random.pick([
                "Good coffee. Delivery could be quicker.", "Fine, though others are cheaper.",
                "Nothing to complain about.",
            ])
        }
        return random.pick([
            "Waited two weeks for my order.", "Nobody called me back.", "The bag was open when it came.",
        ])
    }
}

extension SampleLoading {
    func addAnswers(_ parties: [Int64], _ number: Int64, in connection: any Connection) throws {
        let rows = company.answers(endingOn: company.end)
        func numbers(_ value: (SampleAnswer) -> Int) -> Batch.Column {
            .integers(rows.map { Int64(value($0)) })
        }
        try connection.load(
            Batch(
                into: "answer", count: rows.count,
                columns: [
                    ("party_id", .integers(rows.map { parties[$0.customer] })),
                    ("kind", .constant(.text("nps"))),
                    ("day", numbers(\.day.daysSinceEpoch)), ("given", numbers(\.score)),
                    ("scale", .constant(.text(AnswerScale.standard.text))), ("mapping", .constant(.text(""))),
                    ("score", numbers(\.score)),
                    ("part", numbers { (ScoreReader.standard.read($0.score)?.part ?? .detractor).rawValue }),
                    ("words", .texts(rows.map(\.words))), ("after_event", .texts(rows.map(\.event))),
                    ("about", .texts(rows.map { $0.event.isEmpty ? "us" : "event" })),
                    ("visits", numbers(\.visits)), ("band", numbers { VisitBand.start(of: $0.visits) }),
                    ("attribute", .constant(.text(""))), ("source", .constant(.text(SampleLoading.source))),
                    ("outside_id", .texts(rows.indices.map { "HC-A\($0)" })),
                    ("row_key", .texts(rows.indices.map { "id:HC-A\($0)" })),
                    ("import_id", .constant(.integer(number))), ("recorded_at", .constant(act.at.sqlValue)),
                ]))
        try AnswerTallyStore.count("a.import_id = \(number)", sign: 1, in: connection)
        while try AnswerTallyStore.fold(limit: 10_000_000, in: connection) > 0 {}
    }
}
