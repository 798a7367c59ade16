import Crypto
import HTTPTypes
import Hummingbird
import Kernel
import Markup
import Storage
import Web

/// What the wall shows: words whose author agreed in writing to have them on the website, and nothing else.
struct Wall: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        let id: Int64
        let words: String
        /// As agreed; empty where no name is shown.
        let name: String
        let day: LocalDate
    }

    /// Longer words are shown from their beginning.
    static let longest = 700

    let title: String
    let sites: [String]
    let items: [Item]

    /// Nil while the wall is off.
    static func read(at moment: Instant, in connection: any Connection) throws -> Wall? {
        let settings = try AdvocacySettings.read(at: moment, in: connection)
        guard settings.wallIsOn else { return nil }
        let order: SQL =
            settings.wallOrder == .chosen ? "t.pinned DESC, t.day DESC, t.id DESC" : "t.day DESC, t.id DESC"
        let items = try connection.all(
            """
            SELECT t.id, CASE WHEN t.short <> '' THEN t.short ELSE a.words END, t.shown_name, t.day
            FROM testimonial t JOIN advocacy a ON a.id = t.act_id
            WHERE t.state = 'given' AND t.website AND NOT \(Consent.isRefused(.advocacy, party: "t.person_id"))
            ORDER BY \(order) LIMIT \(settings.wallCount)
            """
        ) { row in
            Item(
                id: try row.int64(0), words: Excerpt.beginning(of: try row.text(1), upTo: longest),
                name: try row.text(2), day: try row.day(3))
        }
        return Wall(title: settings.wallTitle, sites: settings.wallSites, items: items)
    }

    /// The month alone: the day somebody wrote is nobody's business.
    private static func month(_ day: LocalDate) -> String { String(day.description.prefix(7)) }

    var json: JSON {
        .object([
            ("title", .text(title)),
            (
                "testimonials",
                .list(
                    items.map { item in
                        .object([
                            ("words", .text(item.words)),
                            ("name", item.name.isEmpty ? .null : .text(item.name)),
                            ("month", .text(Wall.month(item.day))),
                        ])
                    })
            ),
        ])
    }

    /// A page of its own for a frame: no script, one style sheet, nothing to follow.
    var html: HTML {
        let heading: String = title.isEmpty ? Phrase("wall.title").text : title
        return """
            <!doctype html>
            <html lang="\(Reader.current.language.code)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(heading)</title>
            <link rel="stylesheet" href="/wall.css">
            </head>
            <body>
            <main class="regulars-wall"><h1>\(heading)</h1>
            \(items.isEmpty ? "<p>\(t: "wall.empty")</p>" : "\(items.map(Wall.figure))" as HTML)
            </main>
            </body>
            </html>
            """
    }

    private static func figure(_ item: Item) -> HTML {
        """
        <figure><blockquote><p dir="auto">\(item.words)</p></blockquote>\
        \(##"<figcaption><bdi>\##(item.name)</bdi></figcaption>"##, if: !item.name.isEmpty)</figure>
        """
    }

    static let styles = """
        :root { color-scheme: light dark }
        body { margin: 0; padding: 16px; font: 16px/1.5 system-ui, sans-serif; background: Canvas; color: CanvasText }
        h1 { font-size: 20px; margin: 0 0 12px }
        .regulars-wall { max-width: 720px; margin: 0 auto }
        figure { margin: 0 0 16px; padding: 12px 16px; border: 1px solid; border-color: color-mix(in srgb, CanvasText 25%, Canvas); border-radius: 10px }
        blockquote { margin: 0; overflow-wrap: anywhere }
        p { margin: 0; white-space: pre-line }
        figcaption { margin-top: 8px; font-weight: 600 }
        """

    /// Puts the words where the script stands, or into the element it is told, as plain elements the page can style.
    static let script = """
        (function () {
          "use strict";
          var script = document.currentScript;
          if (!script) return;
          var place = script.dataset.into && document.querySelector(script.dataset.into);
          if (!place) {
            place = document.createElement("div");
            script.parentNode.insertBefore(place, script);
          }
          function add(parent, name, text) {
            var element = document.createElement(name);
            if (text) element.textContent = text;
            parent.appendChild(element);
            return element;
          }
          fetch(new URL("wall.json", script.src), { credentials: "omit" })
            .then(function (answer) { return answer.ok ? answer.json() : null; })
            .then(function (wall) {
              if (!wall || !wall.testimonials.length) return;
              var box = add(place, "section");
              box.className = "regulars-wall";
              if (wall.title) add(box, "h2", wall.title);
              wall.testimonials.forEach(function (one) {
                var figure = add(box, "figure");
                var words = add(add(figure, "blockquote"), "p", one.words);
                words.dir = "auto";
                if (one.name) { add(add(figure, "figcaption"), "bdi", one.name); }
              });
            })
            .catch(function () {});
        })();
        """
}

