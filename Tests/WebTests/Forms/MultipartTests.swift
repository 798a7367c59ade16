import Testing
@testable import Web

@Suite struct `A form in parts` {
    /// What is read from this body when it arrives in pieces of this size.
    static func read(_ body: String, boundary: String = "XyZ", pieces: Int = 7) throws -> [String] {
        try read(Array(body.utf8), boundary: boundary, pieces: pieces)
    }

    static func read(_ bytes: [UInt8], boundary: String = "XyZ", pieces: Int) throws -> [String] {
        var parser = MultipartParser(boundary: boundary)
        var parts: [String] = []
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            for event in try parser.feed(Array(bytes[start..<min(start + pieces, bytes.count)])) {
                switch event {
                case .begin(let head): parts.append("\(head.name)|\(head.fileName ?? "-")|")
                case .bytes(let bytes): parts[parts.count - 1] += String(decoding: bytes, as: UTF8.self)
                case .end: parts[parts.count - 1] += "|"
                }
            }
        }
        guard parser.isFinished else { throw BodyRefusal.brokenForm }
        return parts
    }

    static func part(_ head: String, _ content: String) -> String { "--XyZ\r\n\(head)\r\n\r\n\(content)\r\n" }

    static let field = #"Content-Disposition: form-data; name="a""#
    static let file =
        "Content-Disposition: form-data; name=\"f\"; filename=\"x.csv\"\r\nContent-Type: text/csv"

    @Test(arguments: 1...40)
    func `reads the same however it arrives`(_ pieces: Int) throws {
        let body =
            "preamble\r\n" + Self.part(Self.field, "one\r\ntwo\r\n--XyY\r\n-") + Self.part(Self.file, "")
            + Self.part(Self.file, "\r\n--XyZ-not\r\n".replacing("\r\n--XyZ", with: "\r\n--Xy"))
            + "--XyZ--\r\nepilogue"
        let parts = try Self.read(body, pieces: pieces)
        #expect(parts == ["a|-|one\r\ntwo\r\n--XyY\r\n-|", "f|x.csv||", "f|x.csv|\r\n--Xy-not\r\n|"])
    }

    @Test func `keeps every byte of a file`() throws {
        let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
        var bytes = Array("--XyZ\r\n\(Self.file)\r\n\r\n".utf8) + content + Array("\r\n--XyZ--".utf8)
        var parser = MultipartParser(boundary: "XyZ")
        var read: [UInt8] = []
        while !bytes.isEmpty {
            for case .bytes(let slice) in try parser.feed(Array(bytes.prefix(1021))) { read += slice }
            bytes.removeFirst(min(1021, bytes.count))
        }
        #expect(read == content)
        #expect(parser.isFinished)
    }

    @Test func `never holds more than a buffer`() throws {
        var parser = MultipartParser(boundary: "XyZ")
        _ = try parser.feed(Array("--XyZ\r\n\(Self.file)\r\n\r\n".utf8))
        let chunk = [UInt8](repeating: UInt8(ascii: "-"), count: 64 * 1024)
        for _ in 0..<100 {
            let events = try parser.feed(chunk)
            #expect(events.count == 1)
            #expect(parser.held < 100)
        }
    }

    @Test(arguments: [
        "", "no boundary at all", "--XyZ", "--XyZ\r\n", part(field, "never ends"),
        "--XyZ\r\n\r\nno head\r\n--XyZ--", "--XyZ junk\r\n\(field)\r\n\r\na\r\n--XyZ--",
        part("Content-Disposition: attachment; name=\"a\"", "a") + "--XyZ--",
        part("Content-Disposition: form-data", "a") + "--XyZ--",
        part("Content-Disposition: form-data; name=\"\"", "a") + "--XyZ--",
        part("Content-Type: text/plain", "a") + "--XyZ--",
        part("\(field)\r\n\(field)", "a") + "--XyZ--",
        part("\(field)\r\nContent-Transfer-Encoding: base64", "YQ==") + "--XyZ--",
        part("\(field)\r\n folded: yes", "a") + "--XyZ--",
        part("\(field)\u{0}", "a") + "--XyZ--",
        part("Bad Name: x\r\n\(field)", "a") + "--XyZ--",
        part("\(field)\r\nX: \(String(repeating: "x", count: 9000))", "a") + "--XyZ--",
        String(repeating: "x", count: 20_000),
        "--XyZ\r\n" + String(repeating: "x", count: 20_000),
    ])
    func `that is not well formed is refused`(_ body: String) {
        #expect(throws: BodyRefusal.self) { try Self.read(body, pieces: 64) }
    }

    @Test func `with too many parts is refused`() {
        let body = String(repeating: Self.part(Self.field, "a"), count: 1001) + "--XyZ--"
        #expect(throws: BodyRefusal.tooManyParts) { try Self.read(body, pieces: 4096) }
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=XyZ", "XyZ"), ("Multipart/Form-Data;boundary=\"a b\"", nil),
        ("multipart/form-data; boundary=\"XyZ\"; charset=utf-8", "XyZ"), ("multipart/form-data", nil),
        ("multipart/form-data; boundary=", nil), ("multipart/mixed; boundary=x", nil), ("", nil),
        ("multipart/form-data; boundary=" + String(repeating: "x", count: 71), nil),
        ("multipart/form-data; boundary=\u{0}", nil),
    ])
    func `says its boundary, or is refused`(_ type: String, _ boundary: String?) {
        #expect(MultipartParser.boundary(of: type) == boundary)
    }

    @Test(arguments: [
        (#"form-data; name="f"; filename="a;b.csv""#, "a;b.csv"),
        (#"form-data; name="f"; filename="a\"b.csv""#, #"a"b.csv"#),
        (#"form-data; name="f"; filename="a%22b.csv""#, #"a"b.csv"#),
        (#"form-data; name="f"; filename="C:\dir\a.csv""#, #"C:\dir\a.csv"#),
        (#"form-data; name="f"; filename=plain.csv"#, "plain.csv"),
        (#"form-data; name="f"; filename="日本.csv""#, "日本.csv"),
    ])
    func `names its files as browsers do`(_ header: String, _ name: String) throws {
        let head = try #require(PartHead(Array("Content-Disposition: \(header)".utf8)[...]))
        #expect(head.fileName == name)
    }

    @Test(arguments: [
        ("../../etc/passwd", "passwd"), (#"C:\Users\ada\list.csv"#, "list.csv"),
        ("a\u{0}b\r\n.csv", "ab.csv"),
        ("\u{200B}.htaccess", ".htaccess"), ("invoice\u{202E}vsc.exe", "invoicevsc.exe"), ("..", "file"),
        ("", "file"),
        ("   ", "file"), ("/", "file"),
        (String(repeating: "ä", count: 300), String(repeating: "ä", count: 200)),
    ])
    func `cannot give a file a name that leads elsewhere`(_ given: String, _ shown: String) {
        #expect(UploadName.cleaned(given) == shown)
    }
}
