import Kernel
import Markup
import Storage
import Testing

@testable import Desk

/// What people type, as the desk keeps it.
@Suite struct `Reading what is known of a customer` {
    init() throws { Languages.install(try TestLanguages.all.get()) }

    private func field(_ kind: CustomField.Kind, _ choices: String = "") throws -> CustomField {
        try CustomField(row: FieldRow(kind: kind.rawValue, choices: choices))
    }

    @Test(
        arguments: [
            ("12", "12", 12_000), ("-0.5", "-0.5", -500), ("1,25", "1.25", 1_250), ("007.100", "7.1", 7_100),
            ("0.001", "0.001", 1), ("999999999999999.999", "999999999999999.999", 999_999_999_999_999_999),
        ] as [(String, String, Int64)])
    func `numbers are exact to the thousandth`(typed: String, words: String, number: Int64) throws {
        let value = try field(.number).read(typed)

        #expect(value == CustomValue(words: words, number: number))
    }

    @Test(arguments: ["1.2345", "1e3", "١٢", "--1", "1.2.3", "", " ", "1000000000000000", ".5", "NaN"])
    func `what is no number is refused or nothing`(typed: String) throws {
        let field = try field(.number)
        if typed.trimmed.isEmpty {
            #expect(try field.read(typed) == nil)
        } else {
            #expect(throws: CustomFieldRefusal.self) { try field.read(typed) }
        }
    }

    @Test func `days are days between 1800 and 2200`() throws {
        let field = try field(.date)

        #expect(try field.read("2026-02-28") == CustomValue(words: "2026-02-28", number: 20_512))
        #expect(try field.read("1800-01-01")?.words == "1800-01-01")
        #expect(try field.read("2200-12-31")?.words == "2200-12-31")
        for typed in ["0000-01-01", "1799-12-31", "2201-01-01", "2026-02-30", "28.2.2026", "9999-99-99"] {
            #expect(throws: CustomFieldRefusal.badDay("cf_test", typed)) { try field.read(typed) }
        }
    }

    @Test func `choices are taken in any spelling, ticks in any word`() throws {
        let choice = try field(.choice, "Light\nDark")
        #expect(try choice.read("DARK")?.words == "Dark")
        #expect(throws: CustomFieldRefusal.noSuchChoice("cf_test", "Blue")) { try choice.read("Blue") }

        let tick = try field(.tick)
        #expect(try tick.read("Ja") == CustomValue(words: "true", number: 1))
        #expect(try tick.read("0") == CustomValue(words: "false", number: 0))
        #expect(throws: CustomFieldRefusal.badTick("cf_test", "maybe")) { try tick.read("maybe") }
    }

    @Test func `a label makes a name for programs`() {
        #expect(CustomFieldDraft(label: "Lieblings-Röstung!").name == "cf_lieblings_rostung")
        #expect(CustomFieldDraft(label: "誕生日").name == "cf_field")
        #expect(CustomFieldDraft(label: String(repeating: "long ", count: 40)).name.count == 53)
    }

    @Test func `tags are words between commas, each once`() throws {
        #expect(try Tag.words(" Oat milk, office ,OFFICE,, \nÉmile ") == ["Oat milk", "office", "Émile"])
        #expect(throws: TagRefusal.tooLong) { try Tag.checked(String(repeating: "x", count: 61)) }
        #expect(throws: TagRefusal.badWord("a,b")) { try Tag.checked("a,b") }
        #expect(throws: TagRefusal.missing) { try Tag.checked(" \u{7} ") }
        #expect(throws: TagRefusal.tooMany) { try Tag.checked((0...100).map { "t\($0)" }) }
    }

    @Test func `addresses say what is wrong with them`() throws {
        #expect(throws: AddressRefusal.badEmail("nobody")) { try NewAddress(value: "nobody").checked() }
        #expect(throws: AddressRefusal.badPhone("call me")) {
            try NewAddress(kind: .phone, value: "call me").checked()
        }
        #expect(throws: AddressRefusal.networkMissing) {
            try NewAddress(kind: .handle, value: "@ada").checked()
        }
        #expect(throws: AddressRefusal.missing) {
            try NewAddress(kind: .handle, value: "@", network: "X").checked()
        }
        let handle = try NewAddress(kind: .handle, value: "@Ada", network: "Instagram", label: "Private")
            .checked()
        #expect(handle.key == "instagram:ada")
        #expect(handle.label == "private")
    }

    @Test func `languages are codes`() {
        #expect(CustomerLanguage.code("pt-br") == "pt-BR")
        #expect(CustomerLanguage.code("") == "")
        for typed in ["Deutsch", "d", "de-", "de_DE", "<b>", "de-éé", "12"] {
            #expect(CustomerLanguage.code(typed) == nil, "\(typed)")
        }
        #expect(CustomerLanguage.name("de") == "German")
    }

    @Test func `the clock there follows the zone there`() {
        let noon = Instant(milliseconds: 1_774_000_800_000)  // 2026-03-20T10:00Z
        #expect(CustomerClock(zone: "America/New_York", now: noon).time == "06:00")
        #expect(CustomerClock(zone: "Asia/Kolkata", now: noon).time == "15:30")
        #expect(CustomerClock(zone: "Nowhere/Land", now: noon).time == nil)
    }

    @Test func `a paste of addresses is read line by line, or refused by name`() throws {
        let read = try Suppressing(
            pasted: "Ada@Example.com\r\n+49 (30) 123-45; instagram: @Ada\n\nada@example.com", purpose: .any,
            reason: "objected")
        #expect(read.keys == ["+493012345", "ada@example.com", "instagram:ada"])
        #expect(throws: ConsentRefusal.badAddresses(["who?", "12"])) {
            try Suppressing(pasted: "a@b.example\nwho?\n12", purpose: .any, reason: "x")
        }
        #expect(throws: ConsentRefusal.noAddress) {
            try Suppressing(pasted: " \n", purpose: .any, reason: "x")
        }
        #expect(throws: ConsentRefusal.reasonMissing) {
            try Suppressing(pasted: "a@b.example", purpose: .any, reason: " ")
        }
    }

    @Test func `preferences have 2,000 characters of any script`() throws {
        let long = String(repeating: "ش", count: 2_000)
        #expect(try Preferences.checked("  \(long)\r\n") == long)
        #expect(throws: PreferenceRefusal.tooLong(2_001)) { try Preferences.checked(long + "x") }
    }
}

/// A row of the table of fields, as a store would read it.
struct FieldRow: Row {
    let kind: String
    let choices: String
    let count = 8

    func isNull(_ column: Int) -> Bool { column == 7 }
    func int64(_ column: Int) throws -> Int64 { 1 }
    func real(_ column: Int) throws -> Double { 0 }
    func bool(_ column: Int) throws -> Bool { false }
    func bytes(_ column: Int) throws -> [UInt8] { [] }
    func text(_ column: Int) throws -> String {
        switch column {
        case 1: "cf_test"
        case 3: kind
        case 4: "both"
        case 5: choices
        default: "Test"
        }
    }
}
