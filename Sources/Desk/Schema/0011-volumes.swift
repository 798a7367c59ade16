import Storage

extension Migration {
    /// What organisations bought, added up as it comes, so that a tree of departments is summed without its purchases;
    /// memberships that are over; and the ways a timeline is read by kind.
    ///
    /// `volume` holds a row for each month (years times twelve, plus the month from nought) and currency of an
    /// organisation, and one under month -1 for all of them. It is a projection of `purchase`: `VolumeStore` keeps it, and
    /// a job compares. The month is counted from the day in whole numbers (civil from days, H. Hinnant).
    static let volumes = Migration(
        "0011-volumes",
        """
        CREATE TABLE volume (
            account_id BIGINT NOT NULL, month BIGINT NOT NULL, currency TEXT NOT NULL, sales BIGINT NOT NULL,
            uses BIGINT NOT NULL, amount BIGINT NOT NULL, PRIMARY KEY (account_id, month, currency)
        );
        INSERT INTO volume (account_id, month, currency, sales, uses, amount)
            SELECT account_id, (era * 400 + yoe) * 12 + (5 * (doe - (365 * yoe + yoe / 4 - yoe / 100)) + 2) / 153 + 2,
                currency, count(*) FILTER (WHERE kind = 'sale'), count(*) FILTER (WHERE kind = 'use'),
                CAST(sum(amount) AS BIGINT)
            FROM (
                SELECT account_id, currency, amount, kind, era, doe,
                    (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365 AS yoe
                FROM (
                    SELECT p.account_id, p.currency, p.amount, p.kind, (p.day + 719468) / 146097 AS era,
                        (p.day + 719468) % 146097 AS doe
                    FROM purchase p JOIN party o ON o.id = p.account_id WHERE o.kind = 'organisation'
                ) AS shifted
            ) AS dated
            GROUP BY account_id,
                (era * 400 + yoe) * 12 + (5 * (doe - (365 * yoe + yoe / 4 - yoe / 100)) + 2) / 153 + 2, currency;
        INSERT INTO volume (account_id, month, currency, sales, uses, amount)
            SELECT account_id, -1, currency, CAST(sum(sales) AS BIGINT), CAST(sum(uses) AS BIGINT),
                CAST(sum(amount) AS BIGINT)
            FROM volume WHERE month >= 0 GROUP BY account_id, currency;
        CREATE INDEX volume_sums ON volume (account_id, month, currency, amount, sales, uses);

        CREATE TABLE membership_past (
            id IDENTITY, person_id BIGINT NOT NULL, account_id BIGINT NOT NULL, title TEXT NOT NULL,
            buys BOOLEAN NOT NULL, uses BOOLEAN NOT NULL, decides BOOLEAN NOT NULL, pays BOOLEAN NOT NULL,
            since BIGINT NOT NULL, ended_at BIGINT NOT NULL, import_id BIGINT NOT NULL
        );
        CREATE INDEX membership_past_by_person ON membership_past (person_id, ended_at, id);
        CREATE INDEX membership_past_by_account ON membership_past (account_id, ended_at, id);

        CREATE INDEX purchase_uses ON purchase (account_id, day, id) WHERE kind = 'use';
        CREATE INDEX purchase_uses_by_id ON purchase (id) WHERE kind = 'use';
        CREATE INDEX event_by_party_kind ON event (party_id, kind, at, id) WHERE party_id IS NOT NULL;
        CREATE INDEX party_organisation ON party (name_key, id) WHERE kind = 'organisation' AND NOT serves;
        """)
}
