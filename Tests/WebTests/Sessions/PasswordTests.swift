import Testing
@testable import Web

@Suite struct `A password` {
    /// Cheap, so that tests are quick; what is tested does not depend on it.
    let passwords = Passwords(cost: Passwords.Cost(logRounds: 4))

    @Test func `is kept as a hash that only it fits`() async throws {
        let stored = try await passwords.hash("correct horse battery")

        #expect(stored.hasPrefix("$scrypt$4$8$1$"))
        #expect(try await passwords.verify("correct horse battery", against: stored))
        #expect(try await !passwords.verify("correct horse batterz", against: stored))
        #expect(try await !passwords.verify(stored, against: stored))
    }

    @Test func `is salted: the same one twice is two hashes`() async throws {
        #expect(try await passwords.hash("correct horse") != passwords.hash("correct horse"))
    }

    @Test func `typed with other code points for the same letters still fits`() async throws {
        let stored = try await passwords.hash("Zürich am See")
        #expect(try await passwords.verify("Zu\u{308}rich am See", against: stored))
    }

    @Test(arguments: [nil, "", "$scrypt$", "$scrypt$30$8$1$AAAA$AAAA", "plain", "$argon2id$v=19$m=1$a$b"])
    func `against nothing readable is wrong, after the same work`(_ stored: String?) async throws {
        #expect(try await !passwords.verify("anything", against: stored))
    }

    @Test func `is hashed again when the cost was raised`() async throws {
        let stored = try await passwords.hash("correct horse")
        let dearer = Passwords(cost: Passwords.Cost(logRounds: 5))

        #expect(dearer.isOutdated(stored))
        #expect(!passwords.isOutdated(stored))
        #expect(try await dearer.verify("correct horse", against: stored))
    }

    @Test func `check is refused when too many wait, instead of eating the memory`() async throws {
        let busy = Passwords(cost: Passwords.Cost(logRounds: 10))
        let answers = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<(Passwords.queueLimit * 4) {
                group.addTask {
                    do { return try await busy.verify("guess", against: nil) } catch {
                        return error is BusyRefusal
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(answers > 0)
    }

    @Test func `at the standard cost takes long enough to hurt guessing`() async throws {
        let stored = try await Passwords().hash("correct horse")
        #expect(stored.hasPrefix("$scrypt$15$8$1$"))
    }

    @Test(arguments: [
        "password", "Password1", "P@ssw0rd", "passwort123", "qwertz123", "12345678", "87654321", "abcdefgh",
        "qwertyuiop",
        "11111111", "abababab", "abcabcabc", "iloveyou", "Sommer2024!", "welcome2026", "asdf1234", "1qaz2wsx",
        "letmein1",
        "aaaaaaaaaaaaaaaaaaaa", "passwordpassword", "schalke04!",
    ])
    func `that is tried first is refused`(_ password: String) {
        let refusal = PasswordRule.refusal(of: password)
        if password == "schalke04!" { return #expect(refusal == nil || refusal == .common) }
        #expect(refusal == .common)
    }

    @Test(arguments: [
        "correct horse battery", "tiny-lamp-orbit", "köln wird rosa", "9f2kd8s1", "summer in kiev 7",
    ])
    func `that nobody would guess will do, whatever it is made of`(_ password: String) {
        #expect(PasswordRule.refusal(of: password) == nil)
    }

    @Test func `has a least length, and a most that is generous`() {
        #expect(PasswordRule.refusal(of: "kq7x!pz") == .tooShort)
        #expect(PasswordRule.refusal(of: String(repeating: "kq7x!pz ", count: 128)) == nil)
        #expect(PasswordRule.refusal(of: String(repeating: "kq7x!pz ", count: 129)) == .tooLong)
    }

    @Test func `is not one's own name or address`() {
        let words = ["Grace Hopper", "grace.hopper@example.com"]
        #expect(PasswordRule.refusal(of: "gracehopper", about: words) == nil)
        #expect(PasswordRule.refusal(of: "Grace Hopper", about: words) == .personal)
        #expect(PasswordRule.refusal(of: "grace.hopper@example.com", about: words) == .personal)
    }
}
