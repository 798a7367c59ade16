public import Markup

/// A page inside the shell, ready to send.
public struct Layout: Sendable {
    private let title: String
    private let main: HTML
    private let shell: Shell

    public init(_ page: some Page, in shell: Shell) {
        title = page.title
        main = page.main
        self.shell = shell
    }

    public var html: HTML {
        """
        <!doctype html>
        <html lang="\(Reader.current.language.code)" data-theme="\(shell.theme.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) · Regulars</title>
        <link rel="icon" href="\(Assets.url("mark.svg"))" type="image/svg+xml">
        <link rel="stylesheet" href="\(Assets.url("app.css"))">
        <script src="\(Assets.url("app.js"))" defer></script>
        </head>
        \(shell.person == nil ? door : desk)
        </html>
        """
    }

    private var desk: HTML {
        """
        <body \(attribute: "data-events", "/live")>
        <a class="skip" href="#main">\(t: "web.shell.skip")</a>
        <div class="shell">
        \(Rail(shell: shell).html)
        <div class="stage">
        \(shell.banner)
        <main id="main" tabindex="-1">
        \(flash)
        \(main)
        </main>
        </div>
        \(Rail(shell: shell).bottomBar)
        </div>
        \(Palette(searchPath: shell.searchPath).html)
        </body>
        """
    }

    private var door: HTML {
        """
        <body class="door">
        <a class="skip" href="#main">\(t: "web.shell.skip")</a>
        <header class="brand">\(Brand.mark)<span>Regulars</span></header>
        <main id="main" tabindex="-1">
        \(flash)
        \(main)
        </main>
        </body>
        """
    }

    private var flash: HTML? {
        shell.flash.map { flash in
            switch flash.tone {
            case .notice: #"<p class="flash" role="status">\#(flash.phrase)\#(undo(flash))</p>"#
            case .warning: #"<p class="flash flash-warning" role="alert">\#(flash.phrase)</p>"#
            }
        }
    }

    private func undo(_ flash: Flash) -> HTML? {
        flash.undo.map { #" <a href="\#($0.description)">\#(t: "merging.undo")</a>"# }
    }
}

/// The mark: the profile with its wide base and its wide top.
enum Brand {
    static var mark: HTML {
        """
        <svg class="mark" viewBox="0 0 20 24" width="20" height="24" fill="none" aria-hidden="true">\
        <path d="M2 22h16l-5.5-10L18 2H2l5.5 10z" fill="currentColor" opacity=".16"/>\
        <path d="M2 22h16l-5.5-10L18 2H2l5.5 10z" stroke="currentColor" stroke-width="1.6" \
        stroke-linejoin="round"/></svg>
        """
    }
}
