import HTTPTypes

/// The routes by the segments of their paths. A literal segment wins over a `:name`.
struct RouteTree: Sendable {
    private var root = Node()

    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        /// The node behind a `:name`. The name is the route's own, so `/a/:id` and `/a/:key/b` can stand
        /// together.
        var parameter: [Node] = []
        var routes: [String: Route] = [:]
    }

    enum Match: Sendable {
        case route(Route, PathParameters)
        /// The address exists, but not for this method.
        case wrongMethod(allowed: [String])
        case none
    }

    init(_ routes: [Route]) {
        for route in routes {
            RouteTree.insert(route, at: Path.segments(of: route.path)[...], into: &root)
        }
    }

    private static func insert(_ route: Route, at path: ArraySlice<String>, into node: inout Node) {
        guard let segment = path.first else {
            precondition(
                node.routes[route.method.rawValue] == nil, "Two routes for \(route.method) \(route.path)")
            node.routes[route.method.rawValue] = route
            return
        }
        if segment.hasPrefix(":") {
            if node.parameter.isEmpty { node.parameter.append(Node()) }
            insert(route, at: path.dropFirst(), into: &node.parameter[0])
        } else {
            insert(route, at: path.dropFirst(), into: &node.literals[segment, default: Node()])
        }
    }

    /// `segments` are decoded. HEAD finds the route of GET.
    func match(_ method: HTTPRequest.Method, _ segments: [String]) -> Match {
        let nodes = RouteTree.nodes(at: segments[...], below: root)
        let wanted = method == .head ? HTTPRequest.Method.get.rawValue : method.rawValue
        for node in nodes {
            if let route = node.routes[wanted] { return .route(route, parameters(of: route, in: segments)) }
        }
        let methods = Set(nodes.flatMap(\.routes.keys))
        if methods.isEmpty { return .none }
        return .wrongMethod(allowed: (methods.contains("GET") ? methods.union(["HEAD"]) : methods).sorted())
    }

    private static func nodes(at path: ArraySlice<String>, below node: Node) -> [Node] {
        guard let segment = path.first else { return node.routes.isEmpty ? [] : [node] }
        let literal = node.literals[segment].map { nodes(at: path.dropFirst(), below: $0) } ?? []
        return literal + node.parameter.flatMap { nodes(at: path.dropFirst(), below: $0) }
    }

    private func parameters(of route: Route, in segments: [String]) -> PathParameters {
        var values: [String: String] = [:]
        for (name, value) in zip(Path.segments(of: route.path), segments) where name.hasPrefix(":") {
            values[String(name.dropFirst())] = value
        }
        return PathParameters(values)
    }
}
