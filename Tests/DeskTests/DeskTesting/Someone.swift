import Web

/// The people of every test.
///
/// - **Ada** is a customer of Harbour Coffee. She has no seat; `desk.ada()` writes her down when a
///   test needs her.
/// - **Grace** answers customers: role agent.
/// - **Barbara** leads a team: role lead. Takes her seat when a test first asks for her.
/// - **Margaret** answers for the numbers: role manager. Takes her seat when a test first asks for her.
/// - **Linus** founded the desk: role administrator, and the only one.
/// - **Mallory** is nobody here, and must see nothing: `desk.visitor()` is her browser.
enum Someone: String, CaseIterable, Sendable {
    case ada, grace, barbara, margaret, linus, mallory

    var name: String {
        switch self {
        case .ada: "Ada Lovelace"
        case .grace: "Grace Hopper"
        case .barbara: "Barbara Liskov"
        case .margaret: "Margaret Hamilton"
        case .linus: "Linus Torvalds"
        case .mallory: "Mallory"
        }
    }

    var email: String { "\(rawValue)@example.com" }

    /// Every one their own, and none that is tried first.
    var password: String { "correct horse \(rawValue)" }

    /// Nil for those without a seat.
    var role: Role? {
        switch self {
        case .ada, .mallory: nil
        case .grace: .agent
        case .barbara: .lead
        case .margaret: .manager
        case .linus: .administrator
        }
    }

    /// Whoever stands for a role in the tests that try every route as every role.
    static func holding(_ role: Role) -> Someone { allCases.first { $0.role == role } ?? .linus }
}
