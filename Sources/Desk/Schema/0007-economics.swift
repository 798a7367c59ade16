import Storage

extension Migration {
    /// What winning customers cost, and the figures a job makes of it and of the purchases.
    static let economics = Migration(
        "0007-economics",
        """
        CREATE TABLE spend (
            id IDENTITY, from_day BIGINT NOT NULL, to_day BIGINT NOT NULL CHECK (to_day >= from_day),
            source TEXT NOT NULL, source_key TEXT NOT NULL, campaign TEXT NOT NULL, campaign_key TEXT NOT NULL,
            amount BIGINT NOT NULL CHECK (amount >= 0 AND amount < 1000000000000000), currency TEXT NOT NULL,
            import_id BIGINT NOT NULL, recorded_by BIGINT, recorded_at BIGINT NOT NULL, changed_at BIGINT NOT NULL,
            removed_at BIGINT
        );
        CREATE UNIQUE INDEX spend_once ON spend (source_key, campaign_key, from_day, to_day, currency)
            WHERE removed_at IS NULL;
        CREATE INDEX spend_by_day ON spend (from_day, id) WHERE removed_at IS NULL;
        CREATE INDEX spend_by_change ON spend (changed_at);

        CREATE TABLE economics (
            name TEXT PRIMARY KEY, computed_at BIGINT NOT NULL, marker TEXT NOT NULL, document TEXT NOT NULL
        );
        """)
}
