/// Reads `multipart/form-data` (RFC 7578) as it arrives, keeping at most one buffer of it.
///
/// Bytes go in, parts come out. What is not well formed is refused, never guessed at.
struct MultipartParser: Sendable {
    enum Event: Sendable, Equatable {
        case begin(PartHead)
        case bytes(ArraySlice<UInt8>)
        case end
    }

    private enum State { case preamble, afterBoundary, head, body, epilogue }

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var buffer: [UInt8] = [0x0D, 0x0A]
    private var parts = 0

    static let headLimit = 8 * 1024
    static let partLimit = 1000

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// The boundary of a content type; nil where there is none or it breaks the rules.
    static func boundary(of contentType: String) -> String? {
        let parameters = Parameters(contentType)
        guard parameters.value.lowercased() == "multipart/form-data", let boundary = parameters["boundary"],
            (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        return boundary
    }

    var isFinished: Bool { state == .epilogue }

    /// How many bytes wait for more.
    var held: Int { buffer.count }

    mutating func feed(_ bytes: [UInt8]) throws -> [Event] {
        if state == .epilogue { return [] }
        buffer += bytes
        var events: [Event] = []
        while let event = try step() {
            if case .some(let event) = event { events.append(event) }
        }
        return events
    }

    /// One move forward: an event, no event, or nil when more bytes are needed.
    private mutating func step() throws -> Event?? {
        switch state {
        case .preamble: try skipPreamble()
        case .afterBoundary: try readBoundaryEnd()
        case .head: try readHead()
        case .body: readBody()
        case .epilogue: nil
        }
    }

    private mutating func skipPreamble() throws -> Event?? {
        guard let found = buffer.firstIndex(of: delimiter, from: 0) else {
            guard buffer.count <= MultipartParser.headLimit else { throw BodyRefusal.brokenForm }
            return nil
        }
        drop(upTo: found + delimiter.count)
        state = .afterBoundary
        return .some(nil)
    }

    /// After a boundary: two dashes end the form, a line break begins a part, blanks are allowed before it.
    private mutating func readBoundaryEnd() throws -> Event?? {
        guard buffer.count >= 2 else { return nil }
        if buffer[0] == 0x2D, buffer[1] == 0x2D {
            state = .epilogue
            buffer = []
            return .some(nil)
        }
        let blanks = buffer.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard blanks <= 64 else { throw BodyRefusal.brokenForm }
        guard buffer.count >= blanks + 2 else { return nil }
        guard buffer[blanks] == 0x0D, buffer[blanks + 1] == 0x0A else { throw BodyRefusal.brokenForm }
        parts += 1
        guard parts <= MultipartParser.partLimit else { throw BodyRefusal.tooManyParts }
        drop(upTo: blanks)
        state = .head
        return .some(nil)
    }

    /// The buffer begins with the line break before the first header line.
    private mutating func readHead() throws -> Event?? {
        guard let end = buffer.firstIndex(of: [0x0D, 0x0A, 0x0D, 0x0A], from: 0) else {
            guard buffer.count <= MultipartParser.headLimit else { throw BodyRefusal.brokenForm }
            return nil
        }
        guard end <= MultipartParser.headLimit, let head = PartHead(buffer[..<end].dropFirst(2)) else {
            throw BodyRefusal.brokenForm
        }
        // The second line break stays: it may be the first half of a boundary, where the part is empty.
        drop(upTo: end + 2)
        state = .body
        isAtStart = true
        return .some(.begin(head))
    }

    /// The line break that ends the head still stands before the bytes of the part.
    private var isAtStart = false

    private mutating func readBody() -> Event?? {
        if let found = buffer.firstIndex(of: delimiter, from: 0) {
            let start = isAtStart ? min(2, found) : 0
            guard found == start || found == 0 else {
                let bytes = buffer[start..<found]
                drop(upTo: found)
                isAtStart = false
                return .some(.bytes(bytes))
            }
            drop(upTo: found + delimiter.count)
            state = .afterBoundary
            return .some(.end)
        }
        let start = isAtStart ? 2 : 0
        let keep = delimiter.count - 1
        guard buffer.count > keep + start else { return nil }
        let bytes = buffer[start..<(buffer.count - keep)]
        drop(upTo: buffer.count - keep)
        isAtStart = false
        return .some(.bytes(bytes))
    }

    private mutating func drop(upTo index: Int) { buffer.removeFirst(index) }
}

extension [UInt8] {
    /// Where `pattern` first stands at or after `start`.
    func firstIndex(of pattern: [UInt8], from start: Int) -> Int? {
        let bytes = span
        let wanted = pattern.span
        let last = bytes.count - wanted.count
        var index = start
        while index <= last {
            if bytes[index] == wanted[0] {
                var offset = 1
                while offset < wanted.count, bytes[index + offset] == wanted[offset] { offset += 1 }
                if offset == wanted.count { return index }
            }
            index += 1
        }
        return nil
    }
}
