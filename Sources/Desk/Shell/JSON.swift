import Foundation
import Hummingbird
import Web

/// A JSON value as the API answers it: keys stay in the order they were written, and nothing is left out for being null.
public indirect enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    case real(Double)
    case text(String)
    case list([JSON])
    case object([(String, JSON)])

    public static func == (one: JSON, other: JSON) -> Bool { one.bytes == other.bytes }

    static func text(_ text: String?) -> JSON { text.map { .text($0) } ?? .null }
    static func int(_ number: Int64?) -> JSON { number.map { .int($0) } ?? .null }
    static func int(_ number: Int) -> JSON { .int(Int64(number)) }

    /// UTF-8, compact.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        write(to: &bytes)
        return bytes
    }

    /// UTF-8 with line breaks, for a terminal or a file.
    public var prettyText: String {
        var bytes: [UInt8] = []
        write(to: &bytes, indent: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(to bytes: inout [UInt8], indent: Int? = nil) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .int(let number): bytes.append(contentsOf: String(number).utf8)
        case .real(let number): bytes.append(contentsOf: JSON.spell(number).utf8)
        case .text(let text): JSON.quote(text, to: &bytes)
        case .list(let items):
            JSON.enclose("[", "]", items, indent, to: &bytes) { $0.write(to: &$1, indent: $2) }
        case .object(let pairs):
            JSON.enclose("{", "}", pairs, indent, to: &bytes) { pair, bytes, indent in
                JSON.quote(pair.0, to: &bytes)
                bytes.append(contentsOf: (indent == nil ? ":" : ": ").utf8)
                pair.1.write(to: &bytes, indent: indent)
            }
        }
    }

    /// The shortest digits that read back as the same number. JSON has no infinities; nothing we compute has either.
    private static func spell(_ number: Double) -> String {
        precondition(number.isFinite, "an API answer holds a number that is not finite")
        return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
    }

    private static func enclose<Item>(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ items: [Item], _ indent: Int?,
        to bytes: inout [UInt8],
        _ write: (Item, inout [UInt8], Int?) -> Void
    ) {
        bytes.append(UInt8(ascii: open))
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if let indent {
                bytes.append(contentsOf: ("\n" + String(repeating: "  ", count: indent + 1)).utf8)
            }
            write(item, &bytes, indent.map { $0 + 1 })
        }
        if let indent, !items.isEmpty {
            bytes.append(contentsOf: ("\n" + String(repeating: "  ", count: indent)).utf8)
        }
        bytes.append(UInt8(ascii: close))
    }

    private static func quote(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                let hex = String(byte, radix: 16)
                bytes.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - hex.count))\(hex)".utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension Response {
    /// What the API answers.
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        .bytes(json.bytes, type: "application/json; charset=utf-8", status: status)
    }

    /// 201 with the address of what was made.
    static func created(_ json: JSON, at address: String) -> Response {
        var response = Response.json(json, status: .created)
        response.headers[.location] = address
        return response
    }
}
