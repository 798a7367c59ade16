import Storage

extension Migration {
    /// The walk-through: places where customers meet the organisation, what is looked at there, who looked when, what was
    /// found and whether it is mended; and photographs.
    ///
    /// A file is kept once, under the SHA-256 of what is in it, in parts of 256 KiB; rows that show it name it.
    static let walkthrough = Migration(
        "0018-walkthrough",
        """
        CREATE TABLE content (
            digest TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('jpeg', 'png', 'webp')),
            size BIGINT NOT NULL, kept_at BIGINT NOT NULL
        );
        CREATE INDEX content_by_age ON content (kept_at, digest);
        CREATE TABLE content_part (
            digest TEXT NOT NULL, part BIGINT NOT NULL, bytes BYTES NOT NULL, PRIMARY KEY (digest, part)
        );

        CREATE TABLE place (
            id IDENTITY, name TEXT NOT NULL, name_key TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('shop', 'site', 'phone', 'letter', 'mail', 'other')),
            owner_id BIGINT, every BIGINT NOT NULL CHECK (every BETWEEN 1 AND 366),
            unit TEXT NOT NULL CHECK (unit IN ('day', 'week', 'month')), next_day BIGINT NOT NULL,
            source TEXT NOT NULL, created_at BIGINT NOT NULL, retired_at BIGINT
        );
        CREATE INDEX place_by_next ON place (next_day, id) WHERE retired_at IS NULL;
        CREATE TABLE place_item (
            id IDENTITY, place_id BIGINT NOT NULL REFERENCES place (id), rank BIGINT NOT NULL, words TEXT NOT NULL,
            retired_at BIGINT
        );
        CREATE INDEX place_item_by_place ON place_item (place_id, rank, id);

        CREATE TABLE walk (
            id IDENTITY, place_id BIGINT NOT NULL REFERENCES place (id), day BIGINT NOT NULL, at BIGINT NOT NULL,
            walked_by BIGINT, words TEXT NOT NULL, fine BIGINT NOT NULL, wrong BIGINT NOT NULL, apart BIGINT NOT NULL
        );
        CREATE INDEX walk_by_place ON walk (place_id, id);
        CREATE TABLE walk_mark (
            walk_id BIGINT NOT NULL REFERENCES walk (id), item_id BIGINT NOT NULL REFERENCES place_item (id),
            verdict TEXT NOT NULL CHECK (verdict IN ('fine', 'wrong', 'apart')), words TEXT NOT NULL,
            PRIMARY KEY (walk_id, item_id)
        );
        CREATE TABLE walk_finding (
            id IDENTITY, place_id BIGINT NOT NULL REFERENCES place (id), item_id BIGINT NOT NULL,
            walk_id BIGINT NOT NULL, words TEXT NOT NULL, owner_id BIGINT, due_day BIGINT NOT NULL,
            found_day BIGINT NOT NULL, found_by BIGINT, mended_day BIGINT, mended_by BIGINT, mended_words TEXT NOT NULL
        );
        CREATE INDEX walk_finding_open ON walk_finding (due_day, id) WHERE mended_day IS NULL;
        CREATE INDEX walk_finding_by_place ON walk_finding (place_id, id);
        CREATE TABLE walk_photo (
            id IDENTITY, walk_id BIGINT NOT NULL REFERENCES walk (id), item_id BIGINT NOT NULL,
            name TEXT NOT NULL, digest TEXT NOT NULL REFERENCES content (digest), added_at BIGINT NOT NULL
        );
        CREATE INDEX walk_photo_by_walk ON walk_photo (walk_id, item_id, id);
        CREATE INDEX walk_photo_by_digest ON walk_photo (digest);
        """)
}
