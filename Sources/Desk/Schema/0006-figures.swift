import Storage

extension Migration {
    /// What the data says about each customer, run by run, and the lists worked off from it.
    ///
    /// Shares are kept in millionths, purchases in thousandths, gaps in tenths of a day: whole numbers load fastest.
    /// A row belongs to its run, and is read only once that run is complete.
    static let figures = Migration(
        "0006-figures",
        """
        CREATE TABLE figure_run (
            id IDENTITY, state TEXT NOT NULL CHECK (state IN ('asked', 'writing', 'complete', 'failed')),
            asked_by BIGINT, started_at BIGINT NOT NULL, touched_at BIGINT NOT NULL, finished_at BIGINT,
            day BIGINT NOT NULL, report TEXT NOT NULL, outcomes TEXT NOT NULL, settled BOOLEAN NOT NULL
        );
        CREATE INDEX figure_run_by_state ON figure_run (state, id);

        CREATE TABLE figure (
            run_id BIGINT NOT NULL, party_id BIGINT NOT NULL, first_day BIGINT NOT NULL, last_day BIGINT NOT NULL,
            occasions BIGINT NOT NULL, worth BIGINT NOT NULL, gap_tenths BIGINT, alive_millionths BIGINT,
            before_millionths BIGINT, expected_thousandths BIGINT, expected_worth BIGINT,
            PRIMARY KEY (run_id, party_id)
        );

        CREATE TABLE list_row (
            run_id BIGINT NOT NULL, party_id BIGINT NOT NULL, list TEXT NOT NULL, money BIGINT NOT NULL,
            since_day BIGINT NOT NULL, held BOOLEAN NOT NULL, PRIMARY KEY (run_id, party_id, list)
        );
        CREATE INDEX list_row_by_money ON list_row (run_id, list, held, money, party_id);

        CREATE TABLE list_entry (
            id IDENTITY, list TEXT NOT NULL, party_id BIGINT NOT NULL, entered_day BIGINT NOT NULL, left_day BIGINT,
            held BOOLEAN NOT NULL, assignee_id BIGINT, assigned_at BIGINT, done_at BIGINT, done_by BIGINT,
            outcome TEXT CHECK (outcome IN ('came back', 'reached', 'not reached', 'no interest', 'other')),
            note TEXT NOT NULL
        );
        CREATE UNIQUE INDEX list_entry_open ON list_entry (party_id, list) WHERE left_day IS NULL;
        CREATE INDEX list_entry_by_assignee ON list_entry (assignee_id, list) WHERE left_day IS NULL;
        CREATE INDEX list_entry_done ON list_entry (list, done_at, id) WHERE done_at IS NOT NULL;
        """)
}
