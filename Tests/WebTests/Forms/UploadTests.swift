import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Markup
import NIOCore
import Testing
@testable import Web

@Suite struct `Uploading a file` {
    let folder: String
    let house: TestSite
    let session: SessionToken

    init() throws {
        let folder = try TestFiles.folder()
        self.folder = folder
        let act: Route.UploadAct = { upload, context in
            guard let file = upload.file("file") else { throw FieldRefusal.missing(field: "file") }
            let content = try Data(contentsOf: URL(filePath: file.path))
            let sum =
                SHA256.hash(data: content).elementsEqual(file.sha256) && Int64(content.count) == file.size
            if upload.form.flag("keep") {
                try FileManager.default.moveItem(atPath: file.path, toPath: folder + "/kept")
            }
            return .text(
                "\(file.name) \(file.size) \(upload.form.text("note")) \(sum) \(context.person.name)")
        }
        house = try TestSite([.upload("/imports", needs: .importFiles, limit: 200_000, use: act)]) {
            $0.uploadFolder = folder
        }
        session = house.desk.signIn(FakeDesk.linus)
    }

    var left: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

    func body(token: String?, file: String = "a,b\n1,2\n", note: String = "hi", first: String = "") -> String
    {
        let token =
            token.map { "--B\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n\($0)\r\n" } ?? ""
        return """
            \(first)\(token)--B\r
            Content-Disposition: form-data; name="note"\r
            \r
            \(note)\r
            --B\r
            Content-Disposition: form-data; name="file"; filename="../list.csv"\r
            Content-Type: text/csv\r
            \r
            \(file)\r
            --B--\r

            """
    }

    func send(_ body: String, as session: SessionToken? = nil, _ more: HTTPFields = [:]) async throws
        -> TestResponse
    {
        let headers =
            HTTPFields.browser(session ?? self.session)
            .with(.contentType, "multipart/form-data; boundary=B") + more
        return try await house.ask(.post, "/imports", headers, body: body)
    }

    var token: String { FormGuard(key: house.site.settings.secret).token(for: session.text) }

    @Test func `puts it on disk, hashed, and takes it away when nobody kept it`() async throws {
        let answer = try await send(body(token: token))
        #expect(answer.text == "list.csv 8 hi true Linus T")
        #expect(left.isEmpty)
    }

    @Test func `leaves it where the route moved it`() async throws {
        let keep = "--B\r\nContent-Disposition: form-data; name=\"keep\"\r\n\r\non\r\n"
        let answer = try await send(
            body(token: token).replacing(
                "--B\r\nContent-Disposition: form-data; name=\"note\"",
                with: keep + "--B\r\nContent-Disposition: form-data; name=\"note\""))
        #expect(answer.status == .ok)
        #expect(left == ["kept"])
    }

    @Test func `is refused before a byte is kept where the form is not ours`() async throws {
        let file = "--B\r\nContent-Disposition: form-data; name=\"x\"; filename=\"x\"\r\n\r\nx\r\n"
        for body in [body(token: nil), body(token: "AAAA"), body(token: token, first: file)] {
            let answer = try await send(body)
            #expect(answer.status == .forbidden)
            #expect(left.isEmpty)
        }
        #expect(try await send(body(token: token), [.origin: "https://evil.example"]).status == .forbidden)
        #expect(try await send(body(token: nil), HTTPFields().with(.formToken, token)).status == .ok)
    }

    @Test func `needs the permission`() async throws {
        let grace = house.desk.signIn(FakeDesk.grace)
        #expect(try await send(body(token: token), as: grace).status == .forbidden)
    }

    @Test func `stops at its limit and keeps nothing`() async throws {
        let answer = try await send(body(token: token, file: String(repeating: "x", count: 200_001)))
        #expect(answer.status == .contentTooLarge)
        #expect(answer.text.contains("195 KB"))
        #expect(left.isEmpty)
        let declared = try await send(body(token: token, file: String(repeating: "x", count: 2_000_000)))
        #expect(declared.status == .contentTooLarge)
    }

    @Test func `that breaks off keeps nothing`() async throws {
        let whole = body(token: token, file: String(repeating: "x", count: 50_000))
        for length in [100, 400, 30_000, whole.utf8.count - 10] {
            let answer = try await send(String(decoding: whole.utf8.prefix(length), as: UTF8.self))
            #expect(answer.status == .badRequest || answer.status == .forbidden)
            #expect(left.isEmpty)
        }
    }

    @Test func `with a field larger than a field can be is refused`() async throws {
        let answer = try await send(body(token: token, note: String(repeating: "x", count: (1 << 20) + 1)))
        #expect(answer.status == .contentTooLarge)
    }

    @Test func `without a file says so`() async throws {
        let empty = body(token: token, file: "").replacing("../list.csv", with: "")
        let answer = try await send(empty)
        #expect(answer.status == .unprocessableContent)
    }

    @Test func `of another type is refused`() async throws {
        let headers = HTTPFields.browser(session) + .form
        let answer = try await house.ask(
            .post, "/imports", headers, body: "form_token=\(house.formToken(session))")
        #expect(answer.status == .unsupportedMediaType)
    }

    @Test func `that drips is refused after a while`() throws {
        let start = ContinuousClock.now
        var pace = Pace()
        try pace.check(adding: 10, at: start + .seconds(59))
        #expect(throws: BodyRefusal.tooSlow) { try pace.check(adding: 10, at: start + .seconds(62)) }
        var steady = Pace()
        for second in 1...600 { try steady.check(adding: 2048, at: start + .seconds(second)) }
    }
}
