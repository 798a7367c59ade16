import HTTPTypes
import Hummingbird

/// What browsers are told about every answer. A route may be stricter or cache; only who may frame a page it may
/// open, to sites it names.
enum SecurityHeaders {
    static let contentPolicy = """
        default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
        connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
        """

    private static let always: [(HTTPField.Name, String)] = [
        (.contentSecurityPolicy, contentPolicy),
        (.xContentTypeOptions, "nosniff"),
        (.referrerPolicy, "same-origin"),
        (
            .permissionsPolicy,
            "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
        ),
        (.openerPolicy, "same-origin"),
        (.resourcePolicy, "same-origin"),
        (.frameOptions, "DENY"),
        (.cacheControl, "no-store"),
    ]

    static func add(to response: inout Response, isSecure: Bool) {
        let isFramed = response.headers[.contentSecurityPolicy]?.contains("frame-ancestors http") ?? false
        for (name, value) in always where response.headers[name] == nil {
            // A page that names the sites that may frame it says so by its own policy, which the old header contradicts.
            if isFramed, name == .frameOptions { continue }
            response.headers[name] = value
        }
        if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
    }
}
