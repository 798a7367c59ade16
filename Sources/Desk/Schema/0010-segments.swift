import Storage

extension Migration {
    /// Segments, every version of them, who is in them, and what was counted of their members; and the indexes by which
    /// filters find customers.
    ///
    /// `segment_member` always holds a whole set: a run brings it in step portion by portion, and `run_after` is the
    /// customer up to whom the run under way has come.
    static let segments = Migration(
        "0010-segments",
        """
        CREATE TABLE segment (
            id IDENTITY, version BIGINT NOT NULL, sample BOOLEAN NOT NULL, created_at BIGINT NOT NULL,
            archived_at BIGINT, asked_at BIGINT, run_after BIGINT, run_version BIGINT, run_members BIGINT NOT NULL,
            computed_at BIGINT, computed_version BIGINT, members BIGINT NOT NULL, problem TEXT NOT NULL
        );
        CREATE INDEX segment_in_use ON segment (id) WHERE archived_at IS NULL;

        CREATE TABLE segment_version (
            segment_id BIGINT NOT NULL REFERENCES segment (id), version BIGINT NOT NULL,
            name TEXT NOT NULL, name_key TEXT NOT NULL, need TEXT NOT NULL, valued TEXT NOT NULL,
            unique_value TEXT NOT NULL, filter TEXT NOT NULL, changed_by BIGINT, changed_at BIGINT NOT NULL,
            PRIMARY KEY (segment_id, version)
        );

        CREATE TABLE segment_member (
            segment_id BIGINT NOT NULL, party_id BIGINT NOT NULL, PRIMARY KEY (segment_id, party_id)
        );
        CREATE INDEX segment_member_by_party ON segment_member (party_id, segment_id);

        CREATE TABLE segment_figure (
            segment_id BIGINT PRIMARY KEY, computed_at BIGINT NOT NULL, document TEXT NOT NULL
        );

        CREATE INDEX party_organisations ON party (id) WHERE kind = 'organisation';
        CREATE INDEX party_internal ON party (id) WHERE internal;
        CREATE INDEX party_by_zone ON party (zone, id) WHERE zone <> '';
        CREATE INDEX standing_by_occasions ON standing (occasions, party_id);
        CREATE INDEX figure_by_worth ON figure (run_id, worth, party_id);
        CREATE INDEX purchase_by_product ON purchase (product, account_id) WHERE product <> '';
        CREATE INDEX purchase_by_channel ON purchase (channel, account_id) WHERE channel <> '';
        """)
}
