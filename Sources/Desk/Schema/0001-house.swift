import Storage

extension Migration {
    /// What every feature stands on: settings that remember, the spine of events, jobs.
    static let house = Migration(
        "0001-house",
        """
        CREATE TABLE setting (
            id IDENTITY, name TEXT NOT NULL, value TEXT NOT NULL, from_at BIGINT NOT NULL, set_by BIGINT
        );
        CREATE INDEX setting_by_name ON setting (name, from_at, id);

        CREATE TABLE secret (name TEXT PRIMARY KEY, value BYTES NOT NULL);

        CREATE TABLE event (
            id IDENTITY, seq BIGINT, at BIGINT NOT NULL, recorded_at BIGINT NOT NULL,
            actor_id BIGINT, behalf_id BIGINT, cause_id BIGINT,
            noun TEXT NOT NULL, noun_id BIGINT NOT NULL, kind TEXT NOT NULL, party_id BIGINT, detail TEXT NOT NULL
        );
        CREATE UNIQUE INDEX event_by_seq ON event (seq) WHERE seq IS NOT NULL;
        CREATE INDEX event_unstamped ON event (id) WHERE seq IS NULL;
        CREATE INDEX event_by_party ON event (party_id, at, id) WHERE party_id IS NOT NULL;

        CREATE TABLE job (
            id IDENTITY, kind TEXT NOT NULL, argument BIGINT NOT NULL, unique_key TEXT UNIQUE,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'dead')),
            attempt BIGINT NOT NULL, maximum_attempts BIGINT NOT NULL, run_at BIGINT NOT NULL,
            lease_until BIGINT, lease_token BIGINT NOT NULL, last_error TEXT, created_at BIGINT NOT NULL
        );
        CREATE INDEX job_due ON job (state, run_at, id);
        """)
}