/// The wall, for anybody and any page: without a session, a cookie or a question who comes.
struct WallRoutes: Sendable {
    let desk: Desk
    let limiter: VisitorLimiter

    /// So many looks a minute from one neighbourhood of the network.
    static let looksPerMinute = 600

    var all: [Route] {
        [
            .published("/wall", use: page), .published("/wall.json", use: json),
            .published("/wall.js") { request, visitor in
                try await answer(request, visitor, Array(Wall.script.utf8), "text/javascript; charset=utf-8")
            },
            .published("/wall.css") { request, visitor in
                try await answer(request, visitor, Array(Wall.styles.utf8), "text/css; charset=utf-8")
            },
        ]
    }

    @Sendable func page(_ request: Request, _ visitor: RemoteAddress) async throws -> Response {
        if let refusal = refusal(visitor) { return refusal }
        guard let wall = try await wall(), let organisation = try await desk.organisations.current() else {
            throw NotFound()
        }
        let language = Languages.installed.choose(chosen: organisation.language, accepting: nil)
        let reader = Reader(language: language)
        let bytes = Reader.$current.withValue(reader) { wall.html.bytes }
        var response = WallRoutes.tagged(Array(bytes), "text/html; charset=utf-8", request)
        let sites = wall.sites.isEmpty ? "'none'" : wall.sites.joined(separator: " ")
        response.headers[.contentSecurityPolicy] = """
            default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors \(sites)
            """
        return response
    }

    @Sendable func json(_ request: Request, _ visitor: RemoteAddress) async throws -> Response {
        if let refusal = refusal(visitor) { return refusal }
        guard let wall = try await wall() else { throw NotFound() }
        return open(WallRoutes.tagged(wall.json.bytes, "application/json; charset=utf-8", request))
    }

    private func answer(
        _ request: Request, _ visitor: RemoteAddress, _ bytes: [UInt8], _ type: String
    ) async throws -> Response {
        if let refusal = refusal(visitor) { return refusal }
        guard try await wall() != nil else { throw NotFound() }
        return open(WallRoutes.tagged(bytes, type, request))
    }

    private func wall() async throws -> Wall? {
        let now = desk.clock.now
        return try await desk.database.read { try Wall.read(at: now, in: $0) }
    }

    private func refusal(_ visitor: RemoteAddress) -> Response? {
        guard let seconds = limiter.take(for: visitor) else { return nil }
        var response = Response.text("429\n", status: .tooManyRequests)
        response.headers[.retryAfter] = "\(seconds)"
        return response
    }

    /// Other sites may read it.
    private func open(_ answer: Response) -> Response {
        var response = answer
        response.headers[.accessControlAllowOrigin] = "*"
        response.headers[.wallPolicy] = "cross-origin"
        return response
    }

    /// May be kept, and is asked for again each time: what was withdrawn is gone with the next look.
    private static func tagged(_ bytes: [UInt8], _ type: String, _ request: Request) -> Response {
        let hash = SHA256.hash(data: bytes).prefix(12).map {
            String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
        }
        let tag = "\"\(hash.joined())\""
        let known = request.headers[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
            .map { $0.drop(while: \.isWhitespace) }
        let isKnown = known.contains { $0 == tag || $0 == "W/\(tag)" || $0 == "*" }
        var response = isKnown ? Response(status: .notModified) : .bytes(bytes, type: type)
        response.headers[.eTag] = tag
        response.headers[.cacheControl] = "public, no-cache"
        return response
    }
}

extension HTTPField.Name {
    /// Who may load it: every page.
    static let wallPolicy =
        HTTPField.Name("Cross-Origin-Resource-Policy") ?? HTTPField.Name.accessControlAllowOrigin
}
