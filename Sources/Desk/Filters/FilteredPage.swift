import Kernel
import Markup
import Web

/// The customers who pass a filter.
struct FilteredPage: Page {
    let builder: FilterBuilder
    /// Nil where there is no filter yet or it was not understood.
    let found: FilteredCustomers.Found?
    /// The filter in words, as the address has it.
    let text: String
    let mayExport: Bool
    let maySave: Bool
    /// The run the computed fields are read from; nil where the filter asks none of them.
    var figuresDay: Phrase?

    var title: String { Phrase("customers.title").text }

    /// This filter at another place, with one more value.
    private func address(_ path: String, after: String? = nil) -> String {
        let query = Query("").with("filter", text)
        guard let after else { return path + query }
        return path + Query(String(query.dropFirst())).with("after", after)
    }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(t: "filter.people")</h1>\
        <p class="muted">\(t: "filter.sorted") \(figuresDay.map { "\($0)" as HTML })</p></div><div class="actions">\
        <a class="btn" href="/people">\(t: "filter.everybody")</a>\(links)</div></header>
        \(builder.html)\(list)</section>
        """
    }

    private var links: HTML? {
        guard found != nil else { return nil }
        return """
            \(##"<a class="btn" href="\##(address("/people.csv"))" download>CSV</a>"##, if: mayExport)\
            \(##"<a class="btn" href="\##(address("/segments/new"))">\##(t: "filter.save")</a>"##, if: maySave)
            """
    }

    private var list: HTML? {
        guard let found else { return nil }
        let rows = found.portion.items
        if rows.isEmpty && found.portion.next == nil { return #"<p class="empty">\#(t: "filter.none")</p>"# }
        let table: HTML? =
            rows.isEmpty
            ? nil
            : """
            <table class="rows"><caption class="hidden">\(t: "filter.people")</caption>
              <thead><tr><th scope="col">\(t: "customers.name")</th><th scope="col">\(t: "customers.level")</th>\
            <th scope="col" class="wide">\(t: "customers.email")</th><th scope="col" class="number">\(t: "customers.occasions")</th>\
            <th scope="col" class="number">\(t: "customers.last")</th></tr></thead>
              <tbody>\(rows.map(CustomerLine.html))</tbody></table>
            """
        return "\(table)\(more(found))"
    }

    private func more(_ found: FilteredCustomers.Found) -> HTML? {
        guard let next = found.portion.next else { return nil }
        let address = address("/people", after: next)
        let note: HTML? =
            found.isCutShort
            ? #"<p class="muted">\#(t: "filter.cutShort", found.portion.items.count)</p>"# : nil
        return """
            \(note)<nav class="pages" aria-label="\(t: "page.more")"><a class="btn" rel="next" href="\(address)">\
            \(t: found.isCutShort ? "filter.goOn" : "page.next")</a></nav>
            """
    }
}

/// The customers who pass a filter as a table to take away.
struct FilteredTable {
    private static let columns = [
        "id", "name", "kind", "level", "email", "occasions", "first_day", "last_day",
    ]

    static var head: String {
        columns.map { CSVCell.quoted(Phrase("filter.column.\($0)").text) }.joined(separator: ",") + "\r\n"
    }

    static func lines(_ rows: [CustomerRow]) -> String {
        rows.map { row in
            let cells: [String] = [
                "\(row.party.id)", row.party.name, row.party.kind.rawValue, row.level.rawValue,
                row.email ?? "", "\(row.occasions)", row.firstDay?.description ?? "",
                row.lastDay?.description ?? "",
            ]
            return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
        }.joined()
    }
}
