extension HTML {
    /// Collects a literal's pieces, reading the markup along so that each value is written as its place demands.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var bytes: [UInt8] = []
        var state = HTMLState()

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: String) {
            let span = literal.utf8.span
            state.feed(span)
            bytes.append(span: span)
        }

        /// The place for what comes next, or a trap where there is none.
        mutating func enter(_ incoming: Incoming) -> Place {
            let place = state.placeFor(incoming)
            if case .forbidden(let reason) = place {
                preconditionFailure(
                    "A value cannot stand here: \(reason). The literal so far: \(excerpt)")
            }
            return place
        }

        func expectFinished() {
            if let unfinished = state.unfinished {
                preconditionFailure(
                    "An HTML literal must end in text: \(unfinished). The literal: \(excerpt)")
            }
        }

        private var excerpt: String { String(decoding: bytes.suffix(300), as: UTF8.self) }
    }
}

extension HTML.StringInterpolation {
    public mutating func appendInterpolation(_ words: String) { write(words.utf8.span) }

    public mutating func appendInterpolation(_ words: Substring) { write(words.utf8.span) }

    public mutating func appendInterpolation(_ character: Character) { write(String(character).utf8.span) }

    /// `aria-expanded="\(open)"`
    public mutating func appendInterpolation(_ truth: Bool) { writeSafe(truth ? "true" : "false") }

    public mutating func appendInterpolation(_ number: Int) { writeSafe(String(number)) }

    public mutating func appendInterpolation(_ number: Int64) { writeSafe(String(number)) }

    public mutating func appendInterpolation(_ number: Int32) { writeSafe(String(number)) }

    public mutating func appendInterpolation(_ number: UInt64) { writeSafe(String(number)) }

    /// A number for a machine, as SVG wants it: a point, at most three decimals, no exponent. For people, use
    /// `Argument.number`, which writes it as they do.
    public mutating func appendInterpolation(_ number: Double) { writeSafe(Numeral.plain(number)) }

    public mutating func appendInterpolation(_ phrase: Phrase) { write(phrase.text.utf8.span) }

    /// A value as the reader writes it: `\(.money(minor: 250_031_563, currency: "USD"))`.
    public mutating func appendInterpolation(_ value: Argument) { write(value.text.utf8.span) }

    public mutating func appendInterpolation(_ value: some Interpolable) {
        write(value.interpolated.utf8.span)
    }
}

extension HTML.StringInterpolation {
    public mutating func appendInterpolation(_ html: HTML) {
        splice { $0.append(contentsOf: html.bytes) }
    }

    public mutating func appendInterpolation(_ html: HTML?) {
        splice { bytes in if let html { bytes.append(contentsOf: html.bytes) } }
    }

    public mutating func appendInterpolation(_ list: [HTML]) {
        splice { bytes in for html in list { bytes.append(contentsOf: html.bytes) } }
    }

    /// `\("<p>Late</p>", if: ticket.isLate)`: built only where the condition holds.
    public mutating func appendInterpolation(_ html: @autoclosure () -> HTML, if condition: Bool) {
        splice { bytes in if condition { bytes.append(contentsOf: html().bytes) } }
    }

    private mutating func splice(_ append: (inout [UInt8]) -> Void) {
        _ = enter(.markup)
        append(&bytes)
        state.pass(.markup)
    }
}

extension HTML.StringInterpolation {
    /// A phrase of the catalogue in the reader's language: `\(t: "ticket.resolve")`.
    public mutating func appendInterpolation(t key: String, _ arguments: Argument...) {
        appendInterpolation(Phrase(key, arguments: arguments))
    }

    /// `\(t: "people.count", people.count)`
    public mutating func appendInterpolation(t key: String, _ count: Int) {
        appendInterpolation(Phrase(key, .count(count)))
    }

    /// `\(t: "greeting", customer.name)`
    public mutating func appendInterpolation(t key: String, _ words: String) {
        appendInterpolation(Phrase(key, .text(words)))
    }

    /// A phrase with markup round some of its arguments, so that translators see words only:
    /// `\(t: "ticket.takenBy", .text(name), wrapping: ["name": { "<b>\($0)</b>" }])`.
    public mutating func appendInterpolation(
        t key: String, _ arguments: Argument..., wrapping wrappers: [String: (HTML) -> HTML]
    ) {
        appendInterpolation(Phrase(key, arguments: arguments).html(wrapping: wrappers))
    }
}

/// A type of the domain that knows how it reads in a page, such as a row's number. Its text is escaped like any.
public protocol Interpolable {
    var interpolated: String { get }
}
