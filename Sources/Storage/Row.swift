public import Kernel

/// One row of an answer, valid only inside the closure it is handed to. Columns count from 0.
///
/// A column asked for as something it is not throws `StorageError.broken`, naming the column.
public protocol Row {
    var count: Int { get }
    func isNull(_ column: Int) -> Bool
    func int64(_ column: Int) throws -> Int64
    func real(_ column: Int) throws -> Double
    func bool(_ column: Int) throws -> Bool
    func text(_ column: Int) throws -> String
    func bytes(_ column: Int) throws -> [UInt8]
}

extension Row {
    public func int(_ column: Int) throws -> Int { Int(try int64(column)) }
    public func optionalInt(_ column: Int) throws -> Int? { isNull(column) ? nil : try int(column) }
    public func optionalInt64(_ column: Int) throws -> Int64? { isNull(column) ? nil : try int64(column) }
    public func optionalText(_ column: Int) throws -> String? { isNull(column) ? nil : try text(column) }
    public func optionalReal(_ column: Int) throws -> Double? { isNull(column) ? nil : try real(column) }
    public func instant(_ column: Int) throws -> Instant { Instant(milliseconds: try int64(column)) }
    public func optionalInstant(_ column: Int) throws -> Instant? {
        isNull(column) ? nil : try instant(column)
    }
    public func day(_ column: Int) throws -> LocalDate { LocalDate(daysSinceEpoch: try int(column)) }
    public func optionalDay(_ column: Int) throws -> LocalDate? { isNull(column) ? nil : try day(column) }
    public func id<Noun>(_ column: Int, of: Noun.Type = Noun.self) throws -> ID<Noun> {
        ID(try int64(column))
    }
    public func optionalID<Noun>(_ column: Int, of: Noun.Type = Noun.self) throws -> ID<Noun>? {
        isNull(column) ? nil : try id(column)
    }

    /// A text column that holds one of an enumeration's words.
    public func word<Word: RawRepresentable<String>>(_ column: Int, as: Word.Type = Word.self) throws -> Word
    {
        let text = try text(column)
        guard let word = Word(rawValue: text) else {
            throw StorageError.broken("column \(column) holds \"\(text)\", which is no \(Word.self)")
        }
        return word
    }
}
