/// What a person would call their browser: `Firefox · Linux`, out of what browsers say they are.
enum DeviceName {
    /// The text itself where it is none we know: better a strange word than a wrong one.
    static func short(for userAgent: String) -> String {
        let names = [browser(userAgent), system(userAgent)].compactMap(\.self)
        return names.isEmpty ? String(userAgent.prefix(60)) : names.joined(separator: " · ")
    }

    /// The order matters: nearly everybody claims to be Safari, and most claim to be Chrome.
    private static let browsers = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
        ("Vivaldi/", "Vivaldi"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chromium/", "Chromium"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]

    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"),
        ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
    ]

    private static func browser(_ text: String) -> String? { first(browsers, in: text) }

    private static func system(_ text: String) -> String? { first(systems, in: text) }

    private static func first(_ names: [(mark: String, name: String)], in text: String) -> String? {
        names.first { text.contains($0.mark) }?.name
    }
}
