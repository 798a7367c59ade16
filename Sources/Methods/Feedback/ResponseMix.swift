/// Who answered: the response rate of the base and of each level, and whether the levels answered alike.
///
/// The test sets those who answered against those who did not (Pearson's chi-square), which is what "does
/// the mix of the answers differ from the mix of the base" means when the answers are part of the base.
/// If they differ, weight: `WeightedScore`.
public struct ResponseMix: Sendable, Equatable {
    /// One level of the base and how readily it answered.
    public struct Level: Sendable, Equatable {
        /// As the caller named it.
        public let name: String
        /// How many of its people answered.
        public let count: ShareCount
        /// The share of the level that answered, 0…1, with its Wilson interval; nil for a level of nobody.
        public let rate: WilsonInterval?
        /// The level's part of the base, 0…1.
        public let partOfBase: Double
        /// The level's part of the answers, 0…1; nil when nobody answered.
        public let partOfAnswers: Double?
    }

    /// In the order given.
    public let levels: [Level]
    /// The share of the whole base that answered, 0…1, with its Wilson interval.
    public let rate: WilsonInterval
    /// Whether the levels answered alike.
    public let test: HomogeneityTest

    /// - Parameter levels: the name of each level and how many of its people answered, up to 1,000 levels.
    /// - Throws: `OutOfRange` naming `levels` or `people` when there is nobody at all or more than 10¹².
    public init(_ levels: [(name: String, count: ShareCount)]) throws(OutOfRange) {
        guard levels.count <= 1000 else {
            throw OutOfRange(input: "levels", value: Double(levels.count), allowed: "at most 1000")
        }
        let answers = levels.reduce(0) { $0 + $1.count.successes }
        let people = levels.reduce(0) { $0 + $1.count.total }
        try OutOfRange.check(count: people, "people", from: 1)
        rate = try wilson(successes: answers, of: people)
        test = HomogeneityTest(levels.map(\.count))
        var described: [Level] = []
        for (name, count) in levels {
            let rate = count.total == 0 ? nil : try wilson(successes: count.successes, of: count.total)
            described.append(
                Level(
                    name: name, count: count, rate: rate,
                    partOfBase: Double(count.total) / Double(people),
                    partOfAnswers: answers == 0 ? nil : Double(count.successes) / Double(answers)))
        }
        self.levels = described
    }
}
