import Storage

extension Migration {
    /// What customers bought and whom they told, and the projections the profile is read from.
    static let purchases = Migration(
        "0003-purchases",
        """
        CREATE TABLE purchase (
            id IDENTITY, account_id BIGINT NOT NULL, day BIGINT NOT NULL, at BIGINT,
            amount BIGINT NOT NULL CHECK (amount > -1000000000000000 AND amount < 1000000000000000),
            currency TEXT NOT NULL, cost BIGINT, quantity BIGINT NOT NULL, product TEXT NOT NULL, channel TEXT NOT NULL,
            source TEXT NOT NULL, outside_id TEXT, import_id BIGINT NOT NULL, recorded_at BIGINT NOT NULL
        );
        CREATE INDEX purchase_by_account ON purchase (account_id, day, amount);
        CREATE UNIQUE INDEX purchase_by_outside_id ON purchase (source, outside_id) WHERE outside_id IS NOT NULL;

        CREATE TABLE advocacy (
            id IDENTITY, person_id BIGINT NOT NULL REFERENCES party (id), kind TEXT NOT NULL
                CHECK (kind IN ('referral', 'testimonial', 'review', 'reference call', 'recommendation')),
            day BIGINT NOT NULL, at BIGINT, words TEXT NOT NULL, rating BIGINT CHECK (rating BETWEEN 1 AND 5),
            consent BOOLEAN, friend TEXT NOT NULL, counts BOOLEAN NOT NULL,
            source TEXT NOT NULL, outside_id TEXT, import_id BIGINT NOT NULL, recorded_at BIGINT NOT NULL
        );
        CREATE INDEX advocacy_by_day ON advocacy (day, person_id, counts);
        CREATE INDEX advocacy_by_person ON advocacy (person_id, day);
        CREATE UNIQUE INDEX advocacy_by_outside_id ON advocacy (source, outside_id) WHERE outside_id IS NOT NULL;

        CREATE TABLE standing (
            party_id BIGINT PRIMARY KEY, first_day BIGINT NOT NULL, second_day BIGINT, last_day BIGINT NOT NULL,
            occasions BIGINT NOT NULL
        );
        CREATE INDEX standing_by_first ON standing (first_day, party_id);
        CREATE INDEX standing_by_last ON standing (last_day, party_id);

        CREATE TABLE tally (
            family BIGINT NOT NULL, a BIGINT NOT NULL, b BIGINT NOT NULL, n BIGINT NOT NULL,
            PRIMARY KEY (family, a, b)
        );
        CREATE TABLE tally_delta (
            id IDENTITY, family BIGINT NOT NULL, a BIGINT NOT NULL, b BIGINT NOT NULL, n BIGINT NOT NULL
        );
        """)
}
