import Storage

extension Migration {
    /// Persons and organisations in one id space, how to reach them, and those among them who serve.
    static let people = Migration(
        "0002-people",
        """
        CREATE TABLE party (
            id IDENTITY, kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
            name TEXT NOT NULL, name_key TEXT NOT NULL, serves BOOLEAN NOT NULL,
            source TEXT NOT NULL, import_id BIGINT NOT NULL, created_at BIGINT NOT NULL
        );
        CREATE INDEX party_by_name ON party (name_key, id) WHERE NOT serves;
        CREATE INDEX party_by_import ON party (import_id) WHERE import_id > 0;

        CREATE TABLE party_word (word TEXT NOT NULL, party_id BIGINT NOT NULL REFERENCES party (id));
        CREATE INDEX party_word_by_word ON party_word (word, party_id);
        CREATE INDEX party_word_by_party ON party_word (party_id);

        CREATE TABLE party_key (
            source TEXT NOT NULL, outside_id TEXT NOT NULL, party_id BIGINT NOT NULL REFERENCES party (id),
            PRIMARY KEY (source, outside_id)
        );
        CREATE INDEX party_key_by_party ON party_key (party_id);

        CREATE TABLE membership (
            person_id BIGINT NOT NULL REFERENCES party (id), account_id BIGINT NOT NULL REFERENCES party (id),
            since BIGINT NOT NULL, import_id BIGINT NOT NULL, PRIMARY KEY (person_id, account_id)
        );
        CREATE INDEX membership_by_account ON membership (account_id, person_id);

        CREATE TABLE address (
            id IDENTITY, party_id BIGINT NOT NULL REFERENCES party (id),
            kind TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
            value TEXT NOT NULL, value_key TEXT NOT NULL, verified_at BIGINT, claimed_at BIGINT NOT NULL,
            source TEXT NOT NULL, import_id BIGINT NOT NULL, UNIQUE (party_id, kind, value_key)
        );
        CREATE UNIQUE INDEX address_verified_once ON address (kind, value_key) WHERE verified_at IS NOT NULL;
        CREATE INDEX address_by_key ON address (value_key, party_id);

        CREATE TABLE agent (
            person_id BIGINT PRIMARY KEY REFERENCES party (id),
            role TEXT NOT NULL CHECK (role IN ('agent', 'lead', 'manager', 'administrator')),
            email TEXT NOT NULL, email_key TEXT NOT NULL UNIQUE, password TEXT NOT NULL, suspended BOOLEAN NOT NULL,
            language TEXT NOT NULL, zone TEXT NOT NULL, theme TEXT NOT NULL,
            created_at BIGINT NOT NULL, changed_at BIGINT NOT NULL, signed_in_at BIGINT
        );

        CREATE TABLE session (
            id IDENTITY, token_hash BYTES NOT NULL UNIQUE, person_id BIGINT NOT NULL REFERENCES agent (person_id),
            device TEXT NOT NULL, place TEXT NOT NULL,
            created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL
        );
        CREATE INDEX session_by_person ON session (person_id, seen_at);

        CREATE TABLE api_key (
            id IDENTITY, person_id BIGINT NOT NULL REFERENCES agent (person_id), hash BYTES NOT NULL UNIQUE,
            hint TEXT NOT NULL, label TEXT NOT NULL, created_at BIGINT NOT NULL, used_at BIGINT, revoked_at BIGINT
        );
        CREATE INDEX api_key_by_person ON api_key (person_id, id);

        CREATE TABLE invitation (
            id IDENTITY, token_hash BYTES NOT NULL UNIQUE, email TEXT NOT NULL, email_key TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('agent', 'lead', 'manager', 'administrator')),
            invited_by BIGINT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
            withdrawn_at BIGINT, used_at BIGINT, person_id BIGINT
        );
        CREATE INDEX invitation_open ON invitation (id) WHERE used_at IS NULL AND withdrawn_at IS NULL;
        """)
}
