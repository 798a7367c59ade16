import Kernel
import Markup
import Web

/// Everyone with a seat.
struct ColleaguesPage: Page {
    let agents: Portion<Agent>
    /// Who looks at it, as they are now.
    let reader: Agent
    let seen: [ID<Agent>: Instant]

    var title: String { Phrase("people.colleagues.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "people.colleagues.lead")</p></div>\
        \(invite, if: reader.role.permissions.contains(.invitePeople))</header>\
        <table class="table"><thead><tr><th scope="col">\(t: "people.name")</th>\
        <th scope="col">\(t: "people.email")</th><th scope="col">\(t: "people.role")</th>\
        <th scope="col">\(t: "people.colleagues.seen")</th><td></td></tr></thead>\
        <tbody>\(agents.items.map(row))</tbody></table>\(more)</section>
        """
    }

    private var invite: HTML {
        #"<a class="btn primary" href="/invitations/new">\#(t: "people.invite.title")</a>"#
    }

    private var more: HTML {
        guard let next = agents.next else { return .empty }
        return #"<p><a class="btn" href="/colleagues?after=\#(next)">\#(t: "people.colleagues.more")</a></p>"#
    }

    private func row(_ agent: Agent) -> HTML {
        """
        <tr><td>\(agent.name)\(suspended, if: agent.isSuspended)</td><td>\(agent.email)</td>\
        <td>\(role(agent))</td><td>\(lastSeen(agent))</td><td>\(ways(agent))</td></tr>
        """
    }

    private var suspended: HTML { #" <span class="chip danger">\#(t: "people.colleagues.suspended")</span>"# }

    private func lastSeen(_ agent: Agent) -> HTML {
        guard let at = seen[agent.id] else { return "\(t: "people.colleagues.never")" }
        return "\(.instant(at.milliseconds))"
    }

    private func role(_ agent: Agent) -> HTML {
        guard reader.mayGovern(agent) else { return "\(agent.role.phrase)" }
        let choices = reader.role.givable.map { option($0, isChosen: $0 == agent.role) }
        return Form(
            "/colleagues/\(agent.id)/role", name: "actions",
            content: """
                <select name="role" aria-label="\(t: "people.colleagues.roleOf", agent.name)">\
                \(choices)</select>\
                <button class="btn">\(t: "people.colleagues.give")</button>
                """
        ).html
    }

    private func option(_ role: Role, isChosen: Bool) -> HTML {
        #"<option value="\#(role.rawValue)" \#(attribute: "selected", if: isChosen)>\#(role.phrase)</option>"#
    }

    private func ways(_ agent: Agent) -> HTML {
        let governs = reader.mayGovern(agent) && agent.id != reader.id
        let way = "/colleagues/\(agent.id)"
        let suspension: HTML = "\(form: "\(way)/suspension", button: Phrase("people.colleagues.suspend"))"
        let readmission: HTML = "\(form: "\(way)/readmission", button: Phrase("people.colleagues.readmit"))"
        return """
            <div class="row">\(why(agent), if: reader.role.permissions.contains(.seeAudit))\
            \(governs ? (agent.isSuspended ? readmission : suspension) : .empty)</div>
            """
    }

    private func why(_ agent: Agent) -> HTML {
        #"<a class="btn" href="/why?person=\#(agent.id.value)">\#(t: "people.colleagues.why")</a>"#
    }
}
