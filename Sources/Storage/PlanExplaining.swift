/// Says how the engine would answer a statement, for the tests that keep hot statements on an index.
public protocol PlanExplaining: Database {
    /// The engine's own words, a step a line. PostgreSQL is told to avoid sequential scans, so that the plan over a
    /// test's few rows shows the index that a million rows would use.
    func explain(_ statement: SQL) async throws -> String
}
