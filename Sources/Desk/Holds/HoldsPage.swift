import Kernel
import Markup
import Web

/// All holds of one part: open ones with the nearest end first, or ended ones.
struct HoldsPage: Page {
    let part: HoldPart
    let portion: Portion<HoldLine>
    let query: Query
    let today: LocalDate
    let now: Instant
    let zone: Zone

    var title: String { Phrase("holds.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "holds.lead")</p></div></header>
        <nav class="segments parts" aria-label="\(t: "holds.parts")">\(HoldPart.allCases.map(link))</nav>
        <p class="muted">\(t: "holds.sorted.\(part.rawValue)")</p>\(list)</section>
        """
    }

    private func link(_ other: HoldPart) -> HTML {
        let address = "/holds?show=\(other.rawValue)"
        return """
            <a href="\(address)" \(attribute: "aria-current", "page", if: other == part)>\(t: "holds.part.\(other.rawValue)")</a>
            """
    }

    private var list: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(t: "holds.none.\(part.rawValue)")</p>"#
        }
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "holds.whom")</th><th scope="col">\(t: "holds.column.touches")</th>\
            <th scope="col">\(t: "holds.reason")</th><th scope="col">\(t: "holds.owner")</th>\
            <th scope="col">\(t: "holds.ends")</th></tr></thead><tbody>\(portion.items.map(row))</tbody></table></div>\(more)
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/holds" + query.with("after", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }

    private func row(_ line: HoldLine) -> HTML {
        let hold = line.hold
        let touches = line.words.touches.map(\.text).joined(separator: " ")
        return """
            <tr><td><a href="/holds/\(hold.id.value)"><bdi>\(line.around.name)</bdi></a></td>\
            <td class="reason">\(touches)</td><td>\(t: "holds.reason.\(hold.reason.rawValue)")</td>\
            <td>\(HoldChip.owner(line))</td><td>\(end(hold))</td></tr>
            """
    }

    private func end(_ hold: Hold) -> HTML {
        let state = hold.state(at: now, in: zone)
        guard let day = hold.lastDay else {
            let short: HTML = "\(t: "holds.until.settled.short")"
            return state == .open ? short : "\(short) \(HoldChip.html(state))"
        }
        let isSoon = state == .open && day <= today + HoldPart.soonDays
        let soon: HTML = #" <span class="chip warn">\#(t: "holds.soon")</span>"#
        return """
            <span class="day">\(.day(daysSinceEpoch: day.daysSinceEpoch))</span>\(soon, if: isSoon)\
            \(HoldChip.html(state), if: state != .open)
            """
    }
}
