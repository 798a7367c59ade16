import Kernel

/// An organisation with its departments, and what each of them bought: by itself and with everything below it.
struct OrganisationTree: Sendable {
    struct Node: Sendable, Equatable {
        let id: ID<Party>
        let parent: ID<Party>?
        let name: String
        let key: String
        let isInternal: Bool
        /// 0 is the organisation the tree was asked of.
        let depth: Int
        var own = Volume()
        var total = Volume()
        /// Departments anywhere below.
        var below = 0
    }

    /// Each department behind the one it belongs to, those of one in the order of their names.
    let nodes: [Node]

    var root: Node? { nodes.first }

    /// Adds up from the leaves. The first node is the root; every other one's parent is among them.
    init(_ found: [Node]) {
        var nodes: [ID<Party>: Node] = [:]
        for node in found {
            nodes[node.id] = node
            nodes[node.id]?.total = node.own
        }
        var children: [ID<Party>: [Node]] = [:]
        for node in found.sorted(by: { $0.depth > $1.depth }) {
            guard node.depth > 0, let parent = node.parent, let summed = nodes[node.id] else { continue }
            nodes[parent]?.total += summed.total
            nodes[parent]?.below += summed.below + 1
            children[parent, default: []].append(node)
        }
        var order: [Node] = []
        func lay(_ node: Node) {
            order.append(nodes[node.id] ?? node)
            let below = children[node.id, default: []].sorted {
                ($0.key, $0.id.value) < ($1.key, $1.id.value)
            }
            below.forEach(lay)
        }
        if let root = found.first(where: { $0.depth == 0 }) { lay(root) }
        self.nodes = order
    }

    /// Departments directly below.
    func departments(of id: ID<Party>) -> [Node] { nodes.filter { $0.parent == id && $0.depth > 0 } }
}

/// How far departments may go.
enum TreeRule {
    /// Levels of departments below an organisation.
    static let depth = 12
    /// Departments in one tree, so that it is summed while somebody waits.
    static let size = 5_000

    /// Whether one may go under another. `above` is the way from the new parent up to its root, itself included; `height`
    /// is how many levels lie below the one that moves, `size` how many departments with itself, `there` how many the
    /// tree it goes into has.
    static func check(
        _ id: ID<Party>, above: [ID<Party>], height: Int, size: Int, there: Int
    ) throws(RelationRefusal) {
        guard !above.contains(id) else { throw .intoItself }
        guard above.count + height <= TreeRule.depth else { throw .tooDeep }
        guard size + there <= TreeRule.size + 1 else { throw .tooMany }
    }
}
