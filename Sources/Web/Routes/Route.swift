public import HTTPTypes
public import Hummingbird

/// Who a route is for. Nothing is reachable that does not say so.
public enum Access: Sendable, Hashable {
    /// Anyone, signed in or not.
    case visitor
    /// Someone signed in, with this permission if one is named.
    case agent(Permission?)
    /// A program with a key that has this permission.
    case api(Permission?)
}

/// One address, who may use it, and what happens there.
public struct Route: Sendable {
    public typealias VisitorAct = @Sendable (Request, VisitorContext) async throws -> Response
    public typealias AgentAct = @Sendable (Request, AgentContext) async throws -> Response
    public typealias UploadAct = @Sendable (Upload, AgentContext) async throws -> Response
    typealias OpenAct = @Sendable (Request, Call) async throws -> Response
    public typealias APIAct = @Sendable (Request, APIContext) async throws -> Response

    public let method: HTTPRequest.Method
    /// Such as `/customers/:id/purchases`. Also the name under which the route is measured.
    public let path: String
    public let access: Access
    let act: Act

    enum Act: Sendable {
        /// Health, metrics, assets: no language, no cookies, no questions to the desk.
        case open(OpenAct)
        /// `isGuarded` is false for forms that strangers' programs post: one-click unsubscribing, for
        /// example.
        case visitor(isGuarded: Bool, VisitorAct)
        case agent(AgentAct)
        case upload(limit: Int64, UploadAct)
        case api(takesFiles: Bool, APIAct)
    }

    public static func visitor(
        _ method: HTTPRequest.Method, _ path: String, isGuarded: Bool = true, use act: @escaping VisitorAct
    ) -> Route {
        Route(method: method, path: path, access: .visitor, act: .visitor(isGuarded: isGuarded, act))
    }

    public static func agent(
        _ method: HTTPRequest.Method, _ path: String, needs permission: Permission? = nil,
        use act: @escaping AgentAct
    ) -> Route {
        Route(method: method, path: path, access: .agent(permission), act: .agent(act))
    }

    /// A form with files, sent as `multipart/form-data`. Its first field must be the form's token, as forms
    /// of ours write it, so that nothing is stored for a stranger.
    public static func upload(
        _ path: String, needs permission: Permission? = nil, limit: Int64, use act: @escaping UploadAct
    ) -> Route {
        Route(method: .post, path: path, access: .agent(permission), act: .upload(limit: limit, act))
    }

    static func open(_ path: String, use act: @escaping OpenAct) -> Route {
        Route(method: .get, path: path, access: .visitor, act: .open(act))
    }

    /// What everybody may read from anywhere, such as a piece of ours in somebody's page: no session, no cookie, no
    /// language of the reader's.
    public static func published(
        _ path: String,
        use act: @escaping @Sendable (Request, RemoteAddress) async throws -> Response
    ) -> Route {
        .open(path) { request, call in try await act(request, call.remoteAddress) }
    }

    /// Bodies are JSON; where `takesFiles` says so, a file as it is.
    public static func api(
        _ method: HTTPRequest.Method, _ path: String, needs permission: Permission?, takesFiles: Bool = false,
        use act: @escaping APIAct
    ) -> Route {
        Route(method: method, path: path, access: .api(permission), act: .api(takesFiles: takesFiles, act))
    }
}
