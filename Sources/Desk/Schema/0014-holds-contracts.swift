import Storage

extension Migration {
    /// Holds with a scope, contracts with their prices, and what contracts say about how long customers stay.
    ///
    /// `hold.until_day` is the last day a hold lasts; `HoldStore.untilSettled` stands for one without an end, so that one
    /// index has those that end first in front. A contract's price is the latest `contract_price` that has begun.
    /// `seen_day` is the last day a file knew the contract to run; NULL where it is kept here. `due_day` is the next day on
    /// which it renews or ends by itself. Shares are kept in millionths.
    static let holdsContracts = Migration(
        "0014-holds-contracts",
        """
        CREATE TABLE hold (
            id IDENTITY, party_id BIGINT NOT NULL, below BOOLEAN NOT NULL,
            orders BOOLEAN NOT NULL, deliveries BOOLEAN NOT NULL, service BOOLEAN NOT NULL, discounts BOOLEAN NOT NULL,
            contract_id BIGINT, product TEXT NOT NULL, product_key TEXT NOT NULL,
            over_amount BIGINT CHECK (over_amount >= 0), over_currency TEXT NOT NULL,
            reason TEXT NOT NULL CHECK (reason IN ('bill', 'dispute', 'other')), words TEXT NOT NULL,
            owner_id BIGINT, starts_at BIGINT NOT NULL, until_day BIGINT NOT NULL, placed_by BIGINT,
            placed_at BIGINT NOT NULL, lifted_at BIGINT, lifted_by BIGINT, lifted_why TEXT NOT NULL,
            CHECK (orders OR deliveries OR service OR discounts)
        );
        CREATE INDEX hold_by_party ON hold (party_id, until_day, id) WHERE lifted_at IS NULL;
        CREATE INDEX hold_by_any_party ON hold (party_id, id);
        CREATE INDEX hold_open ON hold (until_day, id) WHERE lifted_at IS NULL;
        CREATE INDEX event_of_hold ON event (noun_id, id) WHERE noun = 'hold';

        CREATE TABLE contract (
            id IDENTITY, party_id BIGINT NOT NULL, terms TEXT NOT NULL, terms_key TEXT NOT NULL,
            product TEXT NOT NULL, product_key TEXT NOT NULL, start_day BIGINT NOT NULL,
            minimum_months BIGINT NOT NULL CHECK (minimum_months BETWEEN 0 AND 1200),
            renewal_months BIGINT NOT NULL CHECK (renewal_months BETWEEN 0 AND 1200),
            billing_months BIGINT NOT NULL CHECK (billing_months BETWEEN 1 AND 120), currency TEXT NOT NULL,
            promotion TEXT NOT NULL, promotion_day BIGINT, notice BIGINT NOT NULL CHECK (notice BETWEEN 0 AND 3660),
            notice_unit TEXT NOT NULL CHECK (notice_unit IN ('days', 'months')),
            penalty TEXT NOT NULL CHECK (penalty IN ('none', 'fixed', 'share', 'rest')),
            penalty_amount BIGINT NOT NULL CHECK (penalty_amount >= 0),
            penalty_millionths BIGINT NOT NULL CHECK (penalty_millionths BETWEEN 0 AND 1000000),
            end_day BIGINT, end_reason TEXT NOT NULL, end_import_id BIGINT NOT NULL, attribute TEXT NOT NULL,
            seen_day BIGINT, seen_import_id BIGINT NOT NULL, seen_before BIGINT, due_day BIGINT,
            source TEXT NOT NULL, outside_id TEXT, row_key TEXT, import_id BIGINT NOT NULL, recorded_by BIGINT,
            recorded_at BIGINT NOT NULL, changed_at BIGINT NOT NULL
        );
        CREATE UNIQUE INDEX contract_by_row ON contract (source, row_key);
        CREATE INDEX contract_by_party ON contract (party_id, id);
        CREATE INDEX contract_by_import ON contract (import_id) WHERE import_id > 0;
        CREATE INDEX contract_by_end_import ON contract (end_import_id) WHERE end_import_id > 0;
        CREATE INDEX contract_by_seen_import ON contract (seen_import_id) WHERE seen_import_id > 0;
        CREATE INDEX contract_by_promotion ON contract (promotion_day, id) WHERE promotion_day IS NOT NULL AND end_day IS NULL;
        CREATE INDEX contract_by_due ON contract (due_day, id) WHERE due_day IS NOT NULL AND end_day IS NULL;
        CREATE INDEX contract_by_end ON contract (end_day, id) WHERE end_day IS NOT NULL;
        CREATE INDEX contract_by_change ON contract (changed_at);

        CREATE TABLE contract_price (
            contract_id BIGINT NOT NULL REFERENCES contract (id), from_day BIGINT NOT NULL,
            amount BIGINT NOT NULL CHECK (amount >= 0 AND amount < 1000000000000000), import_id BIGINT NOT NULL,
            PRIMARY KEY (contract_id, from_day)
        );
        CREATE INDEX contract_price_by_import ON contract_price (import_id) WHERE import_id > 0;

        CREATE TABLE import_contract (
            import_id BIGINT NOT NULL, line BIGINT NOT NULL, n BIGINT NOT NULL, terms TEXT NOT NULL,
            terms_key TEXT NOT NULL, product TEXT NOT NULL, product_key TEXT NOT NULL, start_day BIGINT NOT NULL,
            minimum_months BIGINT NOT NULL, renewal_months BIGINT NOT NULL, amount BIGINT NOT NULL,
            currency TEXT NOT NULL, end_day BIGINT, end_reason TEXT NOT NULL, attribute TEXT NOT NULL,
            seen_day BIGINT NOT NULL, due_day BIGINT, outside_id TEXT, row_key TEXT NOT NULL
        );
        CREATE INDEX import_contract_by_key ON import_contract (import_id, row_key);

        CREATE TABLE retention (
            name TEXT PRIMARY KEY, computed_at BIGINT NOT NULL, marker TEXT NOT NULL, document TEXT NOT NULL
        );
        """)
}
