/// Light or dark by choice, or as the device says.
public enum Theme: String, Sendable, Hashable, CaseIterable {
    case automatic = "auto"
    case light, dark

    /// Kept in a cookie, so that the first paint is already right.
    static let cookie = "theme"
}
