import Kernel
import Markup
import Methods
import Web

/// A list as it stood on a day, held against today.
struct SavedListPage: Page {
    let saved: SavedList
    let part: SavedPart
    let portion: Portion<SavedLine>
    let query: Query
    let mayEdit: Bool
    let mayExport: Bool

    var title: String { saved.name }

    private var path: String { "/lists/saved/\(saved.id)" }
    private var csv: String { part == .all ? "\(path)/csv" : "\(path)/csv?show=\(part.rawValue)" }

    var main: HTML {
        """
        <section class="page offers" data-live="customers"><header class="page-head"><div><h1><bdi>\(saved.name)</bdi></h1>\
        <p class="muted">\(t: "lists.saved.what", .text(Phrase("lists.\(saved.list.rawValue)").text), .day(daysSinceEpoch: saved.day.daysSinceEpoch)) \
        \(saved.moneyPhrase)</p></div>
        <div class="actions"><a class="btn" href="/lists/saved">\(t: "lists.saved.all")</a>\
        \(##"<a class="btn" href="\##(csv)" download>CSV</a>"##, if: mayExport)\(act)</div></header>
        \(outcome)<nav class="chooser" aria-label="\(t: "lists.parts")"><span class="parts">\(SavedPart.allCases.map(tab))</span></nav>
        \(content)</section>
        """
    }

    private var act: HTML? {
        guard mayEdit else { return nil }
        let (noun, key) =
            saved.isRemoved ? ("restoring", "lists.saved.restore") : ("removal", "lists.saved.remove")
        return Form("\(path)/\(noun)", content: #"<button class="btn">\#(t: key)</button>"#).html
    }

    private var outcome: HTML {
        guard let day = saved.countedDay, let counted = try? ShareCount(saved.bought, of: saved.customers),
            let range = try? wilson(successes: counted.successes, of: counted.total)
        else { return #"<p class="faint">\#(t: "lists.saved.uncounted")</p>"# }
        return """
            <section class="card"><p>\(bought(range, day))</p>
            <p>\(t: "lists.saved.moved", .count(saved.gone), .count(saved.came))</p></section>
            """
    }

    private func bought(_ range: WilsonInterval, _ day: LocalDate) -> Phrase {
        Phrase(
            "lists.saved.bought", .count(saved.bought), .count(saved.customers),
            .percent(range.share, decimals: 1), .percent(range.lower, decimals: 1),
            .percent(range.upper, decimals: 1), .day(daysSinceEpoch: day.daysSinceEpoch))
    }

    private func tab(_ other: SavedPart) -> HTML {
        let address = other == .all ? path : "\(path)?show=\(other.rawValue)"
        return """
            <a class="btn" href="\(address)" \(attribute: "aria-current", "true", if: other == part)>\
            \(t: "lists.saved.part.\(other.rawValue)")</a>
            """
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            return #"<p class="empty">\#(t: "lists.saved.empty.\(part.rawValue)")</p>"#
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "customers.name")</th>\
            <th scope="col" class="number">\(t: saved.isForecast ? "lists.column.money" : "lists.column.soFar")</th>\
            <th scope="col">\(t: "lists.saved.column.today")</th>\
            <th scope="col">\(t: "lists.saved.column.bought")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(more)
            """
    }

    private func line(_ line: SavedLine) -> HTML {
        let bought: HTML? = line.boughtDay.map { "\(.day(daysSinceEpoch: $0.daysSinceEpoch))" }
        return """
            <tr><td><a href="/people/\(line.party.id.value)"><bdi>\(line.party.name)</bdi></a></td>\
            <td class="number">\(.money(minor: line.money, currency: saved.currency))</td>\
            <td>\(t: line.isOnList ? "lists.saved.stillOn" : "lists.saved.left")</td><td>\(bought ?? "–")</td></tr>
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = path + query.with("after", next)
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }

    static var tableHead: String {
        let keys = [
            "lists.column.id", "lists.column.name", "lists.saved.column.money", "lists.column.currency",
            "lists.saved.column.today", "lists.saved.column.bought",
        ]
        return "\u{FEFF}" + keys.map { CSVCell.quoted(Phrase($0).text) }.joined(separator: ",") + "\r\n"
    }

    static func tableLine(_ line: SavedLine, _ saved: SavedList) -> String {
        let money = Currency(saved.currency).map { Money(minor: line.money, currency: $0).decimal } ?? ""
        let state = Phrase(line.isOnList ? "lists.saved.stillOn" : "lists.saved.left").text
        let cells = [
            "\(line.party.id)", line.party.name, money, saved.currency, state,
            line.boughtDay?.description ?? "",
        ]
        return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }
}

extension SavedList {
    /// What the money beside the names was, all together.
    var moneyPhrase: Phrase {
        let money = Argument.money(minor: money, currency: currency)
        return isForecast
            ? Phrase("lists.saved.expected", .count(months), money) : Phrase("lists.saved.soFar", money)
    }
}

/// Every list that was saved, the latest first.
struct SavedListsPage: Page {
    let portion: Portion<SavedList>
    let names: [Int64: String]

