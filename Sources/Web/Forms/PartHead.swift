/// What a part of a form says about itself: the field it answers and, for a file, its name and type.
struct PartHead: Sendable, Equatable {
    let name: String
    /// Nil for a plain field. Empty where a file field was left empty.
    let fileName: String?
    let contentType: String

    /// Nil where the lines are no headers, or name no field.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { return nil }
        var fields: [String: String] = [:]
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
            let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, !halves[0].isEmpty, halves[0].utf8.allSatisfy(PartHead.isNameByte) else {
                return nil
            }
            let name = halves[0].lowercased()
            guard fields[name] == nil else { return nil }
            fields[name] = String(halves[1])
        }
        let disposition = Parameters(fields["content-disposition"] ?? "")
        guard disposition.value.lowercased() == "form-data", let name = disposition["name"],
            (1...200).contains(name.utf8.count), fields["content-transfer-encoding"] == nil
        else { return nil }
        self.name = name
        fileName = disposition["filename"]
        let type = Parameters(fields["content-type"] ?? "").value
        contentType = type.isEmpty ? "application/octet-stream" : String(type.prefix(200))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
        default: false
        }
    }
}

/// A header's value and what follows it: `form-data; name="file"; filename="a.csv"`.
///
/// Quoted as browsers quote (HTML standard): `%22`, `%0D` and `%0A` stand for what cannot be said in quotes,
/// and a backslash before a quote escapes it.
struct Parameters: Sendable, Equatable {
    let value: String
    private var all: [String: String] = [:]

    subscript(name: String) -> String? { all[name] }

    init(_ text: String) {
        var rest = Substring(text)
        value = String(rest.prefix { $0 != ";" }).filter { !$0.isWhitespace }
        rest = rest.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            let value = rest.first == "\"" ? Parameters.quoted(&rest) : Parameters.plain(&rest)
            let key = name.filter { !$0.isWhitespace }.lowercased()
            if all[key] == nil { all[key] = value }
        }
    }

    private static func plain(_ rest: inout Substring) -> String {
        let value = rest.prefix { $0 != ";" }
        rest = rest.dropFirst(value.count)
        return value.filter { !$0.isWhitespace }
    }

    private static func quoted(_ rest: inout Substring) -> String {
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", rest.first == "\"" {
                value.append("\"")
                rest = rest.dropFirst()
            } else {
                value.append(character)
            }
        }
        rest = rest.drop { $0 != ";" }
        return value.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }
}
