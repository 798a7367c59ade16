/// Why two customers may be one, and how sure that makes us.
enum DuplicateReason: String, Sendable, CaseIterable, Comparable {
    case email, phone, handle
    case company
    /// The part of a mail address behind the @, where it is an organisation's own.
    case domain
    case sameName, spelling, order, legalForm, initials, slip
    /// Hardly anybody else has this name.
    case rare

    static func < (one: DuplicateReason, other: DuplicateReason) -> Bool { one.place < other.place }

    private var place: Int { DuplicateReason.allCases.firstIndex(of: self) ?? 0 }

    init(_ likeness: NameLikeness) {
        self =
            switch likeness {
            case .same: .sameName
            case .spelling: .spelling
            case .order: .order
            case .legalForm: .legalForm
            case .initials: .initials
            case .slip: .slip
            }
    }
}

/// How sure a suggestion is, in three words. The order within comes from points; they are no probability.
enum DuplicateConfidence: String, Sendable {
    case sure, likely, possible

    init(_ score: Int) { self = score >= 85 ? .sure : score >= 60 ? .likely : .possible }
}

/// What is known of a customer when two are compared.
struct DuplicateCandidate: Sendable {
    let id: Int64
    let kind: String
    let isSample: Bool
    let name: NameKey
    var emails: Set<String> = []
    var phones: Set<String> = []
    var handles: Set<String> = []
    var companies: Set<Int64> = []
    /// Who stands above, for departments: they are two by design.
    var parent: Int64?

    /// Organisations' own mail domains. Those of mail providers say nothing.
    var domains: Set<String> {
        Set(emails.compactMap { DuplicateCandidate.domain($0) })
    }

    static func domain(_ email: String) -> String? {
        guard let at = email.lastIndex(of: "@") else { return nil }
        let domain = String(email[email.index(after: at)...])
        return domain.isEmpty || providers.contains(domain) ? nil : domain
    }

    /// The digits by which two spellings of a number meet: without + and the zero of a long-distance call, the last nine.
    static func phone(_ key: String) -> String? {
        let digits = key.filter(\.isNumber).drop { $0 == "0" }
        return digits.count < 6 ? nil : String(digits.suffix(9))
    }

    private static let providers: Set<String> = [
        "gmail.com", "googlemail.com", "gmx.de", "gmx.net", "gmx.at", "gmx.ch", "web.de", "t-online.de",
        "freenet.de",
        "outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "hotmail.co.uk", "hotmail.fr", "live.com",
        "live.de",
        "msn.com", "yahoo.com", "yahoo.de", "yahoo.co.uk", "yahoo.fr", "icloud.com", "me.com", "mac.com",
        "aol.com",
        "posteo.de", "mailbox.org", "proton.me", "protonmail.com", "orange.fr", "free.fr", "laposte.net",
        "wanadoo.fr",
        "bluewin.ch", "arcor.de", "online.de", "1und1.de", "qq.com", "163.com", "126.com", "mail.ru",
        "yandex.ru",
        "libero.it", "btinternet.com", "sky.com", "comcast.net", "verizon.net", "att.net", "example.com",
        "example.org", "example.net",
    ]
}

/// A pair and what speaks for it.
struct DuplicateFinding: Sendable, Equatable {
    let one: Int64
    let other: Int64
    let score: Int
    let reasons: [DuplicateReason]

    /// Nil where too little speaks for the two being one. `isRare` says that hardly anybody else has the name.
    init?(_ a: DuplicateCandidate, _ b: DuplicateCandidate, isRare: Bool = false) {
        guard a.id != b.id, a.kind == b.kind, a.isSample == b.isSample, a.parent != b.id, b.parent != a.id
        else { return nil }
        var reasons: [DuplicateReason] = []
        if !a.emails.isDisjoint(with: b.emails) { reasons.append(.email) }
        if !a.phones.isDisjoint(with: b.phones) { reasons.append(.phone) }
        if !a.handles.isDisjoint(with: b.handles) { reasons.append(.handle) }
        let likeness = NameLikeness.between(a.name, b.name)
        if let likeness {
            if !a.companies.isDisjoint(with: b.companies) { reasons.append(.company) }
            if !a.domains.isDisjoint(with: b.domains) { reasons.append(.domain) }
            reasons.append(DuplicateReason(likeness))
            // Two with addresses of their own are two people of one name, as far as anybody can tell.
            if isRare, a.emails.isEmpty || b.emails.isEmpty { reasons.append(.rare) }
        }
        guard let score = DuplicateFinding.score(Set(reasons), likeness, kind: a.kind) else { return nil }
        (one, other) = (min(a.id, b.id), max(a.id, b.id))
        self.score = score
        self.reasons = reasons.sorted()
    }

    /// From 0 to 100. An address alone may be a family's or an office's; a name alone is anybody's.
    private static func score(
        _ reasons: Set<DuplicateReason>, _ likeness: NameLikeness?, kind: String
    ) -> Int? {
        let reach = reasons.intersection([.email, .phone, .handle])
        guard let likeness else {
            guard !reach.isEmpty else { return nil }
            return reach.count > 1 ? 70 : reach.contains(.email) ? 55 : 45
        }
        // Initials fit many, a slip may be another name.
        let doubt = [NameLikeness.initials: 12, .slip: 10, .order: 2, .spelling: 1][likeness] ?? 0
        if !reach.isEmpty { return min(100, 90 + 4 * reach.count) - doubt / 2 }
        let around = reasons.intersection([.company, .domain])
        if !around.isEmpty { return 78 + 4 * around.count - doubt }
        if kind == "organisation", doubt <= 2 { return 72 - doubt }
        guard reasons.contains(.rare), doubt <= 2 else { return nil }
        return 40 - doubt
    }
}
