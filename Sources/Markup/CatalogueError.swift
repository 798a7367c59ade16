/// What is wrong with a catalogue file, and on which line.
public struct CatalogueError: Error, Equatable, Sendable, CustomStringConvertible {
    public let line: Int
    public let reason: String

    public var description: String { "line \(line): \(reason)" }
}
