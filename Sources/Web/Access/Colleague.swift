/// Someone with a seat at the desk, as far as the web needs to know them.
public struct Colleague: Sendable, Hashable {
    public let id: Int64
    public let name: String
    public let email: String
    public let permissions: Set<Permission>

    public init(id: Int64, name: String, email: String, permissions: Set<Permission>) {
        self.id = id
        self.name = name
        self.email = email
        self.permissions = permissions
    }

    public func may(_ permission: Permission) -> Bool { permissions.contains(permission) }
}

/// A person on a device where they signed in.
public struct SignedIn: Sendable, Hashable {
    public let person: Colleague
    public let session: Int64

    public init(person: Colleague, session: Int64) {
        self.person = person
        self.session = session
    }
}

/// A program that acts for a person, through a key or through that person's password.
public struct APICaller: Sendable, Hashable {
    public let person: Colleague
    /// Nil where the caller gave an address and a password.
    public let key: Int64?
    /// What this key may do: never more than the person may.
    public let permissions: Set<Permission>

    public init(person: Colleague, key: Int64?, permissions: Set<Permission>? = nil) {
        self.person = person
        self.key = key
        self.permissions = (permissions ?? person.permissions).intersection(person.permissions)
    }

    public func may(_ permission: Permission) -> Bool { permissions.contains(permission) }
}
