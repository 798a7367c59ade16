import HTTPTypes
import Markup

/// One calm sentence: what happened, and the way on.
struct MessagePage: Page {
    let status: HTTPResponse.Status
    let sentence: Phrase
    /// The form is one step back, with what was typed still in it.
    var canGoBack = false

    var title: String { Phrase(heading).text }

    private var heading: String {
        switch status.code {
        case 404: "web.title.notFound"
        case 500...: "web.title.broken"
        case 401, 403: "web.title.closed"
        default: "web.title.refused"
        }
    }

    var main: HTML {
        """
        <section class="message card">
          <h1>\(title)</h1>
          <p>\(sentence)</p>
          \("<p class=\"muted\">\(t: "web.message.goBack")</p>", if: canGoBack)
          <p><a class="btn" href="/">\(t: "web.message.home")</a></p>
        </section>
        """
    }
}

/// A function that is closed to this person: what it needs, and who may open it.
struct ClosedPage: Page {
    let permission: Permission
    let grantors: [String]

    var title: String { Phrase("web.title.closed").text }

    var main: HTML {
        """
        <section class="message card">
          <h1>\(title)</h1>
          <p>\(t: "web.closed.needs", Phrase("permission.\(permission.rawValue)").text)</p>
          <p class="muted">\(whom)</p>
          <p><a class="btn" href="/">\(t: "web.message.home")</a></p>
        </section>
        """
    }

    private var whom: Phrase {
        grantors.isEmpty
            ? Phrase("web.closed.askAdministrator")
            : Phrase("web.closed.ask", .text(grantors.prefix(3).joined(separator: ", ")))
    }
}
