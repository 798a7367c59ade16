public import Kernel

/// What came in by name: the words of a query or the fields of a form, read as what they should be.
///
/// A missing value and an empty one are the same. A value that cannot be read is a refusal that names its
/// field.
public protocol NamedValues {
    var pairs: [NamedValue] { get }
}

/// One `name=value`, both decoded.
public struct NamedValue: Sendable, Hashable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension NamedValues {
    /// The first value of that name, as it came.
    public subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value of that name; `name[]` counts too.
    public func values(_ name: String) -> [String] {
        pairs.lazy.filter { $0.name == name || $0.name == "\(name)[]" }.map(\.value)
    }

    public func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// What was typed, without white space at either end; empty where nothing was. Line breaks stay.
    public func text(_ name: String) -> String {
        (self[name] ?? "").replacing("\r\n", with: "\n").trimmed
    }

    /// A single line: names, subjects, references.
    public func line(_ name: String, limit: Int = 500) throws -> String {
        let line = (self[name] ?? "").singleLine
        guard line.count <= limit else { throw FieldRefusal.tooLong(field: name, limit: limit) }
        return line
    }

    /// A single line that must not be empty.
    public func required(_ name: String, limit: Int = 500) throws -> String {
        let line = try line(name, limit: limit)
        guard !line.isEmpty else { throw FieldRefusal.missing(field: name) }
        return line
    }

    public func int(_ name: String, in range: ClosedRange<Int> = 0...Int.max) throws -> Int? {
        try read(name) { Int($0).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// A tick box: `on`, `1` or `true` in any case.
    public func flag(_ name: String) -> Bool {
        ["on", "1", "true", "yes"].contains(text(name).lowercased())
    }

    public func id<Noun>(_ name: String, of noun: Noun.Type = Noun.self) throws -> ID<Noun>? {
        try read(name) { ID<Noun>($0) }
    }

    public func email(_ name: String) throws -> EmailAddress? {
        try read(name) { EmailAddress($0) }
    }

    /// A day as date fields send it, `2026-11-22`.
    public func day(_ name: String) throws -> LocalDate? {
        try read(name) { LocalDate(iso: $0) }
    }

    public func choice<Choice: RawRepresentable<String>>(
        _ name: String, as choice: Choice.Type = Choice.self
    ) throws -> Choice? {
        try read(name) { Choice(rawValue: $0) }
    }

    private func read<Value>(_ name: String, _ value: (String) -> Value?) throws -> Value? {
        let text = text(name)
        if text.isEmpty { return nil }
        guard let read = value(text) else { throw FieldRefusal.unreadable(field: name) }
        return read
    }
}
