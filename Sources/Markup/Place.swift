/// Where in a page a value is about to stand, and so how it has to be written.
public enum Place: Equatable, Sendable {
    /// Between tags.
    case text
    /// Inside `<title>` or `<textarea>`: words, but no markup.
    case words
    /// Inside the quotes of an ordinary attribute.
    case attribute
    /// Inside the quotes of an attribute that browsers follow.
    case address(AddressPlace)
    /// Inside a tag, where another attribute may stand.
    case tag
    /// Nowhere a value can be made safe; the sentence says why.
    case forbidden(String)
}

/// Which part of an address a value stands for.
public enum AddressPlace: Equatable, Sendable {
    /// All of it, or its beginning: the scheme is checked.
    case whole
    /// The same, where the browser runs or embeds what it finds: only addresses on this site.
    case ownSite
    /// A path segment or query value after a literal beginning: everything but letters and digits is encoded.
    case component
    /// The address after `mailto:` or `tel:`.
    case contact
}

/// What is about to be written.
public enum Incoming: Sendable {
    case words, markup, attribute
}

/// What a value in an attribute of this name would do.
enum AttributeKind: Sendable, Equatable {
    case plain, address, ownAddress, handler, style, document, addresses, refresh, animation, refreshable

    static let table = NameTable<AttributeKind>([
        "href src action formaction poster cite data xlink:href background longdesc manifest codebase":
            .address,
        "xml:base lowsrc dynsrc usemap icon profile classid": .address,
        "style": .style,
        "srcdoc": .document,
        "srcset imagesrcset ping archive": .addresses,
        "http-equiv": .refresh,
        "content": .refreshable,
        "attributename from to by values": .animation,
    ])
}

/// What an element means for what follows its start tag or stands in it.
enum ElementKind: Sendable, Equatable {
    case ordinary, raw, words, answer, preformatted, embedding, rawEmbedding, animation, meta, foreign

    static let table = NameTable<ElementKind>([
        "style xmp noembed noframes plaintext": .raw,
        "script iframe": .rawEmbedding,
        "title": .words,
        "textarea": .answer,
        "svg math": .foreign,
        "pre listing": .preformatted,
        "embed object base frame applet": .embedding,
        "animate set animatemotion animatetransform": .animation,
        "meta": .meta,
    ])

    var holdsWords: Bool { self == .words || self == .answer }
    /// The parser drops a newline right after its start tag.
    var dropsFirstNewline: Bool { self == .preformatted || self == .answer }
    var isRaw: Bool { self == .raw || self == .rawEmbedding }
    var isEmbedding: Bool { self == .embedding || self == .rawEmbedding }
}
