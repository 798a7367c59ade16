import Storage

extension Migration {
    /// The profile an organisation would like to have, version after version, and what the data says.
    ///
    /// A desired profile without widths says that none is wanted any more. A finding's row is one appearance: it is open
    /// while it is found, and gone from the run on that finds it no more. `scope` is empty for all customers together.
    static let findings = Migration(
        "0015-findings",
        """
        CREATE TABLE desired_profile (
            id IDENTITY, first BIGINT CHECK (first >= 0), repeating BIGINT CHECK (repeating >= 0),
            advocate BIGINT CHECK (advocate >= 0), from_day BIGINT NOT NULL, reason TEXT NOT NULL,
            set_by BIGINT, set_at BIGINT NOT NULL
        );
        CREATE INDEX desired_profile_by_day ON desired_profile (from_day, id);

        CREATE TABLE finding (
            id IDENTITY, scope TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, variant TEXT NOT NULL,
            weight BIGINT NOT NULL, measure REAL NOT NULL, evidence TEXT NOT NULL, document TEXT NOT NULL,
            day BIGINT NOT NULL, from_day BIGINT NOT NULL, to_day BIGINT NOT NULL,
            first_seen_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, gone_at BIGINT,
            aside_at BIGINT, aside_by BIGINT, aside_reason TEXT, aside_measure REAL
        );
        CREATE UNIQUE INDEX finding_open ON finding (scope, kind, subject) WHERE gone_at IS NULL;
        CREATE INDEX finding_gone ON finding (scope, id) WHERE gone_at IS NOT NULL;

        CREATE TABLE finding_state (
            scope TEXT PRIMARY KEY, computed_at BIGINT NOT NULL, marker TEXT NOT NULL, day BIGINT NOT NULL,
            from_day BIGINT NOT NULL, to_day BIGINT NOT NULL, document TEXT NOT NULL
        );
        """)
}
