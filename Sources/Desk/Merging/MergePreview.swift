import Kernel
import Storage

/// Two customers side by side, before they are one.
struct MergePreview: Sendable {
    struct Side: Sendable {
        let record: CustomerRecord
        let row: StoredRow
        let ownerName: String?

        /// A field as people read it.
        func text(_ field: String) -> String {
            switch field {
            case "name": record.party.name
            case "owner": ownerName ?? ""
            default: row[field] ?? ""
            }
        }
    }

    let kept: Side
    let going: Side
    /// Why the two may not be one.
    let refusal: MergeRefusal?
    /// The level and the day since which it holds, of both together.
    let level: Level
    let since: LocalDate?
    let occasions: Int
    let totals: [Money]
    /// Addresses both have.
    let shared: Int

    init(_ kept: Side, _ going: Side, _ refusal: MergeRefusal?, months: Int) {
        self.kept = kept
        self.going = going
        self.refusal = refusal
        let (one, other) = (kept.record.evidence, going.record.evidence)
        let evidence = Evidence(
            occasions: Set(one.occasions + other.occasions).sorted(),
            acts: Set(one.acts + other.acts).sorted())
        (level, since) = evidence.standing(at: kept.record.window.upperBound, trailing: months)
        occasions = evidence.occasions.count
        totals = MergePreview.sum(kept.record.totals + going.record.totals)
        let known = Set(kept.record.addresses.map { Address.key($0.kind, $0.value) })
        shared = going.record.addresses.count { known.contains(Address.key($0.kind, $0.value)) }
    }

    /// Each currency by itself.
    private static func sum(_ all: [Money]) -> [Money] {
        var sums: [Currency: Int64] = [:]
        for money in all {
            sums[money.currency] =
                (sums[money.currency] ?? 0).addingReportingOverflow(money.minor).partialValue
        }
        return sums.map { Money(minor: $0.value, currency: $0.key) }
            .sorted { $0.currency.code < $1.currency.code }
    }

    /// Fields in which they differ, so that somebody has to choose.
    var choices: [String] {
        MergeChoices.fields.filter { field in
            let (one, other) = (kept.text(field), going.text(field))
            return one != other && !other.isEmpty
        }
    }
}

extension MergeStore {
    /// Nil where one of the two is not there.
    func preview(
        keeping kept: ID<Party>, absorbing going: ID<Party>, organisation: Organisation
    ) async throws -> MergePreview? {
        let customers = CustomerStore(database: database, clock: clock)
        guard let one = try await customers.record(kept, organisation: organisation),
            let other = try await customers.record(going, organisation: organisation)
        else { return nil }
        return try await database.read { connection in
            guard let stays = try MergeStore.side(one, in: connection),
                let goes = try MergeStore.side(other, in: connection)
            else { return nil }
            var refusal: MergeRefusal?
            do {
                try Merging.check(kept.value, going.value, in: connection)
            } catch let found as MergeRefusal {
                refusal = found
            }
            return MergePreview(stays, goes, refusal, months: organisation.levelMonths)
        }
    }

    private static func side(
        _ record: CustomerRecord, in connection: any Connection
    ) throws -> MergePreview.Side? {
        let statement: SQL = """
            SELECT p.language, p.zone, p.preferences, p.owner_id, o.name FROM party p
            LEFT JOIN party o ON o.id = p.owner_id WHERE p.id = \(record.party.id)
            """
        return try connection.first(statement) { row in
            var stored = StoredRow([
                "language": try row.text(0), "zone": try row.text(1), "preferences": try row.text(2),
            ])
            stored["owner_id"] = try row.optionalInt64(3).map { "\($0)" }
            return MergePreview.Side(record: record, row: stored, ownerName: try row.optionalText(4))
        }
    }
}
