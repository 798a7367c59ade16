import Kernel
import Markup
import Web

/// A person's own corner: what they are called, how they read, how they get in.
struct MePage: Page {
    /// Which of the forms was refused, so that its complaints stand there.
    enum Part: Sendable { case profile, password, keys }

    let agent: Agent
    /// What this device shows, which may differ from what the person once chose.
    let theme: Theme
    let session: Int64
    let sessions: [Session]
    let keys: [APIKey]
    let languages: [Choice]
    var answers = Answers()
    var part = Part.profile

    var title: String { Phrase("people.me.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(agent.email) · \(agent.role.phrase)\
         · <a href="/why">\(t: "people.me.why")</a></p></div></header>\
        <div class="page narrow">\(profile)\(password)</div>\
        \(SessionList(sessions: sessions, current: session).html)\(keyList)</section>
        """
    }

    private func answers(of part: Part) -> Answers { part == self.part ? answers : Answers() }

    private var profile: HTML {
        let answers = answers(of: .profile)
        let themes = Theme.allCases.map { Choice($0.rawValue, Phrase("people.theme.\($0.rawValue)").text) }
        let spoken = [Choice("", Phrase("people.language.browser").text)] + languages
        let form = Form(
            "/me", name: "stack",
            content: """
                \(answers.field("name", Phrase("people.name"), standard: agent.name, autocomplete: "name"))\
                \(answers.field(
                    "language", Phrase("people.language"), .choice(spoken), standard: agent.language,
                    required: false))\
                \(answers.suggesting(
                    "zone", Phrase("people.zone"), from: Zone.names, standard: agent.zone,
                    hint: Phrase("people.zone.hint"), required: false))\
                \(answers.field(
                    "theme", Phrase("people.theme"), .choice(themes), standard: theme.rawValue))\
                <button class="btn primary">\(t: "people.save")</button>
                """)
        return #"<section class="card">\#(answers.notice)\#(form.html)</section>"#
    }

    private var password: HTML {
        let answers = answers(of: .password)
        let form = Form(
            "/me/password", name: "stack",
            content: """
                <input type="hidden" name="email" autocomplete="username" value="\(agent.email)">\
                \(answers.field(
                    "current", Phrase("people.password.current"), .password,
                    autocomplete: "current-password"))\
                \(answers.field(
                    "password", Phrase("people.password.new"), .password,
                    hint: Phrase("people.password.hint", .count(PasswordRule.minimum)),
                    autocomplete: "new-password"))\
                <button class="btn">\(t: "people.password.change")</button>
                """)
        return """
            <section class="card"><h2>\(t: "people.password")</h2>\
            <p class="muted">\(t: "people.password.ends")</p>\(answers.notice)\(form.html)</section>
            """
    }

    private var keyList: HTML {
        guard !keys.isEmpty || agent.role.permissions.contains(.manageKeys) else { return .empty }
        return KeyList(
            keys: keys, mayCreate: agent.role.permissions.contains(.manageKeys), answers: answers(of: .keys)
        ).html
    }
}

/// Where a person is signed in.
struct SessionList: Sendable {
    let sessions: [Session]
    let current: Int64

    var html: HTML {
        """
        <section class="card"><h2>\(t: "people.sessions")</h2><table class="table"><thead><tr>\
        <th scope="col">\(t: "people.sessions.device")</th><th scope="col">\(t: "people.sessions.place")</th>\
        <th scope="col">\(t: "people.sessions.since")</th><th scope="col">\(t: "people.sessions.seen")</th>\
        <td></td></tr></thead><tbody>\(sessions.map(row))</tbody></table></section>
        """
    }

    private func row(_ session: Session) -> HTML {
        let isCurrent = session.id == current
        return """
            <tr><td title="\(session.device)">\(DeviceName.short(for: session.device))\
            \(here, if: isCurrent)</td>\
            <td>\(session.place)</td>\
            <td>\(.instant(session.createdAt.milliseconds))</td>\
            <td>\(.instant(session.seenAt.milliseconds))</td>\
            <td>\(isCurrent ? ownEnd : end(of: session))</td></tr>
            """
    }

    private func end(of session: Session) -> HTML {
        "\(form: "/me/sessions/\(session.id)/ending", button: Phrase("people.sessions.end"))"
    }

    private var ownEnd: HTML { "\(form: "/session/ending", button: Phrase("people.signOut"))" }

    private var here: HTML { #" <span class="chip">\#(t: "people.sessions.here")</span>"# }
}

/// The keys a person's programs come with.
struct KeyList: Sendable {
    let keys: [APIKey]
    let mayCreate: Bool
    let answers: Answers

    var html: HTML {
        """
        <section class="card"><h2>\(t: "people.keys")</h2><p class="muted">\(t: "people.keys.lead")</p>\
        \(table)\(answers.notice)\(form, if: mayCreate)</section>
        """
    }

    private var table: HTML {
        guard !keys.isEmpty else { return .empty }
        return """
            <table class="table"><thead><tr><th scope="col">\(t: "people.keys.label")</th>\
            <th scope="col">\(t: "people.keys.hint")</th><th scope="col">\(t: "people.keys.since")</th>\
            <th scope="col">\(t: "people.keys.used")</th><td></td></tr></thead>\
            <tbody>\(keys.map(row))</tbody></table>
            """
    }

    private func row(_ key: APIKey) -> HTML {
        """
        <tr><td>\(key.label)</td><td><code>\(key.hint)…</code></td>\
        <td>\(.instant(key.createdAt.milliseconds))</td><td>\(used(key))</td><td>\(end(of: key))</td></tr>
        """
    }

    private func used(_ key: APIKey) -> HTML {
        guard let usedAt = key.usedAt else { return "\(t: "people.keys.never")" }
        return "\(.instant(usedAt.milliseconds))"
    }

    private func end(of key: APIKey) -> HTML {
        if let revokedAt = key.revokedAt {
            return
                #"<span class="muted">\#(t: "people.keys.revoked", .instant(revokedAt.milliseconds))</span>"#
        }
        return "\(form: "/me/keys/\(key.id)/revocation", button: Phrase("people.keys.revoke"))"
    }

    private var form: HTML {
        Form(
            "/me/keys", name: "stack",
            content: """
                \(answers.field(
                    "label", Phrase("people.keys.label"), hint: Phrase("people.keys.label.hint"),
                    autocomplete: "off"))\
                <button class="btn">\(t: "people.keys.create")</button>
                """
        ).html
    }
}

/// The key itself, this once.
struct KeyMadePage: Page {
    let key: String
    let address: String

    var title: String { Phrase("people.key.title").text }

    var main: HTML {
        """
        <article class="card"><h1>\(title)</h1><p>\(t: "people.key.lead")</p>\
        <p><code class="secret">\(key)</code></p><p class="muted">\(t: "people.key.use")</p>\
        <pre><code>curl -u \(key):X \(address)</code></pre>\
        <p><a class="btn" href="/me">\(t: "people.key.back")</a></p></article>
        """
    }
}
