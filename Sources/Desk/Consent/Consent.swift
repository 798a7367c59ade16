public import Storage

/// What somebody may be approached for, besides answering them when they ask.
///
/// Whoever refused `any` refused all of it. The latest word counts.
public enum Purpose: String, Sendable, Codable, CaseIterable, SQLBindable {
    case any, survey, advocacy, offers, news
}

enum Consent {
    /// A condition that holds where the party in this column has last refused this purpose, or every purpose, for all
    /// addresses together.
    static func isRefused(_ purpose: Purpose, party: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM consent c WHERE c.party_id = \(party) AND c.purpose IN (\(purpose), \(Purpose.any))
            AND c.address_key = '' AND NOT c.given AND NOT EXISTS (
                SELECT 1 FROM consent d WHERE d.party_id = c.party_id AND d.purpose = c.purpose
                    AND d.address_key = '' AND (d.at, d.id) > (c.at, c.id)))
        """
    }
}
