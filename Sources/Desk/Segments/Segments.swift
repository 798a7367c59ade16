import Storage

/// The seam by which any statement asks whether a customer is in a segment, as of its last run.
enum Segments {
    /// A condition that holds where the party in this column is a member.
    static func holds(_ segment: Int64, party: SQL) -> SQL {
        "EXISTS (SELECT 1 FROM segment_member sm WHERE sm.segment_id = \(segment) AND sm.party_id = \(party))"
    }

    /// The same, counting persons where an organisation they belong to is a member.
    static func holdsOrBelongs(_ segment: Int64, party: SQL) -> SQL {
        """
        (\(holds(segment, party: party)) OR EXISTS (
            SELECT 1 FROM membership sx JOIN segment_member sm ON sm.party_id = sx.account_id
            WHERE sx.person_id = \(party) AND sm.segment_id = \(segment)))
        """
    }
}
