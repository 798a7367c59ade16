import Kernel

/// What Freshdesk sends besides single values: lists of texts, fields by name, and a null that takes away.
extension Body {
    func has(_ field: String) -> Bool { values[field] != nil }

    /// Nil where the field is not there; `.some(nil)` where it is null or empty.
    func change(_ field: String) throws -> String?? {
        guard has(field) else { return nil }
        return .some(try text(field))
    }

    /// A list of texts; null is an empty one.
    func texts(_ field: String) throws -> [String]? {
        switch values[field] {
        case nil: return nil
        case .null: return []
        case .list(let items):
            return try items.map { item in
                switch item {
                case .text(let text): return text
                case .number(let number): return "\(number)"
                default: throw BodyFieldRefusal.mismatch(field: field)
                }
            }
        default: throw BodyFieldRefusal.mismatch(field: field)
        }
    }

    /// Values by name as they are typed; null is nothing.
    func object(_ field: String) throws -> [String: String] {
        switch values[field] {
        case nil, .null: return [:]
        case .object(let pairs):
            return try pairs.mapValues { value in
                switch value {
                case .null: return ""
                case .text(let text): return text
                case .number(let number): return "\(number)"
                case .bool(let truth): return truth ? "true" : "false"
                default: throw BodyFieldRefusal.mismatch(field: field)
                }
            }
        default: throw BodyFieldRefusal.mismatch(field: field)
        }
    }
}
