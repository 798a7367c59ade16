import Kernel
import Markup
import Storage

/// Where an organisation stands, under its name: what it is part of, and whether it is one of our own.
struct PlaceNotice {
    let place: TreeStore.Place

    var html: HTML? {
        guard place.path.count > 1 || place.isInternal else { return nil }
        return #"<p class="path">\#(ours)\#(part)</p>"#
    }

    private var ours: HTML? {
        guard place.isInternal else { return nil }
        return
            #"<span class="chip good" title="\#(t: "relations.internal.what")">\#(t: "relations.internal")</span> "#
    }

    private var part: HTML? {
        guard place.path.count > 1 else { return nil }
        let links = place.path.dropLast().map { party -> HTML in
            #"<a href="/people/\#(party.id.value)"><bdi>\#(party.name)</bdi></a>"#
        }
        let separator: HTML = #" <span aria-hidden="true">›</span> "#
        return #"<span class="muted">\#(t: "relations.partOf")</span> \#(links.joined(separator: separator))"#
    }
}

/// Who belongs here, or where somebody belongs.
struct MembersCard {
    static let shown = 12

    let party: Party
    /// One more than is shown, where there are more.
    let members: [Membership]
    let past: [Membership]
    let zone: Zone
    let mayEdit: Bool

    private var address: String { "/people/\(party.id.value)/memberships" }
    private var isPerson: Bool { party.kind == .person }

    var html: HTML? {
        guard !members.isEmpty || !past.isEmpty || mayEdit else { return nil }
        return """
            <section class="card" aria-labelledby="relations"><h2 class="h" id="relations">\
            \(t: isPerson ? "relations.memberships" : "relations.people")</h2>\(none)
            <ul class="plain members">\(members.prefix(MembersCard.shown).map(line))</ul>\(over)
            <p class="actions"><a class="btn small" href="\(address)">\(button)</a></p></section>
            """
    }

    private var none: HTML? {
        guard members.isEmpty else { return nil }
        return
            #"<p class="muted">\#(t: isPerson ? "relations.none.person" : "relations.none.organisation")</p>"#
    }

    private func line(_ membership: Membership) -> HTML {
        MembershipLine(membership: membership, page: party.id, zone: zone).html
    }

    private var over: HTML? {
        guard !past.isEmpty else { return nil }
        return """
            <details><summary>\(t: "relations.past.count", past.count)</summary>\
            <ul class="plain members">\(past.map(line))</ul></details>
            """
    }

    private var button: Phrase {
        if members.count > MembersCard.shown { return Phrase("relations.all") }
        return Phrase(mayEdit ? "relations.edit" : "relations.all")
    }
}

/// An organisation's departments with what each and all of them bought.
struct TreeCard {
    /// Rows on the customer's page; the rest has a page of its own.
    static let shown = 30

    let tree: OrganisationTree
    let place: TreeStore.Place
    /// Colleagues named by the last move.
    let names: [Int64: String]
    let mayEdit: Bool

    private var address: String { tree.root.map { "/organisations/\($0.id)" } ?? "/organisations" }

    var html: HTML {
        """
        <section class="card" aria-labelledby="departments"><h2 class="h" id="departments">\(t: "relations.departments")</h2>
        \(table)\(more)\(moved)\(actions)</section>
        """
    }

    private var table: HTML {
        guard tree.nodes.count > 1 else {
            return #"<p class="muted">\#(t: "relations.departments.none")</p>"#
        }
        return """
            <p class="faint">\(t: "relations.departments.what")</p>
            \(TreeTable(rows: rows, label: label).html)
            """
    }

    private var label: String { Phrase("relations.departments.of", .text(tree.root?.name ?? "")).text }

    /// All of them where they are few; else those directly below.
    private var rows: [OrganisationTree.Node] {
        guard tree.nodes.count > TreeCard.shown, let root = tree.root else { return tree.nodes }
        return [root] + tree.departments(of: root.id).prefix(TreeCard.shown - 1)
    }

    private var more: HTML? {
        guard tree.nodes.count > TreeCard.shown else { return nil }
        return
            #"<p><a href="\#(address)/departments">\#(t: "relations.departments.all", tree.nodes.count - 1)</a></p>"#
    }

    private var moved: HTML? {
        guard let move = place.lastMove, let root = tree.root else { return nil }
        let day = Argument.instant(move.at.milliseconds)
        let by = move.actor.flatMap { names[$0] } ?? Phrase("relations.nobody").text
        let said: Phrase =
            place.parent.map { Phrase("relations.moved.under", day, .text(by), .text($0.name)) }
            ?? Phrase("relations.moved.free", day, .text(by))
        let undo = "/organisations/\(root.id)/moves/\(move.id)/undoing"
        return """
            <div class="row moved"><span class="muted">\(said)</span>\
            \(form: undo, unless: !mayEdit, button: Phrase("relations.moved.undo"))</div>
            """
    }

