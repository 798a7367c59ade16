/// What becomes of a table's rows when people merge, leave, ask for their data or are forgotten.
///
/// Every table declares it beside its migration; a test fails where one does not, because these four answers cannot
/// be found later by reading the schema.
public struct TableEntry: Sendable {
    public enum OnMerge: String, Sendable {
        /// Rows of the absorbed customer are pointed at the surviving one.
        case repoint
        /// The two rows become one by the feature's own rule.
        case combine
        /// Rows do not belong to a customer.
        case none
    }

    public enum OnExport: String, Sendable {
        case rows
        /// Rebuilt from other tables, so it is left out.
        case derived
        /// Secrets and machinery never leave.
        case never
    }

    public enum OnErasure: String, Sendable {
        /// The row goes.
        case delete
        /// The row stays, its words go.
        case anonymise
        /// Holds ids and numbers only.
        case keep
    }

    public enum Retention: String, Sendable {
        case forever
        /// Until the job or the session it serves is over.
        case whileUseful
    }

    public let name: String
    /// The columns that name a customer.
    public let parties: [String]
    public let merge: OnMerge
    public let export: OnExport
    public let erasure: OnErasure
    public let retention: Retention

    public init(
        _ name: String, parties: [String] = [], merge: OnMerge = .none, export: OnExport = .rows,
        erasure: OnErasure = .keep,
        retention: Retention = .forever
    ) {
        self.name = name
        self.parties = parties
        self.merge = merge
        self.export = export
        self.erasure = erasure
        self.retention = retention
    }
}
