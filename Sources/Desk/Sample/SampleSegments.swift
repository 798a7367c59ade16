import Kernel
import Markup
import Storage

/// Two types of customers of the sample company, with what they need and what it alone is to them.
enum SampleSegments {
    private static let filters = [
        ("offices", "kind:'organisation'"),
        ("weekend", "kind:'person' AND occasions:>3 AND channel:'shop'"),
    ]

    /// In the language of the organisation when the sample is loaded; people may change the words.
    static func contents(in language: String) -> [SegmentContent] {
        let reader = Reader(language: Language(language))
        return filters.map { name, filter in
            func words(_ part: String) -> String {
                Phrase("segment.sample.\(name).\(part)").text(for: reader)
            }
            return SegmentContent(
                name: words("name"), need: words("need"), valued: words("valued"),
                uniqueValue: words("unique"), filter: filter)
        }
    }

    /// Those whose names nobody has given to a segment yet.
    static func add(_ contents: [SegmentContent], by act: Act, in connection: any Connection) throws {
        let known = Set(try SegmentStore.all(in: connection).map(\.content.name.searchKey))
        for content in contents where !known.contains(content.name.searchKey) {
            _ = try SegmentStore.add(content, isSample: true, by: act, in: connection)
        }
    }
}
