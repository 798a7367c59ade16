public import HTTPTypes
public import Hummingbird
public import Markup

extension Response {
    /// A whole screen inside the shell.
    public static func page(
        _ page: some Page, in shell: Shell, status: HTTPResponse.Status = .ok
    ) -> Response {
        html(Layout(page, in: shell).html, status: status)
    }

    /// Markup as it is: a fragment that a script puts into a page, or a page that brings its own frame.
    public static func html(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        bytes(html.bytes, type: "text/html; charset=utf-8", status: status)
    }

    public static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        bytes(text.utf8, type: "text/plain; charset=utf-8", status: status)
    }

    public static func bytes(
        _ bytes: some Sequence<UInt8>, type: String, status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Post, redirect, get: sends the browser on with 303, and says what was done on the page it arrives at.
    /// `undo` is where it can be undone.
    public static func redirect(
        to path: String, saying phrase: Phrase, tone: Flash.Tone = .notice, undo: LocalPath? = nil
    ) -> Response {
        var response = redirect(to: path, type: .normal)
        response.headers[.flash] = Flash(phrase, tone: tone, undo: undo).encoded
        return response
    }

    /// Something to keep: a CSV file, a picture. The name is the browser's suggestion.
    public static func download(
        _ body: ResponseBody, named name: String, type: String
    ) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .contentDisposition: Disposition.attachment(name)], body: body)
    }
}

extension Response {
    /// A value as the API says it. Nil stays visible as `null` where the type's own encoding keeps it.
    public static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        bytes(try APIFormat.encode(value), type: "application/json; charset=utf-8", status: status)
    }

    /// 201 with the address of what was made.
    public static func created(_ value: some Encodable, at address: String) throws -> Response {
        var response = try json(value, status: .created)
        response.headers[.location] = address
        return response
    }

    /// 204: done, and nothing to say about it.
    public static var noContent: Response { Response(status: .noContent) }

    /// Adds the address of the following page, as `link: <…>; rel="next"`. Absent on the last page.
    public func linking(next address: String?) -> Response {
        var response = self
        if let address { response.headers[.link] = "<\(address)>; rel=\"next\"" }
        return response
    }
}

extension HTTPField.Name {
    /// Carries a flash from the route to the site, which makes a cookie of it.
    static let flash = HTTPField.Name("X-Regulars-Flash").unwrapped
}
