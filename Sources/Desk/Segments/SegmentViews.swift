import HTTPTypes
import Hummingbird
import Kernel
import Methods
import Storage
import Web

/// A segment on the screens of others: its profile and its recommendation score, as the last run counted them.
struct SegmentViews: Sendable {
    let desk: Desk
    let segments: SegmentStore

    init(desk: Desk) {
        self.desk = desk
        segments = SegmentStore(database: desk.database, clock: desk.clock)
    }

    func required(_ id: Int64) async throws -> Segment {
        guard let segment = try await segments.segment(id) else { throw NotFound() }
        return segment
    }

    func profile(_ id: Int64, in context: AgentContext) async throws -> Response {
        let segment = try await required(id)
        let shown = try await profile(of: segment, from: context.query["from"])
        let page = SegmentProfilePage(
            segment: segment, shown: shown, segments: try await segments.all())
        return .page(page, in: try await desk.shell(for: context, here: "/profile"))
    }

    /// The standing window, or the quarter that begins on a day; nil before the first run.
    func profile(of segment: Segment, from: String?) async throws -> SegmentProfile? {
        guard let figures = try await segments.figures(of: segment.id) else { return nil }
        let organisation = try await desk.organisations.required()
        let profiles = ProfileStore(database: desk.database, clock: desk.clock)
        let chosen = figures.quarters.first { $0.from.description == from } ?? figures.standard
        let whole = try await profiles.profile(chosen.days, organisation: organisation)
        let quarters = try await profiles.quarters(
            endingAt: figures.standard.to, limit: SegmentCount.quarters, organisation: organisation)
        var shapes: [SegmentProfile.Part] = []
        for window in figures.quarters {
            guard let same = quarters.first(where: { $0.window == window.days }) else { continue }
            shapes.append(try SegmentProfile.Part(window, whole: same, organisation.rule))
        }
        let part = try SegmentProfile.Part(chosen, whole: whole, organisation.rule)
        let figure = try ProfileFigure(
            part.shape, window: chosen.days, organisation: organisation.name,
            isSample: try await desk.showsSample(), advocacyMeasured: whole.advocacyMeasured)
        return SegmentProfile(
            part: part, whole: whole, quarters: shapes, end: figures.standard.to, figure: figure)
    }

    func score(_ id: Int64, in context: AgentContext) async throws -> Response {
        let segment = try await required(id)
        let figures = try await segments.figures(of: id)
        let about = try context.query.choice("about", as: Answer.About.self) ?? figures?.question ?? .us
        let page = SegmentScorePage(
            segment: segment, score: try figures.map { try SegmentScore($0, about: about) }, about: about,
            segments: try await segments.all())
        return .page(page, in: try await desk.shell(for: context, here: "/nps"))
    }
}

/// The profile of a segment's members, beside everybody's.
struct SegmentProfile: Sendable {
    /// A window, with the shape its levels make by the rules of the whole profile.
    struct Part: Sendable {
        let window: SegmentFigures.Window
        let shape: ShapeResult

        init(_ window: SegmentFigures.Window, whole: Profile, _ rule: ShapeRule) throws {
            self.window = window
            shape = try Methods.shape(
                of: window.levels, advocacyMeasured: whole.advocacyMeasured,
                historyBeginsInside: whole.historyBegins.map { whole.window.contains($0) } ?? false,
                windowDays: whole.window.upperBound.daysSinceEpoch - whole.window.lowerBound.daysSinceEpoch
                    + 1, medianCycleDays: whole.medianCycleDays, rule: rule)
        }
    }

    let part: Part
    let whole: Profile
    let quarters: [Part]
    /// The last day on record: the quarter it falls into is not over.
    let end: LocalDate
    let figure: ProfileFigure
}

/// What members answered beside what the rest did.
struct SegmentScore: Sendable {
    struct Part: Sendable {
        let days: ClosedRange<LocalDate>
        let members: NPSReading
        let rest: NPSReading
        /// Members against the rest; nil where one of the two has too few answers.
        let difference: ScoreChange?

        init(_ scores: SegmentFigures.Scores) throws {
            days = scores.days
            members = try NPSReading(scores.members)
            rest = try NPSReading(scores.rest)
            difference =
                if let rest = rest.shown, let members = members.shown {
                    try ScoreChange(from: rest, to: members)
                } else { nil }
        }
    }

    let window: Part?
    let quarters: [Part]

    init(_ figures: SegmentFigures, about: Answer.About) throws {
        window = try figures.answers[about.rawValue].map(Part.init)
        quarters = try (figures.answerQuarters[about.rawValue] ?? []).map(Part.init)
            .drop { $0.members.counts.total == 0 }.map(\.self)
    }
}
