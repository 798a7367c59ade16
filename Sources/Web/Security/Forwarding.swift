import HTTPTypes

/// Who is really asking, where a proxy stands in between. Only proxies named in the settings are believed.
struct Forwarding: Sendable {
    let address: RemoteAddress
    /// Nil where nobody we trust says.
    let isSecure: Bool?

    init(_ fields: HTTPFields, peer: RemoteAddress, trusted: [Network]) {
        func isTrusted(_ address: RemoteAddress) -> Bool { trusted.contains { $0.contains(address) } }
        guard isTrusted(peer) else {
            address = peer
            isSecure = nil
            return
        }
        // Each proxy adds the one before it at the end, so the last entry that is no proxy of ours is the
        // client.
        let chain = fields[values: .forwardedFor]
            .flatMap { $0.split(separator: ",") }
            .map { RemoteAddress(String($0.filter { !$0.isWhitespace })) }
        address = Forwarding.client(in: chain, behind: peer, isTrusted: isTrusted)
        isSecure = fields[.forwardedProto].map { $0.split(separator: ",").last?.lowercased() == "https" }
    }

    private static func client(
        in chain: [RemoteAddress?], behind peer: RemoteAddress, isTrusted: (RemoteAddress) -> Bool
    ) -> RemoteAddress {
        var nearest = peer
        for hop in chain.reversed() {
            guard let hop else { return nearest }
            nearest = hop
            if !isTrusted(hop) { break }
        }
        return nearest
    }
}
