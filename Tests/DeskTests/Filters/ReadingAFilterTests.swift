import Kernel
import Markup
import Testing

@testable import Desk

@Suite struct `Reading a filter` {
    private let fields =
        Currency("EUR").map { euro in
            FilterFields.customers(
                euro,
                custom: [
                    OwnField(
                        id: 7, name: "table", label: "Favourite table", kind: "text", isRetired: false),
                    OwnField(id: 8, name: "dogs", label: "Dogs", kind: "number", isRetired: false),
                ])
        } ?? FilterFields([])

    private func read(_ text: String, _ limits: FilterLimits = .saved) throws -> FilterTree {
        try FilterTree.parse(text, fields: fields, limits: limits)
    }

    private func refusal(_ text: String, _ limits: FilterLimits = .saved) -> FilterRefusal? {
        do {
            _ = try read(text, limits)
            return nil
        } catch { return error as? FilterRefusal }
    }

    @Test(arguments: [
        "level:'repeat'", "value:>12.5 AND value:<99.99", "NOT (tag:'vip' OR email:null)", "tag:!'vip'",
        "name:'O''Hara*'", "kind:'person' AND (occasions:>3 OR NOT occasions:<1) AND internal:false",
        "owner_id:me OR owner_id:17", "cf_table:'by the window' AND cf_dogs:>-1.125",
        "first_day:>'2026-01-01' AND (last_day:null OR silent:<30)", "NOT (NOT (phone:null))",
        "alive:<0.5 AND segment_id:3 AND list:'at-risk' AND answer:'promoter' AND score:10",
        "tag:'vip' AND level:'first' OR tag:'a' AND (tag:'b' OR tag:'c' AND (tag:'d'))",
    ])
    func `says the same again in its own words`(text: String) throws {
        let tree = try read(text)

        #expect(try read(tree.text) == tree)
        #expect(try read("  ( \(text) ) ") == tree)
    }

    @Test func `binds AND more tightly than OR`() throws {
        #expect(
            try read("tag:'a' OR tag:'b' AND tag:'c'")
                == .any([read("tag:'a'"), .all([read("tag:'b'"), read("tag:'c'")])]))
    }

    @Test func `takes the words of Freshdesk for fields it has`() throws {
        #expect(try read("time_zone:'UTC'") == read("zone:'UTC'"))
        #expect(try read("mobile:'+49 1'") == read("phone:'+49 1'"))
        #expect(try read("kind:person and tag:vip") == read("kind:'person' AND tag:'vip'"))
    }

    @Test func `says where it stops understanding, and what it expected`() {
        #expect(refusal("") == .empty)
        #expect(
            refusal("tag:'a' tag:'b'")
                == .unexpected(found: "tag", at: 9, expected: "filter.expects.connective"))
        #expect(refusal("tag 'a'") == .unexpected(found: "'a'", at: 5, expected: "filter.expects.mark"))
        #expect(refusal("tag:'a' AND") == .unexpected(found: "", at: 12, expected: "filter.expects.field"))
        #expect(refusal("tag:'abc") == .unclosed(at: 5))
        #expect(refusal("(tag:'a'") == .unopened(at: 1))
        #expect(refusal("colour:'red'") == .unknownField("colour", at: 1))
        #expect(refusal("tag:>'a'") == .notOrdered(field: "tag", mark: ":>", at: 4))
        #expect(refusal("kind:null") == .neverNull(field: "kind", at: 6))
        #expect(refusal("AND:1") == .unexpected(found: "AND", at: 1, expected: "filter.expects.field"))
    }

    @Test(arguments: [
        "first_day:'0000-01-01'", "first_day:'2026-02-30'", "occasions:1.5", "occasions:99999999999999999999",
        "value:>1.005", "value:>'a'", "kind:'dog'", "owner_id:0", "owner_id:-4", "internal:perhaps",
        "name:''",
        "name:'*'", "alive:>1e9", "company_id:me", "occasions:>",
    ])
    func `takes no absurd value`(text: String) {
        let refusal = refusal(text)
        let isBadValue = if case .badValue = refusal { true } else { false }
        #expect(isBadValue, "\(text): \(String(describing: refusal))")
    }

    @Test func `is not too long, too deep or too many`() {
        let deep = String(repeating: "(", count: 9) + "tag:'a'" + String(repeating: ")", count: 9)
        let many = Array(repeating: "tag:'a'", count: 31).joined(separator: " OR ")
        let long = "name:'" + String(repeating: "x", count: 510) + "'"

        #expect(refusal(deep) == .tooDeep(limit: 8, at: 10))
        #expect(refusal(String(repeating: "NOT ", count: 900) + "tag:'a'") != nil)
        #expect(refusal(many) == .tooMany(limit: 30, at: 334))
        #expect(refusal(long, .search) == .tooLong(limit: 512))
        #expect(refusal(long, .saved) == nil)
        #expect(refusal(String(deep.dropFirst().dropLast())) == nil)
    }

    @Test func `is shown as rows where it can be, and the rows say it again`() throws {
        let flat = try read("tag:'vip' AND value:>5 OR email:null AND kind:!'person'")
        let rows = try #require(FilterRows(flat))

        #expect(rows.groups == 2)
        #expect(rows.rows.map(\.comparison) == [.equal, .atLeast, .unknown, .different])
        #expect(try read(rows.text) == flat)
        #expect(FilterRows(try read("tag:'a' AND (tag:'b' OR tag:'c')")) == nil)
        #expect(FilterRows(try read("NOT (tag:'b' AND tag:'c')")) == nil)
    }

    @Test func `spells amounts exactly`() {
        #expect(FilterText.number("12.5", decimals: 2) == 1250)
        #expect(FilterText.number("-0.05", decimals: 2) == -5)
        #expect(FilterText.number("12.505", decimals: 2) == nil)
        #expect(FilterText.number(".", decimals: 2) == nil)
        #expect(FilterText.number("-", decimals: 0) == nil)
        #expect(FilterText.decimal(-5, decimals: 2) == "-0.05")
        #expect(FilterText.decimal(1250, decimals: 2) == "12.5")
        #expect(FilterText.decimal(0, decimals: 3) == "0")
    }
}
