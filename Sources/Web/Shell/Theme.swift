/// Light or dark by choice, or as the device says.
public enum Theme: String, Sendable, Hashable, CaseIterable {
    case automatic = "auto"
    case light, dark

    /// The cookie theme.js writes, so that the first paint is already right.
    static let cookie = "regulars-theme"
}
