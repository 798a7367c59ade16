import Storage

extension Migration {
    /// People who looked and did not buy: where, what for, whether they left a way to reach them, and what became of it.
    static let visits = Migration(
        "0019-visits",
        """
        CREATE TABLE visit (
            id IDENTITY, day BIGINT NOT NULL, at BIGINT NOT NULL, channel TEXT NOT NULL, channel_key TEXT NOT NULL,
            name TEXT NOT NULL, wish TEXT NOT NULL, reach TEXT NOT NULL, reach_key TEXT NOT NULL,
            left_way BOOLEAN NOT NULL, may_follow BOOLEAN NOT NULL, party_id BIGINT, due_day BIGINT,
            state TEXT NOT NULL CHECK (state IN ('none', 'open', 'done', 'skipped')),
            settled_at BIGINT, settled_by BIGINT, settled_words TEXT NOT NULL,
            source TEXT NOT NULL, recorded_by BIGINT, recorded_at BIGINT NOT NULL
        );
        CREATE INDEX visit_due ON visit (due_day, id) WHERE state = 'open';
        CREATE INDEX visit_by_day ON visit (day, id);
        CREATE INDEX visit_by_party ON visit (party_id, day) WHERE party_id IS NOT NULL;
        CREATE INDEX visit_by_settling ON visit (settled_at) WHERE settled_at IS NOT NULL;
        CREATE INDEX visit_unknown ON visit (reach_key, id) WHERE party_id IS NULL AND reach_key <> '';
        CREATE TABLE visit_report (
            name TEXT PRIMARY KEY, computed_at BIGINT NOT NULL, marker TEXT NOT NULL, document TEXT NOT NULL
        );
        """)
}
