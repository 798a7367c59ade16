public import Markup

/// What a new password must be: long enough, and not one that is tried first. Nothing else is asked.
public enum PasswordRule {
    public static let minimum = 8
    public static let limit = 1024

    /// What is wrong with it; nil where it will do. `words` are about the person: a name, an address.
    public static func refusal(of password: String, about words: [String] = []) -> PasswordRefusal? {
        if password.count < minimum { return .tooShort }
        if password.utf8.count > limit { return .tooLong }
        let folded = CommonPasswords.folded(password)
        if Set(folded).count < 3 || CommonPasswords.contains(folded) { return .common }
        let own = words.flatMap { [$0] + $0.split { !$0.isLetter && !$0.isNumber }.map(String.init) }
        let isOwn = own.contains { word in word.count >= 4 && folded == CommonPasswords.folded(word) }
        return isOwn ? .personal : nil
    }
}

/// Why a password will not do.
public enum PasswordRefusal: Refusal, Equatable {
    case tooShort, tooLong, common, personal

    public var phrase: Phrase {
        switch self {
        case .tooShort: Phrase("web.password.tooShort", .count(PasswordRule.minimum))
        case .tooLong: Phrase("web.password.tooLong")
        case .common: Phrase("web.password.common")
        case .personal: Phrase("web.password.personal")
        }
    }

    public var field: String? { "password" }
}
