import Storage

extension Migration {
    /// Files on their way in. Staged rows are seen by nobody until the whole file is published.
    ///
    /// `import_customer.n` is the import's id times 2^32 plus the order of first appearance, which staged purchases and
    /// acts name by itself. Rows with `named` outlive the publishing, so that an undo can take the names back.
    static let imports = Migration(
        "0004-imports",
        """
        CREATE TABLE import (
            id IDENTITY, kind TEXT NOT NULL CHECK (kind IN ('customers', 'purchases', 'advocacy')),
            state TEXT NOT NULL CHECK (state IN ('waiting', 'checking', 'ready', 'loading', 'publishing', 'complete',
                'failed', 'undoing', 'undone', 'dropped')),
            wanted TEXT NOT NULL CHECK (wanted IN ('', 'check', 'load', 'undo')),
            file_name TEXT NOT NULL, path TEXT NOT NULL, format TEXT NOT NULL, mapping TEXT NOT NULL,
            header_key TEXT NOT NULL, currency TEXT NOT NULL, source TEXT NOT NULL, sample BOOLEAN NOT NULL,
            print TEXT NOT NULL, file_bytes BIGINT NOT NULL, rows_read BIGINT NOT NULL, rows_accepted BIGINT NOT NULL,
            rows_refused BIGINT NOT NULL, rows_known BIGINT NOT NULL, next_offset BIGINT NOT NULL, next_line BIGINT NOT NULL,
            summary TEXT NOT NULL, problem TEXT NOT NULL, started_by BIGINT, created_at BIGINT NOT NULL,
            phase_at BIGINT NOT NULL, finished_at BIGINT
        );
        CREATE INDEX import_by_header ON import (kind, header_key, id);

        CREATE TABLE import_refusal (
            import_id BIGINT NOT NULL REFERENCES import (id), line BIGINT NOT NULL, field TEXT NOT NULL,
            reason TEXT NOT NULL, excerpt TEXT NOT NULL
        );
        CREATE INDEX import_refusal_by_import ON import_refusal (import_id, line);

        CREATE TABLE import_customer (
            n BIGINT PRIMARY KEY, outside_id TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL,
            email TEXT NOT NULL, email_key TEXT NOT NULL, phone TEXT NOT NULL, phone_key TEXT NOT NULL,
            organisation TEXT NOT NULL, organisation_key TEXT NOT NULL, kind TEXT NOT NULL, named BOOLEAN NOT NULL,
            party_id BIGINT
        );

        CREATE TABLE import_purchase (
            import_id BIGINT NOT NULL, line BIGINT NOT NULL, n BIGINT NOT NULL, day BIGINT NOT NULL, at BIGINT,
            amount BIGINT NOT NULL, currency TEXT NOT NULL, cost BIGINT, quantity BIGINT NOT NULL,
            product TEXT NOT NULL, channel TEXT NOT NULL, outside_id TEXT
        );

        CREATE TABLE import_advocacy (
            import_id BIGINT NOT NULL, line BIGINT NOT NULL, n BIGINT NOT NULL, kind TEXT NOT NULL,
            day BIGINT NOT NULL, at BIGINT, words TEXT NOT NULL, rating BIGINT, consent BOOLEAN, friend TEXT NOT NULL,
            counts BOOLEAN NOT NULL, outside_id TEXT
        );
        """)
}
