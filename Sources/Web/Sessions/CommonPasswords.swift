/// Passwords that are tried first, by the patterns people use: a few words with a few endings, runs along the
/// keyboard and through the digits, repeated pieces.
enum CommonPasswords {
    /// Whether this is one of them. `password` is folded.
    static func contains(_ password: String) -> Bool {
        all.contains(password) || isRun(password) || isRepetition(password)
    }

    /// Lower case, and the letters that digits and marks stand in for: `P@ssw0rd` is `password`.
    static func folded(_ password: String) -> String {
        String(password.lowercased().map { stand[$0] ?? $0 })
    }

    private static let stand: [Character: Character] = ["@": "a", "0": "o", "$": "s", "3": "e"]

    private static let words: [String] = """
        password passwort kennwort passw welcome willkommen letmein admin administrator root user guest test
        testing changeme secret geheim login master superman batman spiderman pokemon starwars dragon monkey
        shadow sunshine sommer summer winter spring autumn herbst princess football fussball baseball
        basketball hockey soccer liverpool chelsea arsenal barcelona bayern schalke borussia jordan michael
        jennifer jessica ashley michelle daniel thomas andreas stefan alexander charlie george william
        computer internet samsung google facebook amazon microsoft windows apple iloveyou ichliebedich lovely
        loveme angel hello hallo hallo2 freedom whatever trustno nothing flower butterfly chocolate cookie
        cheese banana orange purple yellow silver golden diamond ginger pepper maggie buster hunter ranger
        killer ninja access mustang ferrari porsche mercedes harley corvette camaro yamaha support helpdesk
        service customer regulars january february march april may june july august september october november
        december monday friday qwerty qwertz azerty asdfgh zxcvbn yxcvbn qazwsx berlin hamburg london paris
        newyork america germany deutschland england schatz mausi snoopy garfield merlin phoenix matrix
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    private static let endings: [String] =
        [
            "", "1", "12", "123", "1234", "12345", "123456", "!", "1!", "123!", "01", "11", "69", "007", "00",
            "99",
        ]
        + (1970...2030).map(String.init) + (2015...2030).map { "\($0)!" }

    /// Folded like what is compared with it. Built once.
    private static let all: Set<String> = {
        var all: Set<String> = []
        for word in words {
            for ending in endings { all.insert(folded(word + ending)) }
            all.insert(folded(word + word))
        }
        return all
    }()

    private static let rows = [
        "abcdefghijklmnopqrstuvwxyz", "1234567890", "0123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm",
        "qwertzuiop",
        "yxcvbnm", "azertyuiop", "1qaz2wsx3edc4rfv5tgb", "qazwsxedcrfvtgb", "q1w2e3r4t5y6u7i8o9p0",
        "1q2w3e4r5t6y7u8i9o0p",
        "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
    ].flatMap { [folded($0), String(folded($0).reversed())] }

    /// A walk along a row of keys or through the alphabet, once or again.
    private static func isRun(_ password: String) -> Bool {
        rows.contains { ($0 + $0).contains(password) }
            || rows.contains { row in password.count >= 8 && isMade(of: row, password) }
    }

    /// Two walks of four or more: `asdf1234`, `1234qwer`.
    private static func isMade(of row: String, _ password: String) -> Bool {
        let half = password.count / 2
        let (one, other) = (password.prefix(half), password.suffix(password.count - half))
        return half >= 4 && row.contains(one) && rows.contains { $0.contains(other) }
    }

    /// `abcabcabc`, `12121212`: a piece of up to four characters again and again.
    private static func isRepetition(_ password: String) -> Bool {
        (1...4).contains { length in
            let piece = password.prefix(length)
            return String(repeating: String(piece), count: password.count / length + 1).hasPrefix(password)
        }
    }
}
