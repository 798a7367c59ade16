import Storage

extension Migration {
    /// What similar customers bought: which products go together, what each customer may be offered because of it and
    /// what came of it; and lists that somebody saved.
    ///
    /// Ratios are kept in millionths. An entry is open until its customer bought, its reason is gone or a year is over.
    static let offers = Migration(
        "0017-offers",
        """
        CREATE TABLE offer_product (
            id IDENTITY, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE
        );
        CREATE TABLE offer_pair (
            id IDENTITY, bought_id BIGINT NOT NULL REFERENCES offer_product (id),
            offered_id BIGINT NOT NULL REFERENCES offer_product (id),
            everyone BIGINT NOT NULL, bought BIGINT NOT NULL, offered BIGINT NOT NULL, together BIGINT NOT NULL,
            lift BIGINT NOT NULL, low BIGINT NOT NULL, high BIGINT NOT NULL, standing BOOLEAN NOT NULL,
            could BIGINT NOT NULL, UNIQUE (bought_id, offered_id)
        );
        CREATE INDEX offer_pair_by_low ON offer_pair (low, id) WHERE standing;

        CREATE TABLE offer_entry (
            id IDENTITY, party_id BIGINT NOT NULL, offered_id BIGINT NOT NULL, pair_id BIGINT NOT NULL,
            entered_day BIGINT NOT NULL, left_day BIGINT, held BOOLEAN NOT NULL,
            outcome TEXT CHECK (outcome IN ('offered', 'accepted', 'declined')),
            worked_at BIGINT, worked_by BIGINT, worked_day BIGINT, note TEXT NOT NULL, bought_day BIGINT
        );
        CREATE UNIQUE INDEX offer_entry_open ON offer_entry (party_id, offered_id) WHERE left_day IS NULL;
        CREATE INDEX offer_entry_by_party ON offer_entry (party_id, id);
        CREATE INDEX offer_entry_waiting ON offer_entry (pair_id, party_id)
            WHERE left_day IS NULL AND outcome IS NULL AND NOT held;
        CREATE INDEX offer_entry_worked ON offer_entry (pair_id, worked_at, id) WHERE outcome IS NOT NULL;

        CREATE TABLE offer_report (
            name TEXT PRIMARY KEY, computed_at BIGINT NOT NULL, marker TEXT NOT NULL, document TEXT NOT NULL
        );

        CREATE TABLE saved_list (
            id IDENTITY, name TEXT NOT NULL, list TEXT NOT NULL, day BIGINT NOT NULL, currency TEXT NOT NULL,
            forecast BOOLEAN NOT NULL, months BIGINT NOT NULL, customers BIGINT NOT NULL, money BIGINT NOT NULL,
            saved_by BIGINT, saved_at BIGINT NOT NULL, removed_at BIGINT,
            counted_run BIGINT NOT NULL, counted_day BIGINT NOT NULL, bought BIGINT NOT NULL, gone BIGINT NOT NULL,
            came BIGINT NOT NULL
        );
        CREATE TABLE saved_list_row (
            saved_id BIGINT NOT NULL REFERENCES saved_list (id), party_id BIGINT NOT NULL, money BIGINT NOT NULL,
            PRIMARY KEY (saved_id, party_id)
        );
        CREATE INDEX saved_list_row_by_money ON saved_list_row (saved_id, money, party_id);
        CREATE INDEX saved_list_row_by_party ON saved_list_row (party_id);
        """)
}
