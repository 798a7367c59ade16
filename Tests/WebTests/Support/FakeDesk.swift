import Foundation
import Markup
import Synchronization
import Web

/// The desk as the web sees it, with a few people in it. Grace is an agent, Linus an administrator; Mallory
/// has no seat.
final class FakeDesk: Gatekeeper {
    struct State {
        var sessions: [[UInt8]: SignedIn] = [:]
        var keys: [[UInt8]: APICaller] = [:]
        var isSetUp = true
        var uses: [AccessUse] = []
        var asked: [String] = []
    }

    let state = Mutex(State())

    init() { TestLanguages.install() }

    static func colleague(_ name: String, _ role: Role) -> Colleague {
        Colleague(
            id: Int64(name.utf8.count), name: name, email: "\(name.lowercased())@example.com",
            permissions: role.permissions)
    }

    static let grace = colleague("Grace", .agent)
    static let linus = colleague("Linus T", .administrator)

    /// A session for this person; what it returns is the cookie's value.
    func signIn(_ person: Colleague) -> SessionToken {
        let token = SessionToken.fresh()
        state.withLock { $0.sessions[token.hash] = SignedIn(person: person, session: person.id * 10) }
        return token
    }

    func key(for person: Colleague, permissions: Set<Permission>? = nil) -> String {
        let key = Secrets.freshKey()
        let caller = APICaller(person: person, key: person.id * 100, permissions: permissions)
        state.withLock { $0.keys[Secrets.hash(of: key)] = caller }
        return key
    }

    var isSetUp: Bool { get async throws { state.withLock { $0.isSetUp } } }

    func person(forSession hash: [UInt8]) async throws -> SignedIn? { state.withLock { $0.sessions[hash] } }

    func caller(forKey hash: [UInt8]) async throws -> APICaller? { state.withLock { $0.keys[hash] } }

    func caller(email: String, password: String, from address: RemoteAddress) async throws -> APICaller? {
        guard email == FakeDesk.grace.email, password == "correct: horse" else { return nil }
        return APICaller(person: FakeDesk.grace, key: nil)
    }

    func reader(for person: Colleague?, acceptLanguage: String?) async throws -> Reader {
        Reader(language: Languages.installed.choose(accepting: acceptLanguage))
    }

    func grantors(of permission: Permission) async throws -> [String] { ["Linus"] }

    func recordUse(_ use: AccessUse) async throws { state.withLock { $0.uses.append(use) } }
}

/// The languages as they are written in Assets, installed once.
enum TestLanguages {
    private static let installed: Bool = {
        let files = ["en", "de"].map { name in
            let folder = TestFiles.assets.appending(path: "languages")
            let added = folder.appending(path: name)
            let parts = (try? FileManager.default.contentsOfDirectory(atPath: added.path)) ?? []
            return
                ([folder.appending(path: "\(name).txt")] + parts.sorted().map { added.appending(path: $0) })
                .compactMap { try? String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n")
        }
        guard let languages = try? Languages(base: files.first ?? "", others: Array(files.dropFirst())) else {
            return false
        }
        Languages.install(languages)
        return true
    }()

    static func install() { precondition(installed, "Assets/languages cannot be read") }
}

enum TestFiles {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let assets = root.resolvingSymlinksInPath().appending(path: "Assets")

    /// Everything in a folder of Assets, as it would be compiled in.
    static func files(in folder: String) -> [AssetFile] {
        let url = assets.appending(path: folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path())) ?? []
        return names.sorted().compactMap { name in
            (try? Data(contentsOf: url.appending(path: name))).map {
                AssetFile(name: "\(folder)/\(name)", bytes: Array($0))
            }
        }
    }

    /// A folder of its own for one test.
    static func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.path() + "web-tests-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}
