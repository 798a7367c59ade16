public import Kernel
import Storage
import Web

/// Founds the desk: the organisation's settings and its first administrator. Happens once.
public struct SetUp: Sendable {
    let database: any Database
    let clock: any WallClock
    let organisations: OrganisationStore
    let passwords: Passwords
    let memory: AccessMemory

    /// What was asked on the one page of the first run.
    public struct Answers: Sendable {
        public var organisation: String
        public var zone: String
        public var currency: String
        public var name: String
        public var email: String
        public var password: String
        public var language: String

        public init(
            organisation: String, zone: String, currency: String, name: String, email: String,
            password: String,
            language: String = "en"
        ) {
            self.organisation = organisation.singleLine
            self.zone = zone.trimmed
            self.currency = currency.trimmed.uppercased()
            self.name = name.singleLine
            self.email = email.trimmed
            self.password = password
            self.language = language
        }

        var settings: [SettingName: String] {
            [.organisation: organisation, .zone: zone, .currency: currency, .language: language]
        }
    }

    /// Whether somebody has done it.
    public func isDone() async throws -> Bool {
        try await database.read { try SetUp.isDone(in: $0) }
    }

    static func isDone(in connection: any Connection) throws -> Bool {
        try connection.exists("SELECT 1 FROM agent LIMIT 1")
    }

    /// Checks everything at once, then does everything at once. Of two who try at the same moment one is told
    /// that it has been done.
    @discardableResult
    public func run(
        organisation: String, zone: String, currency: String, name: String, email: String, password: String,
        language: String = "en"
    ) async throws -> ID<Agent> {
        try await run(
            Answers(
                organisation: organisation, zone: zone, currency: currency, name: name, email: email,
                password: password, language: language))
    }

    @discardableResult
    public func run(_ answers: Answers) async throws -> ID<Agent> {
        if let refusals = Refusals(SetUp.refusals(of: answers)) { throw refusals }
        guard try await !isDone() else { throw HouseRefusal.alreadySetUp }
        guard let email = EmailAddress(answers.email) else { throw FieldRefusal.unreadable(field: "email") }
        let hash = try await passwords.hash(answers.password)
        let founder = NewAgent(
            name: answers.name, email: email, role: .administrator, password: hash, language: answers.language
        )
        let now = clock.now
        let id = try await database.write { connection in
            guard try !SetUp.isDone(in: connection) else { throw HouseRefusal.alreadySetUp }
            let id = try AgentStore.add(founder, at: now, in: connection)
            let act = Act(by: id.value, at: now)
            for name in SettingName.allCases {
                guard let value = answers.settings[name] else { continue }
                try SettingStore.set(name.rawValue, to: value, by: act, in: connection)
            }
            try connection.record("organisation.founded", "organisation", 1, by: act)
            return id
        }
        organisations.forget()
        memory.forget()
        await database.announce("events")
        return id
    }

    /// Everything that is wrong with the answers, so that they are corrected in one go.
    static func refusals(of answers: Answers) -> [any Refusal] {
        var refusals: [any Refusal] = []
        for (name, field) in [
            (SettingName.organisation, "organisation"), (.zone, "zone"), (.currency, "currency"),
        ] {
            let value = answers.settings[name] ?? ""
            if value.isEmpty {
                refusals.append(FieldRefusal.missing(field: field))
            } else if let key = name.entry.refusal(of: value) {
                refusals.append(SettingRefusal(field: field, key: key))
            }
        }
        if answers.name.isEmpty { refusals.append(FieldRefusal.missing(field: "name")) }
        if answers.name.count > PersonName.limit {
            refusals.append(FieldRefusal.tooLong(field: "name", limit: PersonName.limit))
        }
        if answers.email.isEmpty {
            refusals.append(FieldRefusal.missing(field: "email"))
        } else if EmailAddress(answers.email) == nil {
            refusals.append(FieldRefusal.unreadable(field: "email"))
        }
        if let refusal = PasswordRule.refusal(of: answers.password, about: [answers.name, answers.email]) {
            refusals.append(refusal)
        }
        return refusals
    }
}

/// How long a name may be.
enum PersonName {
    static let limit = 120
}
