import Markup
import Web

/// What a new desk offers to do first. Nothing else is asked.
struct WelcomePage: Page {
    let organisation: String
    let person: Colleague

    var title: String { Phrase("setup.welcome.title", .text(organisation)).text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "setup.welcome.lead")</p></div></header>\
        <div class="cards">\(sample)\(imports)\(invite)</div>\
        <p><a href="/">\(t: "setup.welcome.skip")</a></p></section>
        """
    }

    private var sample: HTML {
        guard person.may(.manageSample) else { return .empty }
        let button = Form(
            "/sample", content: #"<button class="btn primary">\#(t: "setup.sample.button")</button>"#)
        return card("sample", button.html)
    }

    private var imports: HTML {
        guard person.may(.importFiles) else { return .empty }
        return card("import", #"<a class="btn" href="/imports/new">\#(t: "setup.import.button")</a>"#)
    }

    private var invite: HTML {
        guard person.may(.invitePeople) else { return .empty }
        return card("invite", #"<a class="btn" href="/invitations/new">\#(t: "setup.invite.button")</a>"#)
    }

    private func card(_ name: String, _ way: HTML) -> HTML {
        """
        <section class="card"><h2>\(t: "setup.\(name).title")</h2>\
        <p>\(t: "setup.\(name).text")</p>\(way)</section>
        """
    }
}
