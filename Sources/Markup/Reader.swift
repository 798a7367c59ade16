/// Who is reading: the language, clock and form token that a page is written for.
///
/// It travels as a task-local, so that a page can say `\(t: "ticket.resolve")` with no plumbing:
/// `Reader.$current.withValue(reader) { page.main }`.
public struct Reader: Sendable {
    @TaskLocal public static var current = Reader()

    public let language: Language
    /// Other languages than the installed ones, for a test.
    let languages: Languages?
    /// The reader's time zone, such as `Europe/Berlin`.
    public let zone: String
    /// How far that zone's clocks are ahead of UTC at a moment; both in milliseconds.
    public let offset: @Sendable (_ millisecondsSinceEpoch: Int64) -> Int64
    /// What a form sends back to show that it came from a page of ours.
    public let formToken: String?

    public init(
        language: Language = .english, languages: Languages? = nil, zone: String = "UTC",
        offset: @escaping @Sendable (_ millisecondsSinceEpoch: Int64) -> Int64 = { _ in 0 },
        formToken: String? = nil
    ) {
        self.language = language
        self.languages = languages
        self.zone = zone
        self.offset = offset
        self.formToken = formToken
    }

    /// The same reader with the form token of this request.
    public func with(formToken: String?) -> Reader {
        Reader(language: language, languages: languages, zone: zone, offset: offset, formToken: formToken)
    }

    /// The phrases of the reader's language, as installed at start.
    public var catalogue: Catalogue { (languages ?? Languages.installed).catalogue(for: language) }
}
