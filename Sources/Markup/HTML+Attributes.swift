extension HTML.StringInterpolation {
    /// `<input name="mail" \(attribute: "required", if: isRequired)>`
    public mutating func appendInterpolation(attribute name: StaticString, if condition: Bool = true) {
        appendInterpolation(attribute: name, "", if: condition)
    }

    /// `<a href="/" \(attribute: "aria-current", "page", if: isHere)>`
    public mutating func appendInterpolation(
        attribute name: StaticString, _ value: String, if condition: Bool = true
    ) {
        _ = enter(.attribute)
        if condition {
            if bytes.last.map(Ascii.isBlank) != true { bytes.append(Ascii.space) }
            writeAttribute(name, value)
        } else if state.mode == .tagName {
            bytes.append(Ascii.space)
        }
        state.pass(.attribute)
    }

    /// `<p \(attribute: "id", ticket.anchor)>`: left out where there is no value.
    public mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
        appendInterpolation(attribute: name, value ?? "", if: value != nil)
    }

    /// Written through the same state as a literal attribute, so that `href` is checked and `onclick` refused.
    private mutating func writeAttribute(_ name: StaticString, _ value: String) {
        state.pass(.attribute)
        appendLiteral("\(name)=\"")
        appendInterpolation(value)
        appendLiteral("\"")
    }
}
