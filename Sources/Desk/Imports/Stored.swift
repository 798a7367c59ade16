import Foundation
import Storage

/// Small values that are kept as JSON in a column nobody filters by.
enum Stored {
    static func text(of value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        guard let bytes = try? encoder.encode(value) else { return "{}" }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func value<Value: Decodable>(of text: String, as: Value.Type = Value.self) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw StorageError.broken("a stored \(Value.self) cannot be read: \(error)")
        }
    }
}
