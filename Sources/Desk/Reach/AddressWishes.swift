import Kernel
import Storage
import Web

/// A customer's addresses as programs say them: one mail address before others, a phone, a mobile one, a handle.
/// What is nil stays as it is; `.some(nil)` takes away.
struct AddressWishes: Sendable {
    var email: String??
    /// All the others; who is not among them goes.
    var otherEmails: [String]?
    var phone: String??
    var mobile: String??
    var twitter: String??

    /// The network behind Freshdesk's `twitter_id`.
    static let twitter = "X"

    static func isTwitter(_ address: Address) -> Bool {
        address.kind == .handle && ["x", "twitter"].contains(address.network.searchKey)
    }

    static func isMobile(_ address: Address) -> Bool {
        address.kind == .phone && address.label == AddressLabel.mobile.rawValue
    }

    func apply(to party: ID<Party>, by act: Act, in connection: any Connection) throws {
        let desk = Applying(party: party, act: act, connection: connection)
        if let email {
            try desk.set("email", NewAddress(kind: .email, value: email ?? ""), where: { $0.kind == .email })
        }
        if let otherEmails { try desk.setOthers(otherEmails) }
        if let phone {
            try desk.set("phone", NewAddress(kind: .phone, value: phone ?? "")) {
                $0.kind == .phone && !AddressWishes.isMobile($0)
            }
        }
        if let mobile {
            let label = AddressLabel.mobile.rawValue
            try desk.set(
                "mobile", NewAddress(kind: .phone, value: mobile ?? "", label: label),
                where: AddressWishes.isMobile)
        }
        if let twitter {
            let handle = NewAddress(kind: .handle, value: twitter ?? "", network: AddressWishes.twitter)
            try desk.set("twitter_id", handle, where: AddressWishes.isTwitter)
        }
    }

    private struct Applying {
        let party: ID<Party>
        let act: Act
        let connection: any Connection

        /// Makes the first of these addresses this one, or takes it away where the value is empty.
        func set(_ field: String, _ wish: NewAddress, where isMeant: (Address) -> Bool) throws {
            let known = try CustomerStore.addresses(of: party, in: connection)
            let first = known.first(where: isMeant)
            do {
                guard !wish.value.isEmpty else {
                    if let first { try AddressStore.remove(first.id, of: party, by: act, in: connection) }
                    return
                }
                if let same = known.first(where: { $0.kind == wish.kind && $0.key == wish.key }) {
                    return try AddressStore.prefer(same.id, same.kind, of: party, in: connection)
                }
                try refuseTaken(wish)
                guard let first else {
                    return try AddressStore.add(wish, to: party, by: act, in: connection)
                }
                var wish = wish
                (wish.label, wish.isPreferred) = (first.label, first.isPreferred)
                try AddressStore.change(first.id, of: party, to: wish, by: act, in: connection)
            } catch let refusal as AddressRefusal {
                throw NamedRefusal(refusal, field: field)
            }
        }

        func setOthers(_ emails: [String]) throws {
            do {
                let wanted = try emails.map { try NewAddress(kind: .email, value: $0).checked() }
                let known = try CustomerStore.addresses(of: party, in: connection).filter {
                    $0.kind == .email
                }
                for address in known.dropFirst() where !wanted.contains(where: { $0.key == address.key }) {
                    try AddressStore.remove(address.id, of: party, by: act, in: connection)
                }
                var here = Set(known.map(\.key))
                for wish in wanted where here.insert(wish.key).inserted {
                    try refuseTaken(wish)
                    try AddressStore.add(wish, to: party, by: act, in: connection)
                }
            } catch let refusal as AddressRefusal {
                throw NamedRefusal(refusal, field: "other_emails")
            }
        }

        /// A program that sends the address of another customer has most likely mistaken one for the other.
        private func refuseTaken(_ wish: NewAddress) throws {
            guard wish.kind == .email else { return }
            let other = try connection.first(
                """
                SELECT party_id FROM address
                WHERE value_key = \(wish.key) AND kind = 'email' AND party_id <> \(party) LIMIT 1
                """
            ) { try $0.int64(0) }
            if let other { throw AddressRefusal.taken(other) }
        }
    }
}
