internal import Synchronization

/// The languages the desk speaks: one complete catalogue and those that lean on it.
public struct Languages: Sendable {
    /// In the order given; the first is complete.
    public let catalogues: [Catalogue]

    public init(base: Catalogue, others: [Catalogue] = []) {
        catalogues = [base] + others
    }

    /// Reads the files' texts; the first is the complete language.
    public init(base: String, others: [String] = []) throws(CatalogueError) {
        let complete = try Catalogue(base)
        var rest: [Catalogue] = []
        for text in others { rest.append(try Catalogue(text, base: complete)) }
        self.init(base: complete, others: rest)
    }

    public var base: Catalogue { catalogues[0] }

    /// The language itself, else one of the same tongue, else the complete one.
    public func catalogue(for language: Language) -> Catalogue { match(language.code) ?? base }

    private func match(_ code: some StringProtocol) -> Catalogue? {
        let wanted = Language(code.lowercased())
        return catalogues.first { $0.language == wanted }
            ?? catalogues.first { $0.language.code.lowercased() == wanted.code }
            ?? catalogues.first { $0.language.primary == wanted.primary }
    }
}

extension Languages {
    private static let process = Mutex(
        Languages(base: Catalogue(empty: .english)))

    /// Sets the languages for the whole process, once at start.
    public static func install(_ languages: Languages) { process.withLock { $0 = languages } }

    public static var installed: Languages { process.withLock { $0 } }
}

extension Languages {
    /// The language to read in: an explicit choice where we speak it, else the best of `Accept-Language`, else
    /// the complete one.
    public func choose(chosen: String? = nil, accepting header: String? = nil) -> Language {
        if let chosen, let catalogue = match(chosen) { return catalogue.language }
        return header.flatMap(best)?.language ?? base.language
    }

    /// Ranges by falling weight, in their own order where weights are equal; weight 0 means never.
    private func best(of header: String) -> Catalogue? {
        let ranges = header.prefix(1000).split(separator: ",").prefix(40).compactMap(Range.init)
        let refused = Set(ranges.filter { $0.weight == 0 }.map(\.code))
        let wanted = ranges.filter { $0.weight > 0 }.enumerated().sorted { one, other in
            (-one.element.weight, one.offset) < (-other.element.weight, other.offset)
        }
        for range in wanted.map(\.element) {
            let found =
                range.code == "*"
                ? catalogues.first { !refused.contains($0.language.code.lowercased()) } : match(range.code)
            if let found, !refused.contains(found.language.code.lowercased()) { return found }
        }
        return nil
    }

    /// `de-AT;q=0.8`
    private struct Range {
        let code: String
        /// Thousandths.
        var weight = 1000

        init?(_ text: Substring) {
            let parts = text.split(separator: ";").map { $0.trimmingBlanks() }
            guard let first = parts.first, !first.isEmpty else { return nil }
            guard first == "*" || first.utf8.allSatisfy(Ascii.isWordPart) else { return nil }
            code = first.lowercased()
            for part in parts.dropFirst() where part.lowercased().hasPrefix("q=") {
                guard let quality = Double(part.dropFirst(2)), (0...1).contains(quality) else { return nil }
                weight = Int((quality * 1000).rounded())
            }
        }
    }
}
