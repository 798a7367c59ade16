import Markup

/// The narrow rail of places, and the bar it becomes on a phone.
struct Rail {
    let shell: Shell

    var html: HTML {
        """
        <aside class="rail" id="rail" aria-label="\(t: "web.shell.sections")">
        <a class="brand" href="/">\(Brand.mark)<span>Regulars</span></a>
        \(shell.rail.map(section))
        \(shell.person.map(foot))
        <a class="rail-close btn" href="#main">\(t: "web.shell.close")</a>
        </aside>
        """
    }

    private func section(_ section: RailSection) -> HTML {
        """
        <nav aria-label="\(section.name)">\
        \("<small aria-hidden=\"true\">\(section.name)</small>", if: section.hasHeading)\
        \(section.links.map(entry))</nav>
        """
    }

    /// A link, or one with its own places under it, of which only these are ever current.
    private func entry(_ link: RailLink) -> HTML {
        guard !link.below.isEmpty else { return self.link(link) }
        let isOpen = link.below.contains { $0.path == shell.current }
        let start: HTML = isOpen ? #"<div class="rail-below">"# : #"<div class="rail-below" hidden>"#
        return """
            \(self.link(link, isCurrent: false))\
            \(start)\(link.below.map { self.link($0) })</div>
            """
    }

    private func link(_ link: RailLink, isCurrent: Bool? = nil) -> HTML {
        """
        <a href="\(link.path)" \(attribute: "aria-current", "page", if: isCurrent ?? (link.path == shell.current))>\
        <span class="rail-name">\(link.icon?.html)\(link.name)</span>\
        \(link.count.map { count -> HTML in #"<span class="rail-count">\#(.count(count))</span>"# })</a>
        """
    }

    private func foot(_ person: Colleague) -> HTML {
        """
        <details class="me">
        <summary><span class="avatar" aria-hidden="true">\(Initials.of(person.name))</span>\
        <span class="me-name">\(person.name)</span></summary>
        <div class="me-menu">
        \(shell.menu.map { link($0) })
        \(ThemeForm(theme: shell.theme, here: shell.here).html)
        \(Form(shell.signOutPath, content: "<button class=\"btn\">\(t: "web.shell.signOut")</button>").html)
        </div>
        </details>
        """
    }

    /// Four places and the way to all the others, which works without a script: it is a link to the rail.
    var bottomBar: HTML {
        let links = shell.rail.flatMap(\.links).filter(\.isShortcut).prefix(4)
        return """
            <nav class="bottom-bar" aria-label="\(t: "web.shell.shortcuts")">
            \(links.map { link($0) })
            <a href="#rail"><span class="rail-name">\(Icon.menu.html)\(t: "web.shell.menu")</span></a>
            </nav>
            """
    }
}

/// Up to two letters to know a person by.
public enum Initials {
    public static func of(_ name: String) -> String {
        let words = name.split(whereSeparator: \.isWhitespace)
        let letters = [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first }
        return String(letters).uppercased()
    }
}

/// Light, dark or as the device says: one button each, posting to `/theme`.
struct ThemeForm {
    let theme: Theme
    let here: String

    var html: HTML {
        let content: HTML = """
            <span class="muted" id="theme-label">\(t: "web.theme.label")</span>
            <input type="hidden" name="next" value="\(here)">
            <span class="segments" role="group" aria-labelledby="theme-label">\(Theme.allCases.map(button))</span>
            """
        return Form("/theme", name: "theme", content: content).html
    }

    private func button(_ choice: Theme) -> HTML {
        """
        <button name="theme" value="\(choice.rawValue)" aria-pressed="\(choice == theme)">\
        \(t: "web.theme.\(choice.rawValue)")</button>
        """
    }
}
