import Storage

extension Migration {
    /// What a run was asked for with: a model, and how much of the past it may know. Empty: the desk decides.
    static let figureWishes = Migration(
        "0021-figure-wishes",
        """
        ALTER TABLE figure_run ADD COLUMN model TEXT NOT NULL DEFAULT '';
        ALTER TABLE figure_run ADD COLUMN calibrate_until BIGINT;
        """)
}