    private var actions: HTML? {
        guard mayEdit, let root = tree.root else { return nil }
        let new = "/organisations/new?parent=\(root.id)"
        return """
            <p class="actions"><a class="btn small" href="\(new)">\(t: "relations.departments.add")</a>\
            <a class="btn small" href="\(address)/place">\(t: "relations.place")</a></p>
            """
    }
}

/// Departments as rows, indented by how deep they lie; sums with everything below.
struct TreeTable {
    let rows: [OrganisationTree.Node]
    let label: String

    var html: HTML {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(label)"><table class="table tree">\
        <thead><tr><th scope="col">\(t: "relations.department")</th>\
        <th scope="col" class="number">\(t: "relations.volume")</th></tr></thead><tbody>\(rows.map(row))</tbody></table></div>
        """
    }

    private func row(_ node: OrganisationTree.Node) -> HTML {
        let depth = "depth depth-\(min(node.depth, 8))"
        return """
            <tr><th scope="row"><span class="\(depth)">\(name(node))\(ours(node))\(below(node))</span></th>\
            <td class="number"><span class="amount">\(MoneyWords.text(node.total.totals))</span>\
            <span class="faint">\(TreeTable.days(node.total))</span>\(own(node))</td></tr>
            """
    }

    private static func days(_ volume: Volume) -> String {
        Phrase("relations.purchases", .count(volume.purchases)).text + " · "
            + Phrase("relations.occasions", .count(volume.occasions)).text
    }

    private func name(_ node: OrganisationTree.Node) -> HTML {
        #"<a href="/people/\#(node.id.value)"><bdi>\#(node.name)</bdi></a>"#
    }

    private func ours(_ node: OrganisationTree.Node) -> HTML? {
        node.isInternal ? #" <span class="chip good">\#(t: "relations.internal")</span>"# : nil
    }

    private func below(_ node: OrganisationTree.Node) -> HTML? {
        node.below > 0 ? #" <span class="faint">\#(t: "relations.below", node.below)</span>"# : nil
    }

    /// Its own, where it has departments that add to it.
    private func own(_ node: OrganisationTree.Node) -> HTML? {
        guard node.below > 0 else { return nil }
        let own = MoneyWords.text(node.own.totals) + " · " + TreeTable.days(node.own)
        return #"<span class="faint">\#(t: "relations.own", own)</span>"#
    }
}

/// Amounts side by side; a dash where there are none.
enum MoneyWords {
    static func text(_ amounts: [Money]) -> String {
        if amounts.isEmpty { return "–" }
        return amounts.map { Argument.money(minor: $0.minor, currency: $0.currency.code).text }
            .joined(separator: " · ")
    }
}

/// Which discount a whole tree has earned by its volume, and how far the next step is.
struct DiscountCard {
    let standings: [DiscountSteps.Standing]
    /// The root of the tree, where that is another page.
    let root: Party?
    let months: ClosedRange<Int>

    var html: HTML? {
        guard !standings.isEmpty else { return nil }
        let first = LocalDate.first(ofMonth: months.lowerBound)
        return """
            <section class="card" aria-labelledby="discount"><h2 class="h" id="discount">\(t: "relations.discount")</h2>
            \(standings.map(line))<p class="faint">\(whole) \
            \(t: "relations.discount.since", .day(daysSinceEpoch: first.daysSinceEpoch))</p></section>
            """
    }

    private var whole: HTML {
        guard let root else { return "\(t: "relations.discount.whole")" }
        return
            "\(t: "relations.discount.wholeOf", .text(root.name), wrapping: ["name": { "<bdi>\($0)</bdi>" }])"
    }

    private func line(_ standing: DiscountSteps.Standing) -> HTML {
        let code = standing.volume.currency.code
        let volume = Argument.money(minor: standing.volume.minor, currency: code)
        let earned =
            standing.earned.map { Phrase("relations.discount.earned", DiscountCard.share($0), volume) }
            ?? Phrase("relations.discount.none", volume)
        let next: Phrase =
            standing.next.map { next in
                Phrase(
                    "relations.discount.next", .money(minor: standing.missing ?? 0, currency: code),
                    DiscountCard.share(next), .money(minor: next.from, currency: code))
            } ?? Phrase("relations.discount.top")
        return "<p><b>\(earned)</b> \(next)</p>"
    }

    static func share(_ step: DiscountSteps.Step) -> Argument {
        let decimals = step.share % 100 == 0 ? 0 : step.share % 10 == 0 ? 1 : 2
        return .percent(Double(step.share) / 10_000, decimals: decimals)
    }
}
