import Markup
import Web

/// Why can this person see this? Because of their role: every permission there is, and what gives or
/// withholds it.
struct WhyPage: Page {
    let agent: Agent

    var title: String { Phrase("people.why.title", .text(agent.name)).text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "people.why.lead", .text(agent.name), .text(agent.role.phrase.text))</p>\
        \(suspended, if: agent.isSuspended)</div></header>\
        <table class="table"><thead><tr><th scope="col">\(t: "people.why.permission")</th>\
        <th scope="col">\(t: "people.why.answer")</th>\
        <th scope="col">\(t: "people.why.because")</th></tr></thead>\
        <tbody>\(Permission.allCases.map(row))</tbody></table></section>
        """
    }

    private var suspended: HTML {
        #"<p class="flash flash-warning">\#(t: "people.why.suspended", agent.name)</p>"#
    }

    private func row(_ permission: Permission) -> HTML {
        let isAllowed = agent.role.permissions.contains(permission) && !agent.isSuspended
        let answer = Phrase(isAllowed ? "people.why.yes" : "people.why.no")
        return """
            <tr><td>\(permission.phrase)</td><td>\(answer)</td><td>\(reason(for: permission))</td></tr>
            """
    }

    private func reason(for permission: Permission) -> Phrase {
        guard let least = Role.allowed(permission).first else { return Phrase("people.why.nobody") }
        let isAllowed = agent.role.permissions.contains(permission)
        let role = isAllowed ? agent.role : least
        return Phrase(isAllowed ? "people.why.through" : "people.why.needs", .text(role.phrase.text))
    }
}
