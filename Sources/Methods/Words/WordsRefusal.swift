/// Why counts of words give no answer.
public enum WordsRefusal: Error, Equatable {
    /// Fewer than two terms remain; the odds of a term need others beside it.
    case tooFewTerms
    /// One body of texts counts documents, another occurrences.
    case countedDifferently
    /// Which input, and what it may be.
    case outOfRange(OutOfRange)

    /// Runs checks that throw `OutOfRange`, as part of a refusal.
    static func passing(_ check: () throws(OutOfRange) -> Void) throws(Self) {
        do { try check() } catch { throw .outOfRange(error) }
    }
}
