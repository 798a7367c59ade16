import Kernel
import Methods
import Web

/// What the screens show of a segment, for programs.
extension SegmentViews {
    /// The window asked for has to be one that was counted: the standing one, or a quarter. Nothing before the first run.
    func profileJSON(_ id: Int64, _ days: ClosedRange<LocalDate>?) async throws -> JSON {
        let segment = try await required(id)
        let shown = try await profile(of: segment, from: days?.lowerBound.description)
        guard let shown, days == nil || shown.part.window.days == days else { throw NotFound() }
        return .object([
            ("segment", segment.reference), ("profile", shown.part.json),
            ("quarters", .list(shown.quarters.map(\.json))), ("everybody", shown.whole.json),
        ])
    }

    func scoreJSON(_ id: Int64, _ about: Answer.About?) async throws -> JSON {
        let segment = try await required(id)
        guard let figures = try await segments.figures(of: id) else { throw NotFound() }
        let question = about ?? figures.question
        let score = try SegmentScore(figures, about: question)
        return .object([
            ("segment", segment.reference), ("about", .text(question.rawValue)),
            ("answers", score.window?.json ?? .null), ("quarters", .list(score.quarters.map(\.json))),
        ])
    }
}

extension Segment {
    fileprivate var reference: JSON {
        .object([
            ("id", .int(id)), ("name", .text(content.name)), ("computed_at", .text(computedAt?.iso)),
        ])
    }
}

extension SegmentProfile.Part {
    fileprivate var json: JSON {
        .object([
            ("window", JSON.days(window.days)),
            (
                "levels",
                .object([
                    ("first", .int(window.first)), ("repeat", .int(window.repeating)),
                    ("advocate", .int(window.advocates)),
                ])
            ),
            ("customers", .int(window.customers)), ("shape", shape.json),
        ])
    }
}

extension SegmentScore.Part {
    fileprivate var json: JSON {
        let apart: JSON =
            difference.map { difference in
                .object([
                    ("points", .real(difference.difference)),
                    ("interval", JSON.interval(difference.interval)),
                    ("p", difference.pValue.map { .real($0) } ?? .null),
                ])
            } ?? .null
        return .object([
            ("window", JSON.days(days)), ("members", members.json), ("rest", rest.json),
            ("difference", apart),
        ])
    }
}
