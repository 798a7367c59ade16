import Storage

extension Migration {
    /// Departments, roles, uses of service, and what is known of a customer beyond the name: who looks after them, what
    /// they prefer, tags, fields of the organisation's own, more ways to reach them, and what they agreed to.
    ///
    /// A department is an organisation with a parent. A use of service is an occasion on which nothing was sold: a row of
    /// `purchase` of the kind `use`, with an amount of nought. Numbers in fields of one's own are kept in thousandths, days
    /// as days since 1970, ticks as 0 and 1. `address` gets a third kind, so the table is written anew.
    static let relationships = Migration(
        "0009-relationships",
        """
        ALTER TABLE party ADD COLUMN parent_id BIGINT;
        ALTER TABLE party ADD COLUMN internal BOOLEAN NOT NULL DEFAULT FALSE;
        ALTER TABLE party ADD COLUMN owner_id BIGINT;
        ALTER TABLE party ADD COLUMN language TEXT NOT NULL DEFAULT '';
        ALTER TABLE party ADD COLUMN zone TEXT NOT NULL DEFAULT '';
        ALTER TABLE party ADD COLUMN preferences TEXT NOT NULL DEFAULT '';
        CREATE INDEX party_by_parent ON party (parent_id, name_key, id) WHERE parent_id IS NOT NULL;
        CREATE INDEX party_by_owner ON party (owner_id, id) WHERE owner_id IS NOT NULL;
        CREATE INDEX party_by_language ON party (language, id) WHERE language <> '';
        CREATE INDEX party_by_creation ON party (created_at, id) WHERE NOT serves;

        ALTER TABLE membership ADD COLUMN title TEXT NOT NULL DEFAULT '';
        ALTER TABLE membership ADD COLUMN buys BOOLEAN NOT NULL DEFAULT FALSE;
        ALTER TABLE membership ADD COLUMN uses BOOLEAN NOT NULL DEFAULT FALSE;
        ALTER TABLE membership ADD COLUMN decides BOOLEAN NOT NULL DEFAULT FALSE;
        ALTER TABLE membership ADD COLUMN pays BOOLEAN NOT NULL DEFAULT FALSE;

        ALTER TABLE purchase ADD COLUMN kind TEXT NOT NULL DEFAULT 'sale';

        CREATE TABLE reach (
            id IDENTITY, party_id BIGINT NOT NULL REFERENCES party (id),
            kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'handle')),
            value TEXT NOT NULL, value_key TEXT NOT NULL, verified_at BIGINT, claimed_at BIGINT NOT NULL,
            source TEXT NOT NULL, import_id BIGINT NOT NULL, network TEXT NOT NULL DEFAULT '',
            label TEXT NOT NULL DEFAULT '', preferred BOOLEAN NOT NULL DEFAULT FALSE, UNIQUE (party_id, kind, value_key)
        );
        INSERT INTO reach (party_id, kind, value, value_key, verified_at, claimed_at, source, import_id)
            SELECT party_id, kind, value, value_key, verified_at, claimed_at, source, import_id FROM address ORDER BY id;
        DROP TABLE address;
        ALTER TABLE reach RENAME TO address;
        CREATE UNIQUE INDEX address_verified_once ON address (kind, value_key) WHERE verified_at IS NOT NULL;
        CREATE INDEX address_by_key ON address (value_key, party_id);

        CREATE TABLE tag (
            id IDENTITY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL
        );
        CREATE TABLE party_tag (
            tag_id BIGINT NOT NULL REFERENCES tag (id), party_id BIGINT NOT NULL REFERENCES party (id),
            PRIMARY KEY (tag_id, party_id)
        );
        CREATE INDEX party_tag_by_party ON party_tag (party_id, tag_id);

        CREATE TABLE field (
            id IDENTITY, name TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'tick')),
            about TEXT NOT NULL CHECK (about IN ('person', 'organisation', 'both')),
            choices TEXT NOT NULL, place BIGINT NOT NULL, created_at BIGINT NOT NULL, retired_at BIGINT
        );
        CREATE TABLE field_value (
            party_id BIGINT NOT NULL REFERENCES party (id), field_id BIGINT NOT NULL REFERENCES field (id),
            words TEXT NOT NULL, words_key TEXT NOT NULL, number BIGINT, PRIMARY KEY (party_id, field_id)
        );
        CREATE INDEX field_value_by_words ON field_value (field_id, words_key, party_id);
        CREATE INDEX field_value_by_number ON field_value (field_id, number, party_id) WHERE number IS NOT NULL;

        CREATE TABLE consent (
            id IDENTITY, party_id BIGINT NOT NULL REFERENCES party (id), address_key TEXT NOT NULL,
            purpose TEXT NOT NULL CHECK (purpose IN ('any', 'survey', 'advocacy', 'offers', 'news')),
            given BOOLEAN NOT NULL, at BIGINT NOT NULL, how TEXT NOT NULL, recorded_by BIGINT, recorded_at BIGINT NOT NULL
        );
        CREATE INDEX consent_by_party ON consent (party_id, purpose, at, id);

        CREATE TABLE suppression (
            address_key TEXT NOT NULL, purpose TEXT NOT NULL
                CHECK (purpose IN ('any', 'survey', 'advocacy', 'offers', 'news')),
            reason TEXT NOT NULL, recorded_by BIGINT, recorded_at BIGINT NOT NULL,
            PRIMARY KEY (address_key, purpose)
        );
        """)
}
