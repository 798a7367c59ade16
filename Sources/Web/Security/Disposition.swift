/// The name a download is offered under (RFC 6266), for old readers in ASCII and for others in full.
enum Disposition {
    static func attachment(_ name: String) -> String {
        let clean = UploadName.cleaned(name)
        let plain = String(
            clean.unicodeScalars.map { $0.isASCII && $0 != "\"" && $0 != "\\" ? Character($0) : "_" })
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(URLEncoded.encoded(clean))"
    }
}