    var title: String { Phrase("lists.saved.all").text }

    var main: HTML {
        """
        <section class="page offers"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "lists.saved.lead")</p></div>\
        <div class="actions"><a class="btn" href="/lists">\(t: "lists.all")</a></div></header>\(content)</section>
        """
    }

    private var content: HTML {
        guard !portion.items.isEmpty else {
            return """
                <div class="empty card"><h2>\(t: "lists.saved.none")</h2><p class="muted">\(t: "lists.saved.none.how")</p></div>
                """
        }
        return """
            <table class="rows"><caption class="hidden">\(title)</caption><thead><tr>\
            <th scope="col">\(t: "lists.saved.column.name")</th><th scope="col">\(t: "lists.saved.column.list")</th>\
            <th scope="col">\(t: "lists.saved.column.day")</th>\
            <th scope="col" class="number">\(t: "lists.saved.column.customers")</th>\
            <th scope="col" class="number">\(t: "lists.saved.column.bought")</th>\
            <th scope="col" class="wide">\(t: "lists.saved.column.by")</th></tr></thead>
            <tbody>\(portion.items.map(line))</tbody></table>\(more)
            """
    }

    private func line(_ saved: SavedList) -> HTML {
        let address = "/lists/saved/\(saved.id)"
        return """
            <tr><td><a href="\(address)"><bdi>\(saved.name)</bdi></a></td><td>\(t: "lists.\(saved.list.rawValue)")</td>\
            <td>\(.day(daysSinceEpoch: saved.day.daysSinceEpoch))</td><td class="number">\(.count(saved.customers))</td>\
            <td class="number">\(saved.countedDay == nil ? "–" : "\(.count(saved.bought))" as HTML)</td>\
            <td class="wide"><bdi>\(saved.savedBy.flatMap { names[$0] } ?? "–")</bdi></td></tr>
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/lists/saved?after=\(next)"
        return #"""
            <nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>
            """#
    }
}

/// Asks again for the name of a list to be saved, with what was typed and what is wrong with it.
struct SaveListPage: Page {
    let list: CustomerList
    var answers = Answers()

    var title: String { Phrase("lists.saved.save").text }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><div><h1>\(title)</h1></div>\
        <div class="actions"><a class="btn" href="/lists/\(list.rawValue)">\(t: "lists.toList")</a></div></header>
        <section class="card">\(form)</section></section>
        """
    }

    var form: HTML {
        Form(
            "/lists/\(list.rawValue)/saving", name: "stack",
            content: """
                \(answers.notice)\(answers.field("name", Phrase("lists.saved.name"), hint: Phrase("lists.saved.name.hint"), autocomplete: "off"))\
                <button class="btn">\(t: "lists.saved.save")</button>
                """
        ).html
    }
}
