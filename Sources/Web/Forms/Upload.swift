/// A form with files, read to its end: the files lie in the staging folder, under names of our own.
///
/// What the route does not move away is removed when it has answered.
public struct Upload: Sendable {
    public let form: PostedForm
    public let files: [UploadedFile]

    public func file(_ field: String) -> UploadedFile? { files.first { $0.field == field } }
}

/// One file as it arrived.
public struct UploadedFile: Sendable, Hashable {
    public let field: String
    /// The name on the sender's machine, cleaned for showing. It never names anything here.
    public let name: String
    /// What the sender claims it is.
    public let contentType: String
    /// Where it lies now.
    public let path: String
    public let size: Int64
    public let sha256: [UInt8]
}
