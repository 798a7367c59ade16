import HTTPTypes
import Hummingbird
public import Kernel
import Methods
import Web

/// The profile for programs. Its words are the same here, on the command line and in a file.
struct ProfileAPI: Sendable {
    let desk: Desk
    let profiles: ProfileStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/profile", needs: .seeProfile, use: show),
            .api(.get, "/api/v2/profile/quarters", needs: .seeProfile, use: quarters),
            .api(.get, "/api/v2/profile/behind/:level", needs: .seeCustomers, use: behind),
        ]
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let window = try ProfileWindow.read(context.query)
        if let segment = try context.query.segment {
            return .json(try await SegmentViews(desk: desk).profileJSON(segment, window))
        }
        return .json(try await profiles.profile(window, organisation: organisation).json)
    }

    @Sendable func quarters(_ request: Request, in context: APIContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let end = try await profiles.profile(nil, organisation: organisation).window.upperBound
        let limit = try context.query.int("limit", in: 1...80) ?? 12
        let quarters = try await profiles.quarters(endingAt: end, limit: limit, organisation: organisation)
        return .json(.list(quarters.map(\.json)))
    }

    @Sendable func behind(_ request: Request, in context: APIContext) async throws -> Response {
        guard let level = ProfileLevel(rawValue: try context.parameters.text("level")) else {
            throw NotFound()
        }
        let organisation = try await desk.organisations.required()
        let window = try ProfileWindow.read(context.query)
        let chosen = try await profiles.profile(window, organisation: organisation).window
        let portion = try await profiles.behind(
            level, window: chosen, after: context.query["after"], limit: try context.query.perPage(),
            organisation: organisation)
        let next = portion.next.map {
            "/api/v2/profile/behind/\(level.rawValue)" + context.query.with("after", $0)
        }
        return .json(.list(portion.items.map(CustomerAPI.json))).linking(next: next)
    }
}

extension Profile {
    /// As the API, `regulars profile --json` and a download say it.
    public var json: JSON {
        .object([
            (
                "window",
                .object([
                    ("from", .text(window.lowerBound.description)),
                    ("to", .text(window.upperBound.description)),
                ])
            ),
            (
                "levels",
                .object([
                    ("first", .int(levels.first)), ("repeat", .int(levels.repeating)),
                    ("advocate", .int(levels.advocate)),
                ])
            ),
            ("advocacy_measured", .bool(advocacyMeasured)), ("shape", shape.json), ("rule", shape.rule.json),
            ("customers", .int(customers)), ("purchases", .int(purchases)),
            ("totals", .list(totals.map(JSON.money))),
            ("history_begins", .text(historyBegins?.description)),
            ("median_days_to_second_purchase", medianCycleDays.map { .real($0) } ?? .null),
            ("desired", desired?.json ?? .null),
        ])
    }
}

extension ShapeResult {
    var json: JSON {
        .object([
            ("label", .text(verdict.label)), ("qualifiers", .list(qualifiers.map { .text($0.rawValue) })),
            (
                "probabilities",
                .object([
                    ("pyramid", .real(probabilities.pyramid)), ("hourglass", .real(probabilities.hourglass)),
                    ("hexagon", .real(probabilities.hexagon)), ("inverted", .real(probabilities.inverted)),
                ])
            ),
        ])
    }
}

extension ShapeRule {
    fileprivate var json: JSON {
        .object([
            ("label", .real(label)), ("leaning", .real(leaning)), ("minimum_total", .int(minimumTotal)),
            ("middle_over_base", .real(middleOverBase)), ("top_over_middle", .real(topOverMiddle)),
            ("qualifier", .real(qualifier)), ("short_window_factor", .real(shortWindowFactor)),
        ])
    }
}

/// The window a page, a call or a command asks for.
public enum ProfileWindow {
    /// Both days, or neither, which is the standard window.
    public static func read(from: String?, to: String?) throws(ProfileRefusal) -> ClosedRange<LocalDate>? {
        if (from ?? "").isEmpty && (to ?? "").isEmpty { return nil }
        let start = try day(from ?? "")
        let end = try day(to ?? "")
        guard start <= end else { throw .windowBackwards }
        guard end.daysSinceEpoch - start.daysSinceEpoch <= 36_525 else { throw .windowTooLong }
        return start...end
    }

    static func read(_ query: Query) throws -> ClosedRange<LocalDate>? {
        try read(from: query["from"], to: query["to"])
    }

    private static func day(_ text: String) throws(ProfileRefusal) -> LocalDate {
        guard let day = LocalDate(iso: text), (1900...2200).contains(day.civil.year) else {
            throw .notADay(text)
        }
        return day
    }
}
