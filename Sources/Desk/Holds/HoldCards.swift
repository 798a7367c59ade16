import Kernel
import Markup

/// Holds on a customer's page: what waits, and what does not, before anything else is read.
struct HoldNotice {
    let lines: [HoldLine]
    /// The customer whose page it is, with every organisation above.
    let lineage: [ID<Party>]
    let zone: Zone
    let now: Instant

    var html: HTML {
        """
        <section class="holds" aria-labelledby="holds"><h2 class="hidden" id="holds">\(t: "holds.notice")</h2>\
        \(lines.map(card))</section>
        """
    }

    /// Whether the customer of this page is among those the hold was placed on.
    private func isOnThisPage(_ hold: Hold) -> Bool {
        switch hold.scope.whom {
        case .only(let party): lineage.first == party
        case .below(let party): lineage.contains(party)
        }
    }

    private func card(_ line: HoldLine) -> HTML {
        let hold = line.hold
        let isHere = isOnThisPage(hold)
        let head = Phrase(isHere ? "holds.notice.here" : "holds.notice.near")
        return """
            <div class="card hold\(isHere ? " hold-here" : "")"><p class="hold-head"><b>\(head)</b> \
            <span class="chip warn">\(t: "holds.reason.\(hold.reason.rawValue)")</span>\(ahead(hold))\(marks(line)) \
            <a href="/holds/\(hold.id.value)">\(t: "holds.open")<span class="hidden"> \(line.around.name)</span></a></p>
            \(line.sentences)<p class="muted words">\(hold.words)</p></div>
            """
    }

    private func ahead(_ hold: Hold) -> HTML? {
        guard hold.state(at: now, in: zone) == .ahead else { return nil }
        let day = zone.day(of: hold.start).daysSinceEpoch
        return #" <span class="chip">\#(t: "holds.from", .day(daysSinceEpoch: day))</span>"#
    }

    private func marks(_ line: HoldLine) -> HTML? {
        line.isOwnerless ? #" <span class="chip danger">\#(t: "holds.ownerless")</span>"# : nil
    }
}

/// A hold with what is needed to speak of it.
struct HoldLine: Sendable {
    let hold: Hold
    let around: HoldSurroundings
    /// Nil where nobody sees to it.
    var owner: HoldOwner?

    /// Nobody who works here sees to it.
    var isOwnerless: Bool { owner?.isHere != true }

    var words: HoldWords { HoldWords(hold: hold, around: around) }

    var sentences: HTML {
        """
        <p><b>\(t: "holds.touched")</b> \(text(words.touches)) \(words.end)</p>\
        <p><b>\(t: "holds.notTouched")</b> \(text(words.untouched))</p>
        """
    }

    private func text(_ phrases: [Phrase]) -> String { phrases.map(\.text).joined(separator: " ") }
}

/// Who sees to a hold, and whether they still work here.
struct HoldOwner: Sendable, Equatable {
    let id: Int64
    let name: String
    let isHere: Bool
}
