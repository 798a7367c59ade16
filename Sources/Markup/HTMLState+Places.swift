extension HTMLState {
    /// Where a value would stand if it came next.
    public func placeFor(_ incoming: Incoming) -> Place {
        switch (mode, incoming) {
        case (.text, .words), (.text, .markup): .text
        case (.words, .words): .words
        case (.doubleQuoted, .words), (.singleQuoted, .words): placeInAttribute
        case (.tagName, .attribute), (.beforeAttribute, .attribute), (.afterValue, .attribute): tagPlace
        case (.afterAttributeName, .attribute): tagPlace
        default: .forbidden(reason(against: incoming))
        }
    }

    /// Notes that the value has been written.
    public mutating func pass(_ incoming: Incoming) {
        isFresh = false
        switch mode {
        case .tagName, .beforeAttribute, .afterAttributeName, .afterValue:
            if mode == .tagName { elementKind = ElementKind.table[element] ?? .ordinary }
            mode = .beforeAttribute
        case .doubleQuoted, .singleQuoted:
            holdsContent = holdsContent || attribute == .refreshable
            switch address {
            case .start, .guess: address = .value
            case .root: address = .settled
            default: break
            }
        default: break
        }
    }

    private var tagPlace: Place { isEndTag ? .forbidden("an end tag has no attributes") : .tag }

    private var placeInAttribute: Place {
        switch attribute {
        case .plain: .attribute
        case .address: placeInAddress(whole: .whole)
        case .ownAddress: placeInAddress(whole: .ownSite)
        case .refreshable where !refreshes: .attribute
        case .refreshable, .refresh: .forbidden("a meta tag that redirects takes no values")
        case .handler: .forbidden("an event handler is a script")
        case .style: .forbidden("a style attribute is a style sheet")
        case .document: .forbidden("srcdoc is a whole document")
        case .addresses: .forbidden("the attribute holds several addresses")
        case .animation: .forbidden("an animation can set any attribute")
        }
    }

    private func placeInAddress(whole: AddressPlace) -> Place {
        switch address {
        case .start: .address(whole)
        case .guess, .root, .value, .settled: .address(.component)
        case .contact: .address(.contact)
        case .refused: .forbidden("nothing may be added to an address that begins like this")
        }
    }

    private func reason(against incoming: Incoming) -> String {
        switch mode {
        case .text, .words, .doubleQuoted, .singleQuoted: misplaced(incoming)
        case .tagOpen, .endTagOpen, .tagName: "it would be part of a tag's name"
        case .beforeAttribute, .attributeName, .afterAttributeName, .afterValue: "it would name an attribute"
        case .beforeValue, .unquotedValue: "the attribute's value is not in quotes"
        case .raw, .rawOpen, .rawSlash, .rawName: "it would be inside <script> or <style>"
        case .mistaken: mistake.rawValue
        default: "it would be inside a comment or declaration"
        }
    }

    private func misplaced(_ incoming: Incoming) -> String {
        switch incoming {
        case .attribute: "an attribute belongs inside a tag"
        case .markup: "markup belongs in text, not in an attribute, title or textarea"
        case .words: "nothing may stand here"
        }
    }

    /// What is still open where the literal ends, if anything.
    public var unfinished: String? {
        switch mode {
        case .text: nil
        case .mistaken: mistake.rawValue
        case .words, .raw, .rawOpen, .rawSlash, .rawName: "a <\(element)> is not closed"
        default: "a tag or comment is not closed"
        }
    }
}
