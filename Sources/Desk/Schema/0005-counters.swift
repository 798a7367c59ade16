import Storage

extension Migration {
    /// A place for the changes of one import to the counters, which no reading walks over.
    static let counters = Migration(
        "0005-counters",
        """
        CREATE TABLE tally_change (
            id IDENTITY, family BIGINT NOT NULL, a BIGINT NOT NULL, b BIGINT NOT NULL, n BIGINT NOT NULL
        );
        """)
}
