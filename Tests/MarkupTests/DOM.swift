import CGumbo
import Markup

/// What a browser makes of a page: the tree a real HTML5 parser builds, flattened in document order.
struct DOM {
    struct Element {
        let name: String
        let attributes: [String: String]
        /// The text of it and all it holds.
        let text: String
    }

    private(set) var elements: [Element] = []
    private(set) var comments = 0

    init(_ html: HTML) { self.init(bytes: html.bytes) }

    init(bytes: [UInt8]) {
        var options = kGumboDefaultOptions
        bytes.withUnsafeBytes { buffer in
            let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            guard let output = gumbo_parse_with_options(&options, start ?? DOM.nothing, buffer.count) else {
                return
            }
            _ = visit(output.pointee.document)
            gumbo_destroy_output(&options, output)
        }
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// The only element of that name, or one that equals nothing expected.
    func only(_ name: String) -> Element {
        let found = all(name)
        return found.count == 1
            ? found[0] : Element(name: "", attributes: [:], text: "\(found.count) of <\(name)>")
    }

    /// Elements we wrote: all but those the parser adds of itself.
    var written: [String] { elements.map(\.name).filter { !["html", "head", "body"].contains($0) } }

    private mutating func visit(_ node: UnsafeMutablePointer<GumboNode>?) -> String {
        guard let node else { return "" }
        switch node.pointee.type {
        case GUMBO_NODE_DOCUMENT: return visit(children: node.pointee.v.document.children)
        case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE: return visit(element: node.pointee.v.element)
        case GUMBO_NODE_COMMENT:
            comments += 1
            return ""
        default: return String(cString: node.pointee.v.text.text)
        }
    }

    private mutating func visit(element: GumboElement) -> String {
        var attributes: [String: String] = [:]
        for pointer in DOM.items(of: element.attributes) {
            let attribute = pointer.assumingMemoryBound(to: GumboAttribute.self).pointee
            attributes[String(cString: attribute.name)] = String(cString: attribute.value)
        }
        let place = elements.count
        elements.append(Element(name: DOM.name(of: element), attributes: attributes, text: ""))
        let text = visit(children: element.children)
        elements[place] = Element(name: elements[place].name, attributes: attributes, text: text)
        return text
    }

    private mutating func visit(children: GumboVector) -> String {
        DOM.items(of: children).map { visit($0.assumingMemoryBound(to: GumboNode.self)) }.joined()
    }

    private static func items(of vector: GumboVector) -> [UnsafeMutableRawPointer] {
        (0..<Int(vector.length)).compactMap { vector.data[$0] }
    }

    private static func name(of element: GumboElement) -> String {
        if element.tag != GUMBO_TAG_UNKNOWN { return String(cString: gumbo_normalized_tagname(element.tag)) }
        let original = UnsafeRawBufferPointer(
            start: element.original_tag.data, count: element.original_tag.length)
        return String(
            decoding: original.dropFirst().prefix { $0 != 0x20 && $0 != 0x3E && $0 != 0x2F }, as: UTF8.self)
    }

    nonisolated(unsafe) private static let nothing = UnsafePointer<CChar>(
        UnsafeMutablePointer<CChar>.allocate(capacity: 1))
}
