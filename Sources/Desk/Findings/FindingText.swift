import Kernel
import Markup

/// The findings for a terminal.
public struct FindingText: Sendable {
    let shown: FindingsShown

    /// What stands in the books, names included.
    public static func read(on desk: Desk) async throws -> FindingText {
        FindingText(shown: try await FindingsShown.read(FindingStore(desk), FindingSight()))
    }

    public var text: String {
        guard let state = shown.state else { return Phrase("finding.notYet").text }
        let window = Phrase(
            "figure.window", .day(daysSinceEpoch: state.window.lowerBound.daysSinceEpoch),
            .day(daysSinceEpoch: state.window.upperBound.daysSinceEpoch))
        var lines = [window.text, ""]
        for kept in shown.open {
            let mark = kept.isNew(at: shown.now) ? " (\(Phrase("finding.new").text))" : ""
            lines += [
                "* \(shown.words.headlineText(kept.finding).singleLine)\(mark)",
                "  \(shown.words.detailText(kept.finding).singleLine)",
            ]
        }
        if shown.open.isEmpty { lines.append(Phrase("finding.none").text) }
        lines += levers
        if !shown.aside.isEmpty {
            lines += ["", Phrase("finding.aside.folded", .count(shown.aside.count)).text]
        }
        lines += ["", Phrase("finding.gaps").text]
        lines += state.document.gaps.map { "- \(shown.words.gap($0).text)" }
        return lines.joined(separator: "\n")
    }

    private var levers: [String] {
        let lines = ProfileLevel.allCases.compactMap { level in
            shown.lever(level.rawValue).map {
                "\(Phrase("finding.level.\(level.rawValue)").text): \(shown.words.headlineText($0.finding).singleLine)"
            }
        }
        return lines.isEmpty ? [] : [""] + lines
    }

    /// The same for a program: the state with all findings that stand.
    public var json: JSON {
        .object([
            ("state", shown.state.map { FindingAPI.json($0, FindingSight()) } ?? .null),
            ("findings", .list(shown.all.map { FindingAPI.json($0, shown.words, at: shown.now) })),
        ])
    }
}
