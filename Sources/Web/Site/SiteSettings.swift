public import Crypto

/// What the person who runs the site decides about it.
public struct SiteSettings: Sendable {
    /// Where people reach it, such as `https://desk.example.com`. The only source of hosts in links we send.
    public var address: SiteAddress
    /// Signs what visitors carry. The same on every machine of one desk; at least 32 bytes.
    public var secret: SymmetricKey
    /// Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    public var trustedProxies: [Network] = []
    /// Lets a scraper on another machine read `/metrics`, as a bearer token.
    public var metricsToken: String?
    /// Where uploads lie until their route has taken them.
    public var uploadFolder: String
    /// The most a plain form or a JSON body may weigh.
    public var bodyLimit = 1 << 20
    /// API calls a key may make in a minute.
    public var callsPerMinute = 1_000_000
    /// Where people without a session are sent, and where the very first one is.
    public var signInPath = "/sign-in"
    public var firstRunPath = "/setup"

    public init(address: SiteAddress, secret: SymmetricKey, uploadFolder: String) {
        self.address = address
        self.secret = secret
        self.uploadFolder = uploadFolder
    }
}

/// Scheme, host and port, and nothing after them.
public struct SiteAddress: Sendable, Hashable, CustomStringConvertible {
    public let isSecure: Bool
    /// Host and port as browsers write them in `Origin`: no port where it is the scheme's own.
    public let authority: String

    /// Nil where the text is no origin.
    public init?(_ text: String) {
        let lower = text.lowercased()
        let rest: Substring
        if lower.hasPrefix("https://") {
            isSecure = true
            rest = lower.dropFirst(8)
        } else if lower.hasPrefix("http://") {
            isSecure = false
            rest = lower.dropFirst(7)
        } else {
            return nil
        }
        var authority = String(rest.hasSuffix("/") ? rest.dropLast() : rest)
        let ownPort = isSecure ? ":443" : ":80"
        if authority.hasSuffix(ownPort) { authority.removeLast(ownPort.count) }
        let isClean = authority.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x3A, 0x61...0x7A, 0x2D, 0x2E, 0x5B, 0x5D: true
            default: false
            }
        }
        guard !authority.isEmpty, isClean else { return nil }
        self.authority = authority
    }

    public var description: String { (isSecure ? "https://" : "http://") + authority }

    /// An address for a mail or an API answer: `link("/customers/7")`.
    public func link(_ path: String) -> String { description + path }
}
