import HTTPTypes

/// Whether the page that sends a form is ours, by what the browser says about it.
///
/// Browsers set these headers themselves; a page cannot. Programs that send neither are left to the token.
enum OriginCheck {
    static func accepts(_ fields: HTTPFields, authority: String?, site: SiteAddress) -> Bool {
        if let fetchSite = fields[.secFetchSite], fetchSite != "same-origin", fetchSite != "none" {
            return false
        }
        guard let origin = fields[.origin] else { return true }
        guard let address = SiteAddress(origin) else { return false }
        if address == site { return true }
        // A desk on a laptop is reached as `localhost` or by its number; the browser's own Host says which.
        return !site.isSecure && address.authority == authority?.lowercased()
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site").unwrapped
    static let secFetchDest = HTTPField.Name("Sec-Fetch-Dest").unwrapped
    static let formToken = HTTPField.Name("X-Form-Token").unwrapped
    static let requestID = HTTPField.Name("X-Request-Id").unwrapped
    static let forwardedFor = HTTPField.Name("X-Forwarded-For").unwrapped
    static let forwardedProto = HTTPField.Name("X-Forwarded-Proto").unwrapped
    static let freshdeskVersion = HTTPField.Name("X-Freshdesk-Api-Version").unwrapped
    static let rateTotal = HTTPField.Name("X-Ratelimit-Total").unwrapped
    static let rateRemaining = HTTPField.Name("X-Ratelimit-Remaining").unwrapped
    static let rateUsed = HTTPField.Name("X-Ratelimit-Used-CurrentRequest").unwrapped
    static let permissionsPolicy = HTTPField.Name("Permissions-Policy").unwrapped
    static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy").unwrapped
    static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy").unwrapped
    static let referrerPolicy = HTTPField.Name("Referrer-Policy").unwrapped
    static let frameOptions = HTTPField.Name("X-Frame-Options").unwrapped
    static let lastEventID = HTTPField.Name("Last-Event-ID").unwrapped
    static let accelBuffering = HTTPField.Name("X-Accel-Buffering").unwrapped
    static let clearSiteData = HTTPField.Name("Clear-Site-Data").unwrapped
    static let link = HTTPField.Name("Link").unwrapped
}

extension Optional<HTTPField.Name> {
    /// For names written above, where nil could only be a slip of ours.
    var unwrapped: HTTPField.Name {
        guard let self else { preconditionFailure("A header's name above is not one") }
        return self
    }
}
