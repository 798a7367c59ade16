import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Kernel
import Testing
@testable import Web

@Suite struct `What a form said` {
    enum Colour: String { case red, blue }
    enum Thing {}

    func form(_ text: String) throws -> PostedForm {
        PostedForm(try #require(URLEncoded.pairs(in: text.utf8)))
    }

    @Test func `is decoded once, in order`() throws {
        let form = try form("a=1+2&b=%C3%A9%2B%252B&a=3&empty=&bare&c%5B%5D=x&c%5B%5D=y&=z")
        #expect(form["a"] == "1 2")
        #expect(form["b"] == "é+%2B")
        #expect(form.values("a") == ["1 2", "3"])
        #expect(form["empty"] == "" && form["bare"] == "" && form["none"] == nil)
        #expect(form.values("c") == ["x", "y"])
    }

    @Test(arguments: [
        "a=%", "a=%4", "a=%zz", "a=%ff", "a=%00", "%00=a", "a=\u{0}", String(repeating: "a&", count: 2001),
    ])
    func `is refused where it cannot be read`(_ text: String) {
        #expect(URLEncoded.pairs(in: text.utf8) == nil)
    }

    @Test func `is read as what it should be`() throws {
        let form = try form(
            "n=7&day=2026-11-22&mail=ada%40example.com&tick=on&colour=blue&id=9&words=a%0D%0Ab&name=+Ada%09L+"
        )
        #expect(try form.int("n") == 7)
        #expect(try form.day("day") == LocalDate(iso: "2026-11-22"))
        #expect(try form.email("mail")?.text == "ada@example.com")
        #expect(form.flag("tick") && !form.flag("none"))
        #expect(try form.choice("colour", as: Colour.self) == .blue)
        #expect(try form.id("id", of: Thing.self)?.value == 9)
        #expect(form.text("words") == "a\nb")
        #expect(try form.required("name") == "Ada L")
        #expect(try form.int("none") == nil)
    }

    @Test func `names the field that cannot be read`() throws {
        let form = try form(
            "n=x&day=2026-02-30&mail=ada&colour=green&id=-1&name=++&long=\(String(repeating: "a", count: 501))"
        )
        #expect(throws: FieldRefusal.unreadable(field: "n")) { try form.int("n") }
        #expect(throws: FieldRefusal.unreadable(field: "n")) { try form.int("n", in: 1...5) }
        #expect(throws: FieldRefusal.unreadable(field: "day")) { try form.day("day") }
        #expect(throws: FieldRefusal.unreadable(field: "mail")) { try form.email("mail") }
        #expect(throws: FieldRefusal.unreadable(field: "colour")) {
            try form.choice("colour", as: Colour.self)
        }
        #expect(throws: FieldRefusal.unreadable(field: "id")) { try form.id("id", of: Thing.self) }
        #expect(throws: FieldRefusal.missing(field: "name")) { try form.required("name") }
        #expect(throws: FieldRefusal.tooLong(field: "long", limit: 500)) { try form.line("long") }
    }

    @Test func `in the address can be changed in one place`() {
        let query = Query("q=a%20b&after=7&x=1")
        #expect(query.with("after", nil) == "?q=a%20b&x=1")
        #expect(query.with("after", "9&1") == "?q=a%20b&x=1&after=9%261")
        #expect(Query("a=1").with("a", nil) == "")
        #expect(Query("a=%zz").pairs.isEmpty)
    }

    @Test func `is refused whole when it is damaged or too large`() async throws {
        let house = try TestSite([
            .visitor(.post, "/a", isGuarded: false) { _, context in .text(context.form.text("a")) }
        ])
        #expect(try await house.ask(.post, "/a", .form, body: "a=1").text == "1")
        let damaged = try await house.ask(.post, "/a", .form, body: "a=%")
        #expect(damaged.status == .badRequest)
        #expect(damaged.text.contains("The form arrived damaged"))
        let large = try await house.ask(
            .post, "/a", .form, body: "a=" + String(repeating: "x", count: 1 << 20))
        #expect(large.status == .contentTooLarge)
        #expect(large.text.contains("larger than the 1 MB"))
    }
}
