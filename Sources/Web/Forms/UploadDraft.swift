import Markup

/// A form with files while it is being read.
struct UploadDraft {
    let folder: String
    let limit: Int64
    let isOurs: @Sendable (String?) -> Bool

    private var isTrusted = false
    private var fields: [NamedValue] = []
    private var files: [UploadedFile] = []
    private var field: (name: String, bytes: [UInt8])?
    private var file: (head: PartHead, sink: FileSink)?
    private var fieldBytes = 0
    private var fileBytes: Int64 = 0

    /// `header` is the token where a script sent it there.
    init(folder: String, limit: Int64, isOurs: @escaping @Sendable (String?) -> Bool, header: String?) {
        self.folder = folder
        self.limit = limit
        self.isOurs = isOurs
        if let header { isTrusted = isOurs(header) }
    }

    mutating func take(_ event: MultipartParser.Event) async throws {
        switch event {
        case .begin(let head): try begin(head)
        case .bytes(let bytes): try await add(bytes)
        case .end: try await end()
        }
    }

    private mutating func begin(_ head: PartHead) throws {
        guard let fileName = head.fileName else {
            guard isTrusted || head.name == Form.tokenName else { throw FormRefusal.stale }
            field = (head.name, [])
            return
        }
        guard isTrusted else { throw FormRefusal.stale }
        // A file field left empty sends a part with an empty name and no bytes.
        if fileName.isEmpty {
            field = (head.name, [])
        } else {
            file = (head, try FileSink(in: folder))
        }
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>) async throws {
        if let file {
            fileBytes += Int64(bytes.count)
            guard fileBytes <= limit else { throw BodyRefusal.tooLarge(limit: limit) }
            try await file.sink.write(bytes)
        } else {
            fieldBytes += bytes.count
            let limit = UploadReader.fieldLimit
            guard fieldBytes <= limit else { throw BodyRefusal.tooLarge(limit: Int64(limit)) }
            field?.bytes += bytes
        }
    }

    private mutating func end() async throws {
        if let file {
            self.file = nil
            let written = try await file.sink.finish()
            files.append(
                UploadedFile(
                    field: file.head.name, name: UploadName.cleaned(file.head.fileName ?? ""),
                    contentType: file.head.contentType, path: written.path, size: written.size,
                    sha256: written.sha256))
        } else if let field {
            self.field = nil
            guard let text = String(validating: field.bytes, as: UTF8.self), !field.bytes.contains(0) else {
                throw BodyRefusal.brokenForm
            }
            if field.name == Form.tokenName {
                guard isTrusted || isOurs(text) else { throw FormRefusal.stale }
                isTrusted = true
            } else {
                fields.append(NamedValue(field.name, text))
            }
        }
    }

    func finish() async throws -> Upload {
        guard isTrusted else { throw FormRefusal.stale }
        return Upload(form: PostedForm(fields), files: files)
    }

    /// Nothing of a form that was refused stays on disk.
    mutating func discard() async {
        if let file { await file.sink.discard() }
        file = nil
        Upload(form: PostedForm(), files: files).removeFiles()
        files = []
    }
}
