#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where a request came from: the other end of the connection, or what a trusted proxy says it was.
public struct RemoteAddress: Sendable, Hashable, CustomStringConvertible {
    /// Four or sixteen bytes; none where the other end has no address, as with a socket file.
    public let bytes: [UInt8]

    public static let unknown = RemoteAddress(bytes: [])

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads `192.0.2.1`, `2001:db8::1` and `::ffff:192.0.2.1`, which is the first form again.
    public init?(_ text: String) {
        var four = in_addr()
        var sixteen = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
            let all = withUnsafeBytes(of: sixteen) { Array($0) }
            let isMapped = all[..<10].allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
            bytes = isMapped ? Array(all[12...]) : all
        } else {
            return nil
        }
    }

    public var description: String {
        switch bytes.count {
        case 4: bytes.map(String.init).joined(separator: ".")
        case 16: sixteenText
        default: "unknown"
        }
    }

    private var sixteenText: String {
        var address = in6_addr()
        withUnsafeMutableBytes(of: &address) { $0.copyBytes(from: bytes) }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(AF_INET6, &address, &text, socklen_t(INET6_ADDRSTRLEN))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The same machine.
    public var isLoopback: Bool {
        switch bytes.count {
        case 4: bytes[0] == 127
        case 16: bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
        default: false
        }
    }

    /// The neighbourhood one customer of a provider can move about in: a /24, or a /56 of IPv6.
    public var neighbourhood: String {
        switch bytes.count {
        case 4: bytes[..<3].map(String.init).joined(separator: ".") + ".0/24"
        case 16:
            RemoteAddress(bytes: Array(bytes[..<7]) + [UInt8](repeating: 0, count: 9)).description + "/56"
        default: "unknown"
        }
    }
}

/// A range of addresses, such as `10.0.0.0/8`, or one address.
public struct Network: Sendable, Hashable {
    private let base: [UInt8]
    private let bits: Int

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = RemoteAddress(String(parts[0])) else { return nil }
        let width = address.bytes.count * 8
        guard let bits = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(bits) else {
            return nil
        }
        base = address.bytes
        self.bits = bits
    }

    public func contains(_ address: RemoteAddress) -> Bool {
        guard address.bytes.count == base.count else { return false }
        return zip(base, address.bytes).enumerated().allSatisfy { index, pair in
            let kept = min(max(bits - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> kept)
            return pair.0 & mask == pair.1 & mask
        }
    }
}
