import Storage

extension Migration {
    /// Rhythms at which customers hear from us, and whom that makes due.
    ///
    /// `occurrence` is the day a rhythm falls on for a customer: once for each, whatever becomes of it. `due_day` is that
    /// day too, until somebody puts it off.
    static let touch = Migration(
        "0020-touch",
        """
        CREATE TABLE rhythm (
            id IDENTITY, name TEXT NOT NULL, audience TEXT NOT NULL, segment_id BIGINT,
            kind TEXT NOT NULL CHECK (kind IN ('silence', 'date', 'after first', 'after last', 'anniversary')),
            months BIGINT, month BIGINT, day BIGINT, days BIGINT, what TEXT NOT NULL,
            way TEXT NOT NULL CHECK (way IN ('call', 'letter', 'mail', 'gift', 'visit')),
            purpose TEXT NOT NULL, lead_days BIGINT NOT NULL, most_open BIGINT NOT NULL, from_day BIGINT NOT NULL,
            paused BOOLEAN NOT NULL, created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, planned_at BIGINT
        );

        CREATE TABLE touch (
            id IDENTITY, rhythm_id BIGINT NOT NULL REFERENCES rhythm (id),
            party_id BIGINT NOT NULL REFERENCES party (id), occurrence BIGINT NOT NULL, due_day BIGINT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'skipped', 'dropped')),
            assignee_id BIGINT, handled_at BIGINT, handled_day BIGINT, handled_by BIGINT, note TEXT NOT NULL
        );
        CREATE UNIQUE INDEX touch_once ON touch (rhythm_id, party_id, occurrence);
        CREATE INDEX touch_due ON touch (due_day, id) WHERE state = 'open';
        CREATE INDEX touch_mine ON touch (assignee_id, due_day, id) WHERE state = 'open';
        CREATE INDEX touch_by_rhythm ON touch (rhythm_id, due_day, id) WHERE state = 'open';
        CREATE INDEX touch_handled ON touch (handled_at, id) WHERE handled_at IS NOT NULL;
        CREATE INDEX touch_by_party ON touch (party_id, due_day, id);
        """)
}
