public import Kernel
public import Markup
import Storage
public import Web

/// What a segment says: a type of customer, what they need and value, and what we alone can be to them.
public struct SegmentContent: Sendable, Equatable {
    public var name: String
    public var need: String
    public var valued: String
    public var uniqueValue: String
    /// In the filter language.
    public var filter: String

    public init(
        name: String, need: String = "", valued: String = "", uniqueValue: String = "", filter: String
    ) {
        self.name = name
        self.need = need
        self.valued = valued
        self.uniqueValue = uniqueValue
        self.filter = filter
    }

    static let nameLimit = 120
    static let wordLimit = 2_000

    /// What a segment's filter may ask: not who is in a segment, which would go round in circles.
    static func fields(_ fields: FilterFields) -> FilterFields {
        fields.without([CustomerField.segment.rawValue])
    }

    /// Tidied, and refused where it may not stand.
    func checked(_ fields: FilterFields) throws -> SegmentContent {
        var tidy = self
        tidy.name = name.singleLine
        guard !tidy.name.isEmpty else { throw SegmentRefusal.nameMissing }
        guard tidy.name.count <= SegmentContent.nameLimit else { throw SegmentRefusal.nameTooLong }
        for (field, words) in [("need", need), ("valued", valued), ("unique_value", uniqueValue)]
        where words.count > SegmentContent.wordLimit {
            throw SegmentRefusal.wordsTooLong(field: field)
        }
        (tidy.need, tidy.valued, tidy.uniqueValue) = (need.trimmed, valued.trimmed, uniqueValue.trimmed)
        tidy.filter = try SegmentContent.tree(filter.trimmed, fields).text
        return tidy
    }

    /// Understands a segment's filter. Nobody asks it, so `me` is nobody.
    static func tree(_ text: String, _ fields: FilterFields) throws -> FilterTree {
        do throws(FilterRefusal) {
            let tree = try FilterTree.parse(text, fields: SegmentContent.fields(fields), limits: .saved)
            guard !tree.conditions.contains(where: { $0.value == .me }) else { throw .nobodyIsMe }
            return tree
        } catch { throw SegmentRefusal.filter(error) }
    }
}

/// A version of a segment, with who made it and when.
public struct SegmentVersion: Sendable, Equatable {
    public let version: Int
    public let content: SegmentContent
    public let changedBy: Int64?
    public let changedAt: Instant
}

/// A segment as it stands, and what the last run found.
public struct Segment: Sendable, Equatable, Identifiable {
    public let id: Int64
    public let current: SegmentVersion
    public let isSample: Bool
    public let createdAt: Instant
    public let archivedAt: Instant?
    public let members: Int
    /// The end of the last run; nil before the first.
    public let computedAt: Instant?
    /// The version the members were computed by.
    public let computedVersion: Int?
    public let isAsked: Bool
    /// Why its members could not be computed; empty where they could.
    public let problem: String

    public var content: SegmentContent { current.content }
    public var isArchived: Bool { archivedAt != nil }
    /// Whether a run will change what is shown.
    public var isBehind: Bool { !isArchived && (isAsked || computedVersion != current.version) }
}

/// Why a segment says no.
public enum SegmentRefusal: Refusal, Equatable {
    case nameMissing
    case nameTooLong
    case nameTaken
    case wordsTooLong(field: String)
    case tooMany
    case archived
    case filter(FilterRefusal)

    public var phrase: Phrase {
        switch self {
        case .nameMissing: Phrase("segment.refused.nameMissing")
        case .nameTooLong: Phrase("segment.refused.nameTooLong", .count(SegmentContent.nameLimit))
        case .nameTaken: Phrase("segment.refused.nameTaken")
        case .wordsTooLong: Phrase("segment.refused.wordsTooLong", .count(SegmentContent.wordLimit))
        case .tooMany: Phrase("segment.refused.tooMany", .count(SegmentStore.limit))
        case .archived: Phrase("segment.refused.archived")
        case .filter(let refusal): refusal.phrase
        }
    }

    public var field: String? {
        switch self {
        case .nameMissing, .nameTooLong, .nameTaken: "name"
        case .wordsTooLong(let field): field
        case .filter: "filter"
        case .tooMany, .archived: nil
        }
    }

    public var code: String {
        switch self {
        case .nameMissing: "missing_field"
        case .nameTaken: "duplicate_value"
        default: "invalid_value"
        }
    }
}
