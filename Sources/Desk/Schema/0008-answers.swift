import Storage

extension Migration {
    /// What customers answered when they were asked whether they would recommend us, and the counters read from it.
    ///
    /// The kind of an import gets a column without a list of kinds: what an import may bring grows with the features,
    /// and `ImportKind` knows them. A day's answers are counted by score under `all`, and by the lowest score of their
    /// part (0, 7, 9) under every other family.
    static let answers = Migration(
        "0008-answers",
        """
        DROP INDEX import_by_header;
        ALTER TABLE import ADD COLUMN subject TEXT NOT NULL DEFAULT '';
        UPDATE import SET subject = kind;
        ALTER TABLE import DROP COLUMN kind;
        ALTER TABLE import RENAME COLUMN subject TO kind;
        CREATE INDEX import_by_header ON import (kind, header_key, id);
        ALTER TABLE import ADD COLUMN question TEXT NOT NULL DEFAULT '';

        CREATE TABLE answer (
            id IDENTITY, party_id BIGINT REFERENCES party (id),
            kind TEXT NOT NULL CHECK (kind IN ('nps', 'csat', 'ces')), day BIGINT NOT NULL, at BIGINT,
            given BIGINT NOT NULL, scale TEXT NOT NULL, mapping TEXT NOT NULL,
            score BIGINT NOT NULL CHECK (score BETWEEN 0 AND 10), part BIGINT NOT NULL CHECK (part IN (0, 7, 9)),
            words TEXT NOT NULL, after_event TEXT NOT NULL, about TEXT NOT NULL CHECK (about IN ('us', 'event')),
            visits BIGINT CHECK (visits >= 0), band BIGINT, attribute TEXT NOT NULL,
            source TEXT NOT NULL, outside_id TEXT, row_key TEXT, import_id BIGINT NOT NULL, recorded_at BIGINT NOT NULL
        );
        CREATE UNIQUE INDEX answer_by_row ON answer (source, row_key);
        CREATE INDEX answer_by_party ON answer (party_id, day, id, part, about) WHERE party_id IS NOT NULL;
        CREATE INDEX answer_by_import ON answer (import_id) WHERE import_id > 0;
        CREATE INDEX answer_by_day ON answer (about, day, id);
        CREATE INDEX answer_by_part ON answer (about, part, day, id);
        CREATE INDEX answer_by_source ON answer (about, source, day, id);
        CREATE INDEX answer_by_event ON answer (after_event, day, id) WHERE after_event <> '';
        CREATE INDEX answer_by_band ON answer (about, band, day, id) WHERE band IS NOT NULL;
        CREATE INDEX answer_by_attribute ON answer (about, attribute, day, id) WHERE attribute <> '';

        CREATE TABLE answer_tally (
            kind TEXT NOT NULL, about TEXT NOT NULL, family TEXT NOT NULL, day BIGINT NOT NULL, value TEXT NOT NULL,
            score BIGINT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (kind, about, family, day, value, score)
        );
        CREATE TABLE answer_tally_delta (
            id IDENTITY, kind TEXT NOT NULL, about TEXT NOT NULL, family TEXT NOT NULL, day BIGINT NOT NULL,
            value TEXT NOT NULL, score BIGINT NOT NULL, n BIGINT NOT NULL
        );

        CREATE TABLE answer_mix (
            kind TEXT NOT NULL, about TEXT NOT NULL, level TEXT NOT NULL, people BIGINT NOT NULL,
            promoters BIGINT NOT NULL, passives BIGINT NOT NULL, detractors BIGINT NOT NULL,
            from_day BIGINT NOT NULL, to_day BIGINT NOT NULL, level_from BIGINT NOT NULL, level_to BIGINT NOT NULL,
            event_id BIGINT NOT NULL, computed_at BIGINT NOT NULL, PRIMARY KEY (kind, about, level)
        );

        CREATE TABLE import_answer (
            import_id BIGINT NOT NULL, line BIGINT NOT NULL, n BIGINT, day BIGINT NOT NULL, at BIGINT,
            given BIGINT NOT NULL, score BIGINT NOT NULL, part BIGINT NOT NULL, words TEXT NOT NULL,
            after_event TEXT NOT NULL, visits BIGINT, band BIGINT, attribute TEXT NOT NULL, outside_id TEXT,
            row_key TEXT NOT NULL
        );
        """)
}
