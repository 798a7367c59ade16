import Crypto
import CryptoExtras
import Foundation
public import HTTPTypes
public import Markup
import NIOPosix
import Synchronization

/// Keeps passwords as scrypt hashes, and compares them.
///
/// A hash costs 32 MB and a noticeable part of a second, on purpose. Two are made at a time, on threads of
/// their own; up to 64 more wait, and beyond that people are asked to try again, so that a flood of guesses
/// can take neither the memory nor the pages.
public final class Passwords: Sendable {
    /// What one hash costs. It stands in the stored text, so it can be raised without asking anybody.
    public struct Cost: Sendable, Hashable {
        let logRounds: Int
        let blockSize: Int
        let parallelism: Int

        public init(logRounds: Int, blockSize: Int = 8, parallelism: Int = 1) {
            self.logRounds = logRounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        public static let standard = Cost(logRounds: 15)
    }

    private let cost: Cost
    private let threads = NIOThreadPool(numberOfThreads: 2)
    private let waiting = Mutex(0)
    static let queueLimit = 64

    public init(cost: Cost = .standard) {
        self.cost = cost
        threads.start()
    }

    deinit { threads.shutdownGracefully { _ in } }

    /// What to store: `$scrypt$15$8$1$salt$hash`.
    public func hash(_ password: String) async throws -> String {
        let salt = Secrets.random(16)
        let cost = cost
        let hash = try await work { try cost.derive(password, salt: salt) }
        return StoredPassword(cost: cost, salt: salt, hash: hash).text
    }

    /// Whether this is the password. With nothing stored the answer is no, after the same work, so that
    /// nobody learns from the time which addresses have a seat here.
    public func verify(_ password: String, against stored: String?) async throws -> Bool {
        let known = stored.flatMap(StoredPassword.init)
        let cost = known?.cost ?? cost
        let salt = known?.salt ?? [UInt8](repeating: 0, count: 16)
        let hash = try await work { try cost.derive(password, salt: salt) }
        return known.map { Secrets.areEqual($0.hash, hash) } ?? false
    }

    /// The stored text was made at another cost than today's: hash the password again at the next sign-in.
    public func isOutdated(_ stored: String) -> Bool { StoredPassword(stored)?.cost != cost }

    private func work(_ derive: @escaping @Sendable () throws -> [UInt8]) async throws -> [UInt8] {
        let isWelcome = waiting.withLock { waiting in
            guard waiting < Passwords.queueLimit else { return false }
            waiting += 1
            return true
        }
        guard isWelcome else { throw BusyRefusal() }
        defer { waiting.withLock { $0 -= 1 } }
        return try await threads.runIfActive(derive)
    }
}

/// Too many people at the door at once.
public struct BusyRefusal: Refusal {
    public var status: HTTPResponse.Status { .serviceUnavailable }
    public var phrase: Phrase { Phrase("web.busy") }
}

extension Passwords.Cost {
    fileprivate func derive(_ password: String, salt: [UInt8]) throws -> [UInt8] {
        let text = password.precomposedStringWithCompatibilityMapping
        let key = try KDF.Scrypt.deriveKey(
            from: Array(text.utf8), salt: salt, outputByteCount: 32, rounds: 1 << logRounds,
            blockSize: blockSize,
            parallelism: parallelism)
        return key.withUnsafeBytes { Array($0) }
    }
}

/// A password hash as text, with everything needed to compute it again.
private struct StoredPassword {
    let cost: Passwords.Cost
    let salt: [UInt8]
    let hash: [UInt8]

    init(cost: Passwords.Cost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    var text: String {
        "$scrypt$\(cost.logRounds)$\(cost.blockSize)$\(cost.parallelism)$"
            + Base64URL.encode(salt) + "$" + Base64URL.encode(hash)
    }

    /// Nil where the text is none of ours, or asks for more work than any of ours would.
    init?(_ text: String) {
        let parts = text.split(separator: "$").map(String.init)
        guard parts.count == 6, parts[0] == "scrypt", let logRounds = Int(parts[1]),
            (4...20).contains(logRounds),
            let blockSize = Int(parts[2]), (1...16).contains(blockSize), let parallelism = Int(parts[3]),
            (1...4).contains(parallelism), let salt = Base64URL.decode(parts[4]),
            let hash = Base64URL.decode(parts[5]),
            hash.count == 32
        else { return nil }
        self.init(
            cost: Passwords.Cost(logRounds: logRounds, blockSize: blockSize, parallelism: parallelism),
            salt: salt,
            hash: hash)
    }
}
