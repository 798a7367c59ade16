import Kernel
import Markup
import Web

/// Who is to hear from us, longest due first.
struct TouchesPage: Page {
    let part: TouchPart
    let portion: Portion<Touch>
    let rhythm: Int64?
    let rhythms: [Rhythm]
    let names: [Int64: String]
    let query: Query
    let today: LocalDate
    let me: Int64
    let mayWork: Bool
    let mayExport: Bool

    var title: String { Phrase("touch.title").text }

    var main: HTML {
        """
        <section class="page" data-live="customers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "touch.lead.\(part.rawValue)")</p></div>
        <div class="actions"><a class="btn" href="/touch/rhythms">\(t: "touch.rhythms")</a>\
        \(##"<a class="btn" href="/touch.csv" download>CSV</a>"##, if: mayExport)</div></header>
        <nav class="chooser" aria-label="\(t: "touch.parts")"><span class="parts">\(TouchPart.allCases.map(tab))</span></nav>
        \(chosen)\(content)</section>
        """
    }

    private func tab(_ other: TouchPart) -> HTML {
        let address = other == .due ? "/touch" : "/touch?show=\(other.rawValue)"
        return """
            <a class="btn" href="\(address)" \(attribute: "aria-current", "true", if: other == part)>\
            \(t: "touch.part.\(other.rawValue)")</a>
            """
    }

    /// Says that only one rhythm is looked at, and leads back to all.
    private var chosen: HTML? {
        guard let rhythm, let name = rhythms.first(where: { $0.id == rhythm })?.name else { return nil }
        return #"<p><bdi>\#(name)</bdi> · <a href="/touch">\#(t: "touch.allRhythms")</a></p>"#
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            let key = rhythms.isEmpty ? "touch.empty.noRhythm" : "touch.empty.\(part.rawValue)"
            return #"<p class="empty">\#(t: key) <a href="/touch/rhythms">\#(t: "touch.rhythms")</a></p>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: part == .handled ? "touch.column.handled" : "touch.column.due")</th>\
            <th scope="col">\(t: "customers.name")</th><th scope="col">\(t: "touch.column.what")</th>\
            <th scope="col" class="wide">\(t: "touch.column.assignee")</th>\
            <th scope="col">\(t: "lists.column.work")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(more)
            """
    }

    private func line(_ touch: Touch) -> HTML {
        let person = (part == .handled ? touch.handledBy : touch.assignee).flatMap { names[$0] } ?? "–"
        return """
            <tr><td>\(day(touch))</td><td><a href="/people/\(touch.party.id.value)"><bdi>\(touch.party.name)</bdi></a>\
            \(preferences(touch))</td>\
            <td>\(TouchWords.way(touch.rhythm)) <bdi>\(touch.rhythm.name)</bdi></td>\
            <td class="wide"><bdi>\(person)</bdi></td><td>\(act(touch))</td></tr>
            """
    }

    private func day(_ touch: Touch) -> HTML {
        if let at = touch.handledAt, part == .handled {
            return "\(t: "touch.state.\(touch.state.rawValue)") \(.instant(at.milliseconds))"
        }
        let day: HTML = "\(.day(daysSinceEpoch: touch.due.daysSinceEpoch))"
        guard touch.due < today else { return day }
        let late = today.daysSinceEpoch - touch.due.daysSinceEpoch
        return "\(day) <span class=\"chip warn\">\(t: "touch.late", .count(late))</span>"
    }

    private func preferences(_ touch: Touch) -> HTML? {
        touch.preferences.isEmpty ? nil : #"<p class="faint"><bdi>\#(touch.preferences)</bdi></p>"#
    }

    private func act(_ touch: Touch) -> HTML {
        let link: HTML = """
            <a class="btn small" href="/touch/\(touch.id)" aria-label="\(t: "lists.work.of", touch.party.name)">\
            \(t: part == .handled ? "touch.look" : "lists.work")</a>
            """
        guard mayWork, touch.state == .open, touch.assignee == nil else { return link }
        let take = Form(
            "/touch/\(touch.id)/assignment",
            content: """
                <input type="hidden" name="colleague" value="me">\
                <button class="btn small" aria-label="\(t: "lists.take.of", touch.party.name)">\(t: "lists.take")</button>
                """
        ).html
        return "<span class=\"actions\">\(link)\(take)</span>"
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/touch" + query.with("after", next)
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }
}

/// A touch in words.
enum TouchWords {
    static func way(_ rhythm: Rhythm) -> HTML {
        #"<span class="chip">\#(t: "touch.way.\(rhythm.way.rawValue)")</span>"#
    }
}

/// What is due with a customer and what was done, on their page.
struct TouchCard {
    let touches: [Touch]

    var html: HTML {
        """
        <section class="card" aria-labelledby="touch"><h2 class="h" id="touch">\(t: "touch.title")</h2>
        <ul class="plain">\(touches.map(line))</ul></section>
        """
    }

    private func line(_ touch: Touch) -> HTML {
        let state = Phrase("touch.state.\(touch.state.rawValue)")
        let day =
            touch.handledAt.map { Argument.instant($0.milliseconds) }
            ?? .day(daysSinceEpoch: touch.due.daysSinceEpoch)
        return """
            <li>\(TouchWords.way(touch.rhythm)) <a href="/touch/\(touch.id)"><bdi>\(touch.rhythm.name)</bdi></a> \
            <span class="faint">\(state) \(day)</span></li>
            """
    }
}
