/// A request from someone we may not know: sign-in, first run, invitations, surveys.
public struct VisitorContext: Sendable {
    public let request: RequestFacts
    /// What the form said; empty where nothing was posted.
    public let form: PostedForm
    /// What forms send back as `_token`. The reader carries it too, so forms on a page find it by themselves.
    public let formToken: String
    /// Who is signed in all the same, where a page is for both.
    public let signedIn: SignedIn?
}

/// A request from someone who works here, checked to be them and to be allowed this.
public struct AgentContext: Sendable {
    public let request: RequestFacts
    public let form: PostedForm
    public let formToken: String
    public let person: Colleague
    /// The row of the session, for signing out.
    public let session: Int64

    public func may(_ permission: Permission) -> Bool { person.may(permission) }
}

/// A request from a program, checked to have a key that allows this.
public struct APIContext: Sendable {
    public let request: RequestFacts
    public let caller: APICaller

    public var person: Colleague { caller.person }

    public func may(_ permission: Permission) -> Bool { caller.may(permission) }
}
