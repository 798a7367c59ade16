import Storage

extension Migration {
    /// What was known of a customer before it was changed, so that it can be put back: addresses taken off, earlier
    /// preferences, suppressions lifted. And fields of one's own on their way in from a file.
    static let persons = Migration(
        "0012-persons",
        """
        CREATE TABLE former_address (
            id IDENTITY, party_id BIGINT NOT NULL REFERENCES party (id), kind TEXT NOT NULL, value TEXT NOT NULL,
            value_key TEXT NOT NULL, network TEXT NOT NULL, label TEXT NOT NULL, preferred BOOLEAN NOT NULL,
            verified_at BIGINT, claimed_at BIGINT NOT NULL, source TEXT NOT NULL, removed_by BIGINT,
            removed_at BIGINT NOT NULL
        );
        CREATE INDEX former_address_by_party ON former_address (party_id, id);

        CREATE TABLE preference (
            id IDENTITY, party_id BIGINT NOT NULL REFERENCES party (id), words TEXT NOT NULL, recorded_by BIGINT,
            recorded_at BIGINT NOT NULL, erased_at BIGINT
        );
        CREATE INDEX preference_by_party ON preference (party_id, id);

        CREATE TABLE suppression_change (
            id IDENTITY, address_key TEXT NOT NULL, purpose TEXT NOT NULL, suppressed BOOLEAN NOT NULL,
            reason TEXT NOT NULL, recorded_by BIGINT, recorded_at BIGINT NOT NULL
        );
        CREATE INDEX suppression_change_by_address ON suppression_change (address_key, id);

        ALTER TABLE field_value ADD COLUMN import_id BIGINT NOT NULL DEFAULT 0;
        CREATE INDEX field_value_by_import ON field_value (import_id) WHERE import_id > 0;
        CREATE INDEX party_organisation_by_name ON party (name_key, id) WHERE kind = 'organisation' AND NOT serves;
        CREATE INDEX consent_by_record ON consent (party_id, id);
        CREATE INDEX tag_by_name ON tag (name_key, id);
        CREATE INDEX field_by_place ON field (place, id);

        CREATE TABLE import_field_value (
            n BIGINT NOT NULL, field_id BIGINT NOT NULL, words TEXT NOT NULL, words_key TEXT NOT NULL, number BIGINT
        );
        CREATE INDEX import_field_value_by_n ON import_field_value (n);
        """)
}
