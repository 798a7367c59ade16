import Kernel
import Markup
import Web

/// Everyone we know, by name, found as one types.
struct PeoplePage: Page {
    let portion: Portion<CustomerRow>
    let query: Query
    let mayAdd: Bool

    var title: String { Phrase("customers.title").text }

    private var typed: String { query.text("q") }

    var main: HTML {
        """
        <section class="page">
          <header class="page-head"><div><h1>\(t: "customers.title")</h1><p class="muted">\(t: "customers.sorted")</p></div>
            \(##"<a class="btn" href="/people/new">\##(t: "customers.add")</a>"##, if: mayAdd)</header>
          <form class="finder" method="get" action="/people" role="search">
            <label for="finder">\(t: "customers.find")</label>
            <input id="finder" name="q" type="search" value="\(typed)" autocomplete="off" data-typeahead="#people-list">
            <button class="btn">\(t: "customers.find.button")</button>
            <a class="btn" href="/people?filter=">\(t: "filter.title")</a>
          </form>
          <div id="people-list" data-live="customers" aria-live="polite">\(list)</div>
        </section>
        """
    }

    /// The part that is fetched again as one types, and when something changed.
    var list: HTML {
        if portion.items.isEmpty { return empty }
        return """
            <table class="rows"><caption class="hidden">\(t: "customers.title")</caption>
              <thead><tr><th scope="col">\(t: "customers.name")</th><th scope="col">\(t: "customers.level")</th>\
            <th scope="col" class="wide">\(t: "customers.email")</th><th scope="col" class="number">\(t: "customers.occasions")</th>\
            <th scope="col" class="number">\(t: "customers.last")</th></tr></thead>
              <tbody>\(portion.items.map(CustomerLine.html))</tbody></table>
            \(more)
            """
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let address = "/people" + query.with("after", next)
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(address)">\#(t: "page.next")</a></nav>"#
    }

    private var empty: HTML {
        typed.isEmpty
            ? """
            <div class="empty card"><h2>\(t: "customers.none")</h2><p class="muted">\(t: "customers.none.how")</p>
            <p><a class="btn primary" href="/imports/new">\(t: "customers.none.import")</a></p></div>
            """
            : #"<p class="empty">\#(t: "customers.notFound", typed)</p>"#
    }
}

/// One customer in a list.
enum CustomerLine {
    static func html(_ row: CustomerRow) -> HTML {
        """
        <tr><td><a href="/people/\(row.party.id.value)"><bdi>\(row.party.name)</bdi></a>\(organisation(row))</td>\
        <td>\(row.level.badge)</td><td class="wide muted">\(row.email ?? "")</td>\
        <td class="number">\(.count(row.occasions))</td><td class="number">\(last(row))</td></tr>
        """
    }

    private static func organisation(_ row: CustomerRow) -> HTML? {
        row.party.kind == .organisation ? #" <span class="chip">\#(t: "party.organisation")</span>"# : nil
    }

    private static func last(_ row: CustomerRow) -> HTML {
        guard let day = row.lastDay else { return #"<span class="faint">–</span>"# }
        return "\(.day(daysSinceEpoch: day.daysSinceEpoch))"
    }
}
