import Storage

extension Migration {
    /// Two customers made one and one made two, with a journal that undoes it, and pairs that may be one customer.
    ///
    /// `merging` is the act, `merging_step` what it did to single rows (before and after, whole where a row went; `old_key`
    /// and `row_key` find the row before and after), and `merging_row` the ids of rows that only changed hands: a hundred thousand purchases cost a hundred thousand
    /// numbers. In `merging`, `kept_id` is who stayed (or was split) and `other_id` who went (or was split off).
    /// `party_redirect` is where a customer who went lives on; ids are never given out again.
    static let merging = Migration(
        "0013-merging",
        """
        CREATE TABLE merging (
            id IDENTITY, kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')), kept_id BIGINT NOT NULL,
            other_id BIGINT NOT NULL, kept_name TEXT NOT NULL, other_name TEXT NOT NULL, made BOOLEAN NOT NULL,
            steps BIGINT NOT NULL, at BIGINT NOT NULL, by_id BIGINT, undone_at BIGINT, undone_by BIGINT
        );
        CREATE INDEX merging_by_kept ON merging (kept_id, id);
        CREATE INDEX merging_by_other ON merging (other_id, id);

        CREATE TABLE merging_step (
            merging_id BIGINT NOT NULL REFERENCES merging (id), n BIGINT NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('moved', 'changed', 'removed', 'added')), place TEXT NOT NULL,
            field TEXT NOT NULL, row_key TEXT NOT NULL, old_key TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
            row_count BIGINT NOT NULL, PRIMARY KEY (merging_id, n)
        );
        CREATE INDEX merging_step_by_row ON merging_step (place, row_key, merging_id) WHERE row_key <> '';
        CREATE INDEX merging_step_by_old_row ON merging_step (place, old_key, merging_id) WHERE old_key <> '';

        CREATE TABLE merging_row (
            merging_id BIGINT NOT NULL, n BIGINT NOT NULL, row_id BIGINT NOT NULL, PRIMARY KEY (merging_id, n, row_id)
        );

        CREATE TABLE party_redirect (
            party_id BIGINT PRIMARY KEY, into_id BIGINT NOT NULL, merging_id BIGINT NOT NULL
        );
        CREATE INDEX party_redirect_by_goal ON party_redirect (into_id);

        CREATE TABLE duplicate (
            one_id BIGINT NOT NULL, other_id BIGINT NOT NULL, score BIGINT NOT NULL, reasons TEXT NOT NULL,
            run_id BIGINT NOT NULL, dismissed_at BIGINT, dismissed_by BIGINT, PRIMARY KEY (one_id, other_id),
            CHECK (one_id < other_id)
        );
        CREATE INDEX duplicate_open ON duplicate (score, one_id, other_id) WHERE dismissed_at IS NULL;
        CREATE INDEX duplicate_dismissed ON duplicate (dismissed_at, one_id, other_id) WHERE dismissed_at IS NOT NULL;
        CREATE INDEX duplicate_by_other ON duplicate (other_id, one_id);
        CREATE INDEX duplicate_by_run ON duplicate (run_id) WHERE dismissed_at IS NULL;

        CREATE TABLE duplicate_run (
            id IDENTITY, started_at BIGINT NOT NULL, finished_at BIGINT, event_id BIGINT NOT NULL,
            customers BIGINT NOT NULL, pairs BIGINT NOT NULL, crowds BIGINT NOT NULL, crowd TEXT NOT NULL,
            crowd_size BIGINT NOT NULL, is_cut BOOLEAN NOT NULL
        );
        """)
}
