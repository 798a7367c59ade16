/// A starting set of permissions with a name people know. Each role may do all that the one before it may.
public enum Role: String, Sendable, Hashable, CaseIterable, Codable {
    /// Answers customers.
    case agent
    /// Answers for a team's work: undoes, merges, downloads.
    case lead
    /// Answers for the numbers and for who is here.
    case manager
    /// Answers for the installation.
    case administrator

    public var permissions: Set<Permission> {
        switch self {
        case .agent:
            [.seeCustomers, .editCustomers, .recordPurchases, .recordAdvocacy, .seeProfile, .walkThrough]
        case .lead:
            Role.agent.permissions.union([
                .importFiles, .undoImports, .mergeCustomers, .exportProfile, .exportCustomers, .seeEconomics,
                .planTouches, .placeHolds, .keepPlaces,
            ])
        case .manager:
            Role.lead.permissions.union([
                .setTargets, .eraseCustomers, .invitePeople, .seeJobs, .seeAudit, .manageSample, .recordSpend,
            ])
        case .administrator: Set(Permission.allCases)
        }
    }

    /// The roles that may do this, least powerful first.
    public static func allowed(_ permission: Permission) -> [Role] {
        allCases.filter { $0.permissions.contains(permission) }
    }
}
