public import Storage

/// What somebody may be approached for, besides answering them when they ask.
///
/// Whoever refused `any` refused all of it. The latest word counts.
public enum Purpose: String, Sendable, Codable, CaseIterable, SQLBindable {
    case any, survey, advocacy, offers, news
}

enum Consent {
    /// A condition that holds where the party in this column is not to be approached for this purpose: they last refused
    /// it, or every purpose, for all addresses together; or they have addresses and each is suppressed or refused.
    static func isRefused(_ purpose: Purpose, party: SQL) -> SQL {
        """
        (\(isRefused(purpose, party: party, address: "''")) OR (
            EXISTS (SELECT 1 FROM address a WHERE a.party_id = \(party))
            AND NOT EXISTS (SELECT 1 FROM address a WHERE a.party_id = \(party)
                AND NOT EXISTS (SELECT 1 FROM suppression s WHERE s.address_key = a.value_key
                    AND s.purpose IN (\(purpose), \(Purpose.any)))
                AND NOT \(isRefused(purpose, party: party, address: "a.value_key")))))
        """
    }

    /// The last word on this address alone, or on all of them, was no.
    private static func isRefused(_ purpose: Purpose, party: SQL, address: SQL) -> SQL {
        """
        EXISTS (SELECT 1 FROM consent c WHERE c.party_id = \(party) AND c.purpose IN (\(purpose), \(Purpose.any))
            AND c.address_key = \(address) AND NOT c.given AND NOT EXISTS (
                SELECT 1 FROM consent d WHERE d.party_id = c.party_id AND d.purpose = c.purpose
                    AND d.address_key = c.address_key AND (d.at, d.id) > (c.at, c.id)))
        """
    }
}
