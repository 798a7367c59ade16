import Kernel
import Storage

/// A finding as it stands in the books: since when, until when, and whether somebody set it aside.
struct KeptFinding: Sendable, Equatable, Identifiable {
    /// Set aside until it changes.
    struct Aside: Sendable, Equatable {
        let at: Instant
        let by: Int64?
        let reason: String
    }

    /// The part nobody filters by.
    struct Document: Sendable, Codable, Equatable {
        var headline: [NamedFindingValue]
        var detail: [NamedFindingValue]
        var table: FindingTable
        var size: Double
    }

    /// New for so long after it was first found.
    static let newFor: Duration = .seconds(7 * 86_400)
    /// How much the number may move, as a part of itself, before what was set aside comes back.
    static let tolerance = 0.25

    let id: Int64
    let finding: Finding
    let day: LocalDate
    let window: ClosedRange<LocalDate>
    let firstSeen: Instant
    let seen: Instant
    let gone: Instant?
    let aside: Aside?

    func isNew(at now: Instant) -> Bool { gone == nil && firstSeen.advanced(by: KeptFinding.newFor) > now }

    /// Whether what was set aside at this number and in this sentence is no longer what it was.
    static func hasChanged(
        from old: (variant: String, measure: Double), to new: (variant: String, measure: Double)
    ) -> Bool {
        if old.variant != new.variant || (old.measure < 0) != (new.measure < 0) { return true }
        return abs(new.measure - old.measure) > tolerance * max(abs(old.measure), 1e-9)
    }

    static let columns: SQL = """
        f.id, f.kind, f.subject, f.variant, f.measure, f.evidence, f.document, f.day, f.from_day, f.to_day,
        f.first_seen_at, f.seen_at, f.gone_at, f.aside_at, f.aside_by, f.aside_reason
        """

    /// Nil for a kind that another version found.
    init?(row: any Row) throws {
        guard let kind = FindingKind(rawValue: try row.text(1)) else { return nil }
        id = try row.int64(0)
        let document: Document = try Stored.value(of: try row.text(6))
        finding = Finding(
            kind: kind, subject: try row.text(2), variant: try row.text(3), size: document.size,
            measure: try row.real(4), headline: document.headline, detail: document.detail,
            evidence: try row.text(5), table: document.table)
        day = try row.day(7)
        window = try row.day(8)...(try row.day(9))
        firstSeen = try row.instant(10)
        seen = try row.instant(11)
        gone = try row.optionalInstant(12)
        aside =
            row.isNull(13)
            ? nil
            : Aside(
                at: try row.instant(13), by: try row.optionalInt64(14), reason: try row.optionalText(15) ?? ""
            )
    }
}

extension Finding {
    var document: KeptFinding.Document {
        KeptFinding.Document(headline: headline, detail: detail, table: table, size: size)
    }

    /// Customers whose names are said.
    var parties: [Int64] {
        let values = (headline + detail).map(\.value) + table.rows.flatMap(\.self)
        return values.compactMap { value in
            if case .party(let id) = value { id } else { nil }
        }
    }
}

/// What the last look came to beside the findings themselves.
struct FindingState: Sendable, Equatable {
    struct Document: Sendable, Codable, Equatable {
        var gaps: [FindingGap]
        var measures: [LevelMeasure]
        var milliseconds: Int
    }

    let computedAt: Instant
    let marker: String
    let day: LocalDate
    let window: ClosedRange<LocalDate>
    let document: Document
}

/// Why a finding is not set aside.
enum FindingRefusal: Error, Equatable, Sendable {
    case reasonMissing, reasonTooLong
    /// It is gone, so there is nothing to set aside.
    case gone
}
