extension HTMLState {
    mutating func stepInTag(_ byte: UInt8) {
        switch mode {
        case .tagOpen: openTag(byte)
        case .endTagOpen:
            guard Ascii.isLetter(byte) else { return fail(.oddTag) }
            startName(byte, endTag: true)
        case .tagName:
            if Ascii.isBlank(byte) || byte == Ascii.slash || byte == Ascii.greater {
                elementKind = ElementKind.table[element] ?? .ordinary
                mode = .beforeAttribute
                stepInAttribute(byte)
            } else {
                guard Ascii.isWordPart(byte) else { return fail(.oddTag) }
                element.add(byte)
            }
        default: break
        }
    }

    private mutating func openTag(_ byte: UInt8) {
        if Ascii.isLetter(byte) {
            startName(byte, endTag: false)
        } else if byte == Ascii.slash {
            mode = .endTagOpen
        } else if byte == Ascii.bang {
            mode = .declaration
        } else if byte == Ascii.question {
            mode = .doctype
        } else {
            isFresh = false
            mode = byte == Ascii.less ? .tagOpen : .text
        }
    }

    private mutating func startName(_ byte: UInt8, endTag: Bool) {
        element = ShortName()
        element.add(byte)
        isEndTag = endTag
        refreshes = false
        holdsContent = false
        mode = .tagName
    }

    mutating func finishTag() {
        isFresh = !isEndTag
        if elementKind == .foreign { isForeign = !isEndTag }
        if isEndTag {
            mode = .text
        } else if elementKind.isRaw {
            if isForeign { fail(.foreignScript) } else { mode = .raw }
        } else {
            mode = elementKind.holdsWords ? .words : .text
        }
    }

    mutating func stepInAttribute(_ byte: UInt8) {
        switch byte {
        case Ascii.greater:
            finishName()
            if mode != .mistaken { finishTag() }
        case Ascii.slash:
            finishName()
            if mode != .mistaken { mode = .beforeAttribute }
        case _ where Ascii.isBlank(byte):
            let named = mode == .attributeName || mode == .afterAttributeName
            finishName()
            if mode != .mistaken { mode = named ? .afterAttributeName : .beforeAttribute }
        case Ascii.equals:
            guard mode != .beforeAttribute else { return fail(.oddAttribute) }
            finishName()
            if mode != .mistaken { mode = .beforeValue }
        case Ascii.quote, Ascii.apostrophe, Ascii.less: fail(.oddAttribute)
        default: addToAttributeName(byte)
        }
    }

    private mutating func addToAttributeName(_ byte: UInt8) {
        if mode != .attributeName {
            name = ShortName()
            isHandlerName = false
            mode = .attributeName
        }
        name.add(byte)
        if name.count == 2 { isHandlerName = name == ShortName.on }
    }

    private mutating func finishName() {
        guard mode == .attributeName else { return }
        attribute = kind(of: name)
        address = .start
        guard attribute == .refresh else { return }
        refreshes = true
        if holdsContent { fail(.lateRefresh) }
    }

    /// What a value in the attribute just named would do, in this element.
    private func kind(of name: ShortName) -> AttributeKind {
        if isHandlerName { return .handler }
        switch AttributeKind.table[name] ?? .plain {
        case .address: return elementKind.isEmbedding ? .ownAddress : .address
        case .animation: return elementKind == .animation ? .animation : .plain
        case .refresh: return elementKind == .meta ? .refresh : .plain
        case .refreshable: return elementKind == .meta ? .refreshable : .plain
        case let kind: return kind
        }
    }
}
