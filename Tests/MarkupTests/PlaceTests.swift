import Markup
import Testing

@Suite struct `Deciding where a value may stand` {
    static let forbidden = [
        "<p title=", "<p title=x", "<p title= ", "<", "</", "<p", "</p", "<p ", "<p tit", "<p title ",
        "<p title=\"\"",
        "<!", "<!-", "<!--", "<!-- x", "<!-- x --", "<!doctype ", "<?xml ", "<![CDATA[", "<!-->", "<!--->",
        "<script>", "<script>let x = '", "<script src='/a.js'>", "<SCRIPT>", "<script><!--",
        "<script></scrip", "<style>",
        "<style>a{", "<iframe>", "<xmp>", "<noembed>", "<noframes>", "<plaintext>", "<title></titl",
        "<title><b>",
        "<textarea><p title=\"", "<p onclick=\"", "<p ONCLICK='", "<p onanything=\"", "<body onload=\"",
        "<p style=\"",
        "<p STYLE='color:", "<iframe srcdoc=\"", "<img srcset=\"", "<a ping=\"", "<a href=\"javascript:",
        "<a href=\"JavaScript:go('", "<a href=\" javascript:", "<a href=\"&#106;avascript:",
        "<a href=\"data:",
        "<img src=\"data:image/png;base64,", "<a href=\"vbscript:", "<a href=\"\\\\", "<a href=\"//",
        "<a href=\"/\\",
        "<meta http-equiv=\"", "<meta http-equiv='refresh' content=\"",
        "<meta http-equiv=refresh content='0;url=",
        "<set attributeName=\"", "<animate attributeName='href' values=\"", "<animate to=\"", "<p title\"=\"",
        "<p =\"",
        "<p <b title=\"", "<p 'x title=\"",
    ]

    @Test(arguments: forbidden)
    func `refuses where escaping cannot help`(_ literal: String) {
        var state = HTMLState()
        state.feed(literal)

        guard case .forbidden(let reason) = state.placeFor(.words) else {
            Issue.record("a value may stand after \(literal): \(state.placeFor(.words))")
            return
        }
        #expect(!reason.isEmpty)
        #expect(state.unfinished != nil)
    }

    static let allowed: [(String, Place)] = [
        ("", .text), ("<p>", .text), ("a < b ", .text), ("a << 3 <3 ", .text), ("<p title=\"x\">", .text),
        ("<p title='>'>", .text), ("<br/>", .text), ("<p hidden>", .text), ("<p hidden=until-found>", .text),
        ("<!-- > -- --!>", .text), ("<!-- a --- b -->", .text), ("<!doctype html>", .text),
        ("<?xml version='1.0'?>", .text),
        ("<script>if (a < b) '</p>'</script>", .text), ("<style>a>b{}</style >", .text), ("<title>", .words),
        ("<TITLE lang=en>a <", .forbidden("")), ("<title>a < ", .words), ("<textarea>", .words),
        ("<title>x</title>", .text),
        ("<p title=\"", .attribute), ("<p title = '", .attribute), ("<p hidden title=\"a", .attribute),
        ("<p a=\"b\"c='", .attribute), ("<p/title='", .attribute), ("<p data-style=\"", .attribute),
        ("<x-y once-only=\"", .forbidden("")), ("<p ton=\"", .attribute), ("<meta content=\"", .attribute),
        ("<rect from=\"", .attribute), ("<path d=\"M", .attribute), ("<a href=\"", .address(.whole)),
        ("<a HREF='", .address(.whole)), ("<a href=\" ", .address(.whole)),
        ("<a href=\"/", .address(.component)),
        ("<a href=\"x", .address(.component)), ("<a href=\"?q=", .address(.component)),
        ("<a href=\"#", .address(.component)),
        ("<a href=\"https://", .address(.component)), ("<a href=\"mailto:", .address(.contact)),
        ("<a href=\"tel:", .address(.contact)), ("<script src=\"", .address(.ownSite)),
        ("<base href=\"", .address(.ownSite)),
        ("<object data=\"", .address(.ownSite)), ("<a data-href=\"", .attribute),
    ]

    @Test(arguments: allowed)
    func `knows the place as a browser does`(_ literal: String, _ place: Place) {
        var state = HTMLState()
        state.feed(literal)

        let found = state.placeFor(.words)
        if case .forbidden = place {
            guard case .forbidden = found else {
                Issue.record("\(literal) allows \(found)")
                return
            }
        } else {
            #expect(found == place)
        }
    }

    @Test func `does not care how the literal is cut into pieces`() {
        for literal in Self.forbidden + Self.allowed.map(\.0) {
            var whole = HTMLState()
            var pieces = HTMLState()
            whole.feed(literal)
            for character in literal { pieces.feed(String(character)) }
            #expect(whole.placeFor(.words) == pieces.placeFor(.words), "\(literal)")
        }
    }

    @Test(arguments: ["<p title=\"", "<title>", "<a href=\"", "<p ", "<script>"])
    func `splices markup between tags only`(_ literal: String) {
        var state = HTMLState()
        state.feed(literal)

        guard case .forbidden = state.placeFor(.markup) else {
            Issue.record("markup may stand after \(literal)")
            return
        }
    }

    @Test(arguments: [
        ("<p ", true), ("<p", true), ("<p a", false), ("<p a ", true), ("<p a='b'", true), ("<p>", false),
    ])
    func `writes an attribute inside a start tag only`(_ literal: String, _ isAllowed: Bool) {
        var state = HTMLState()
        state.feed(literal)

        #expect((state.placeFor(.attribute) == .tag) == isAllowed)
    }

    @Test func `lets no colon follow a value that begins an address`() {
        var state = HTMLState()
        state.feed("<a href=\"")
        state.pass(.words)
        state.feed(":alert(1)\">")

        #expect(state.unfinished != nil)
    }

    @Test func `lets no meta tag redirect to where a value says`() {
        var state = HTMLState()
        state.feed("<meta content=\"")
        state.pass(.words)
        state.feed("\" http-equiv=\"refresh\">")

        #expect(state.unfinished != nil)
    }
}
