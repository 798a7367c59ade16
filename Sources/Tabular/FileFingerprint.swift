/// What tells one state of a file from another, so that two passes can be sure they read the same bytes.
public struct FileFingerprint: Sendable, Codable, Equatable {
    public var size: Int
    public var modifiedNanoseconds: Int64
    public var inode: UInt64
    /// A hash of every byte; `nil` until the file has been read from end to end.
    public var contentHash: UInt64?

    public init(size: Int, modifiedNanoseconds: Int64, inode: UInt64, contentHash: UInt64? = nil) {
        self.size = size
        self.modifiedNanoseconds = modifiedNanoseconds
        self.inode = inode
        self.contentHash = contentHash
    }

    /// Whether the file system says that nobody touched the file in between. Costs no reading.
    public func looksUntouched(since other: FileFingerprint) -> Bool {
        size == other.size && modifiedNanoseconds == other.modifiedNanoseconds && inode == other.inode
    }

    /// Whether the bytes are known to be the same, wherever the file lives now.
    public func hasSameContent(as other: FileFingerprint) -> Bool {
        contentHash != nil && contentHash == other.contentHash && size == other.size
    }
}
