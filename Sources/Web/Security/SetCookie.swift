public import HTTPTypes

/// A cookie we set. Always `HttpOnly`, `SameSite=Lax` and for the whole site.
///
/// Behind https its name begins with `__Host-`, which makes browsers refuse one that another host or an
/// unprotected page tried to plant.
public struct SetCookie: Sendable, Hashable {
    public let name: String
    public let value: String
    public let lifetime: Duration?
    public let isSecure: Bool

    /// `lifetime` nil: until the browser closes. Zero: now.
    public init(_ name: String, _ value: String, lifetime: Duration?, isSecure: Bool) {
        self.name = SetCookie.name(name, isSecure: isSecure)
        self.value = value
        self.lifetime = lifetime
        self.isSecure = isSecure
    }

    public static func name(_ name: String, isSecure: Bool) -> String {
        isSecure ? "__Host-regulars-\(name)" : "regulars-\(name)"
    }

    /// The header's value.
    public var text: String {
        var text = "\(name)=\(value); Path=/"
        if let lifetime { text += "; Max-Age=\(lifetime.components.seconds)" }
        if isSecure { text += "; Secure" }
        return text + "; HttpOnly; SameSite=Lax"
    }
}

extension HTTPFields {
    public mutating func add(_ cookie: SetCookie) {
        append(HTTPField(name: .setCookie, value: cookie.text))
    }
}
