import Kernel
import Markup
import Web

/// A membership in words: who or where, as what, since when, until when.
struct MembershipLine {
    let membership: Membership
    /// Whose page it stands on.
    let page: ID<Party>
    let zone: Zone
    /// What may be done with it; nothing where nothing may.
    var act: HTML?

    var html: HTML {
        let other = membership.other(than: page).value
        return """
            <li class="member"><div><a href="/people/\(other)"><bdi>\(membership.name)</bdi></a>\
            \(##"<span class="muted">, <bdi>\##(membership.title)</bdi></span>"##, if: !membership.title.isEmpty)
            <div class="roles">\(membership.listed.map(role))<span class="faint">\(when)</span></div></div>\(act)</li>
            """
    }

    private func role(_ role: MembershipRole) -> HTML {
        #"<span class="chip">\#(Phrase("relations.role.\(role.rawValue)"))</span>"#
    }

    private var when: Phrase {
        let since = Argument.day(daysSinceEpoch: zone.day(of: membership.since).daysSinceEpoch)
        guard let end = membership.endedAt else { return Phrase("relations.since", since) }
        return Phrase("relations.fromTo", since, .day(daysSinceEpoch: zone.day(of: end).daysSinceEpoch))
    }
}

/// The fields of a membership: what for, since when.
struct MembershipFields {
    let answers: Answers
    let since: LocalDate
    var title = ""
    var roles: Set<MembershipRole> = []

    var html: HTML {
        """
        \(answers.field("title", Phrase("relations.field.title"), standard: title, hint: Phrase("relations.field.title.hint"), autocomplete: "off", required: false))
        <fieldset class="field"><legend>\(t: "relations.field.roles")</legend>\(MembershipRole.allCases.map(tick))</fieldset>
        \(answers.field("since", Phrase("relations.field.since"), .date, standard: since.description, required: false))
        """
    }

    private func tick(_ role: MembershipRole) -> HTML {
        // A box that was left empty is not sent at all.
        let isSet = answers.typed.pairs.isEmpty ? roles.contains(role) : answers.typed.flag(role.rawValue)
        return Field(
            name: role.rawValue, label: Phrase("relations.role.\(role.rawValue).long").text,
            value: isSet ? "true" : "", kind: .checkbox
        ).html
    }
}

/// One customer's memberships, to be changed, ended, added and put back.
struct MembershipsPage: Page {
    let party: Party
    let portion: Portion<Membership>
    let past: [Membership]
    let zone: Zone
    let today: LocalDate
    let mayEdit: Bool
    var answers = Answers()
    /// Those the typed name may mean.
    var found: [Party] = []

    private var address: String { "/people/\(party.id.value)" }
    private var isPerson: Bool { party.kind == .person }

    var title: String {
        Phrase(isPerson ? "relations.memberships.of" : "relations.people.of", .text(party.name)).text
    }

    var main: HTML {
        """
        <section class="page narrow"><header class="page-head"><h1>\(title)</h1>\
        <a class="btn" href="\(address)">\(t: "relations.back")</a></header>
        <section class="card" aria-label="\(t: "relations.now")">\(none)<ul class="plain members">\
        \(portion.items.map(line))</ul>\(more)</section>\(adding)\(over)</section>
        """
    }

    private var none: HTML? {
        guard portion.items.isEmpty else { return nil }
        return
            #"<p class="muted">\#(t: isPerson ? "relations.none.person" : "relations.none.organisation")</p>"#
    }

    private func line(_ membership: Membership) -> HTML {
        let other = membership.other(than: party.id).value
        let change: HTML = #"""
            <a class="btn small" href="\#(address)/memberships/\#(other)" \
            aria-label="\#(t: "relations.change.of", .text(membership.name))">\#(t: "relations.change")</a>
            """#
        return MembershipLine(membership: membership, page: party.id, zone: zone, act: mayEdit ? change : nil)
            .html
    }

    private var more: HTML? {
        guard let next = portion.next else { return nil }
        let later = address + "/memberships?after=" + next
        return
            #"<nav class="pages" aria-label="\#(t: "page.more")"><a class="btn" rel="next" href="\#(later)">\#(t: "page.next")</a></nav>"#
    }

    private var adding: HTML? {
        guard mayEdit else { return nil }
        let label = Phrase(isPerson ? "relations.field.organisation" : "relations.field.person")
        let fields: HTML = """
            \(answers.notice)\
            \(answers.field("with", label, hint: Phrase("relations.field.with.hint"), autocomplete: "off"))\
            \(PartyChoice(name: "with_id", parties: found, chosen: answers.value("with_id")).html)\
            \(MembershipFields(answers: answers, since: today).html)
            <button class="btn primary">\(t: "relations.add")</button>
            """
        return """
            <section class="card"><h2>\(t: isPerson ? "relations.add.organisation" : "relations.add.person")</h2>\
            \(Form("\(address)/memberships", name: "stack", content: fields).html)</section>
            """
    }

    private var over: HTML? {
        guard !past.isEmpty else { return nil }
        return """
            <section class="card"><h2>\(t: "relations.past")</h2><ul class="plain members">\(past.map(pastLine))</ul></section>
            """
    }

    private func pastLine(_ membership: Membership) -> HTML {
        guard mayEdit, let past = membership.past else {
            return MembershipLine(membership: membership, page: party.id, zone: zone).html
        }
        let button: HTML = #"""
            <button class="btn small" aria-label="\#(t: "relations.restore.of", .text(membership.name))">\
            \#(t: "relations.restore")</button>
            """#
        let form = Form("\(address)/past-memberships/\(past)/restoring", content: button).html
        return MembershipLine(membership: membership, page: party.id, zone: zone, act: form).html
    }
}

/// Several customers of that name, one of whom is to be chosen.
struct PartyChoice {
    let name: String
    let parties: [Party]
    let chosen: String

    var html: HTML? {
        guard !parties.isEmpty else { return nil }
        let choices = parties.map { Choice("\($0.id)", "\($0.name) (\($0.id))") }
        return Field(
            name: name, label: Phrase("relations.which").text, value: chosen, kind: .options(choices)
        ).html
    }
}

/// One membership, to be changed or ended.
struct MembershipPage: Page {
    let party: Party
    let membership: Membership
    let zone: Zone
    var answers = Answers()

    var title: String { Phrase("relations.membership", .text(party.name), .text(membership.name)).text }

    var main: HTML {
        let address = "/people/\(party.id.value)/memberships"
        let other = membership.other(than: party.id).value
        let fields: HTML = """
            \(answers.notice)\(MembershipFields(
                answers: answers, since: zone.day(of: membership.since), title: membership.title,
                roles: membership.roles).html)
            <button class="btn primary">\(t: "form.save")</button>
            """
        return """
            <section class="page narrow"><header class="page-head"><h1>\(title)</h1>\
            <a class="btn" href="\(address)">\(t: "relations.back")</a></header>
            <section class="card">\(Form("\(address)/\(other)", name: "stack", content: fields).html)</section>
            <section class="card"><h2>\(t: "relations.end")</h2><p>\(t: "relations.end.what")</p>
            \(form: "\(address)/\(other)/ending", button: Phrase("relations.end.button"))</section></section>
            """
    }
}
