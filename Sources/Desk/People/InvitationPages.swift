import Kernel
import Markup
import Web

/// Offering a seat, and the offers that still stand.
struct InvitationsPage: Page {
    var answers = Answers()
    let open: [Invitation]
    /// Names of who invited, by id.
    let names: [ID<Agent>: String]
    /// The roles this person may give.
    let roles: [Role]

    var title: String { Phrase("people.invite.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "people.invite.lead")</p></div></header>\
        <section class="card">\(answers.notice)\(form)</section>\
        <section class="card"><h2>\(t: "people.invite.open")</h2>\(list)</section></section>
        """
    }

    private var form: HTML {
        let choices = roles.map { Choice($0.rawValue, $0.phrase.text) }
        return Form(
            "/invitations", name: "stack",
            content: """
                \(answers.field("email", Phrase("people.email"), .email, autocomplete: "off"))\
                \(answers.field(
                    "role", Phrase("people.role"), .choice(choices), standard: Role.agent.rawValue,
                    hint: Phrase("people.role.hint")))\
                <button class="btn primary">\(t: "people.invite.button")</button>
                """
        ).html
    }

    private var list: HTML {
        guard !open.isEmpty else { return #"<p class="muted">\#(t: "people.invite.none")</p>"# }
        return """
            <table class="table"><thead><tr><th scope="col">\(t: "people.email")</th>\
            <th scope="col">\(t: "people.role")</th><th scope="col">\(t: "people.invite.by")</th>\
            <th scope="col">\(t: "people.invite.until")</th><td></td></tr></thead>\
            <tbody>\(open.map(row))</tbody></table>
            """
    }

    private func row(_ invitation: Invitation) -> HTML {
        """
        <tr><td>\(invitation.email)</td><td>\(invitation.role.phrase)</td>\
        <td>\(names[invitation.invitedBy] ?? "")</td>\
        <td>\(.instant(invitation.expiresAt.milliseconds))</td>\
        <td>\(withdrawal(of: invitation), if: roles.contains(invitation.role))</td></tr>
        """
    }

    private func withdrawal(of invitation: Invitation) -> HTML {
        "\(form: "/invitations/\(invitation.id)/withdrawal", button: Phrase("people.invite.withdraw"))"
    }
}

/// The link itself, this once.
struct InvitationMadePage: Page {
    let email: String
    let link: String
    let role: Role

    var title: String { Phrase("people.invited.title").text }

    var main: HTML {
        """
        <article class="card"><h1>\(title)</h1>\
        <p>\(t: "people.invited.lead", .text(email), .text(role.phrase.text))</p>\
        <p><code class="secret">\(link)</code></p><p class="muted">\(t: "people.invited.once")</p>\
        <p><a class="btn" href="/invitations/new">\(t: "people.invited.back")</a></p></article>
        """
    }
}

/// What somebody sees who follows such a link.
struct JoinPage: Page {
    var answers = Answers()
    let token: String
    let invitation: Invitation
    let organisation: String

    var title: String { Phrase("people.join.title", .text(organisation)).text }

    var main: HTML {
        """
        <article class="door card"><h1>\(title)</h1>\
        <p class="muted">\(lead)</p>\
        \(answers.notice)\(form)</article>
        """
    }

    private var lead: Phrase {
        Phrase("people.join.lead", .text(invitation.email), .text(invitation.role.phrase.text))
    }

    private var form: HTML {
        Form(
            "/invitations/\(token)", name: "stack",
            content: """
                <input type="hidden" name="email" autocomplete="username" value="\(invitation.email)">\
                \(answers.field("name", Phrase("people.name"), autocomplete: "name"))\
                \(answers.field(
                    "password", Phrase("people.password.choose"), .password,
                    hint: Phrase("people.password.hint", .count(PasswordRule.minimum)),
                    autocomplete: "new-password"))\
                <button class="btn primary">\(t: "people.join.button")</button>
                """
        ).html
    }
}

/// A link that no longer opens anything, and why.
struct LinkEndedPage: Page {
    let reason: AgentRefusal

    var title: String { Phrase("people.link.title").text }

    var main: HTML {
        """
        <article class="door card"><h1>\(title)</h1><p>\(reason.phrase)</p>\
        <p><a class="btn" href="/sign-in">\(t: "people.link.signIn")</a></p></article>
        """
    }
}

extension Role {
    var phrase: Phrase { Phrase("people.role.\(rawValue)") }
}

extension Permission {
    var phrase: Phrase { Phrase("permission.\(rawValue)") }
}
