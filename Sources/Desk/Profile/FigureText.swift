/// How wide words will be, nearly, before anybody has drawn them.
///
/// Reckoned on the wide side of common sans-serif fonts, since what is reckoned too narrow would stick out.
enum FigureText {
    static func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
        let ems = text.unicodeScalars.reduce(0.0) { $0 + width(of: $1) }
        return ems * size * (isBold ? 1.07 : 1)
    }

    private static func width(of scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "\u{A0}": 0.33
        case "f", "t", "r", "(", ")", "-", "/": 0.42
        case "m", "w", "M", "W", "–", "%": 0.92
        case "0"..."9": 0.64
        case "A"..."Z": 0.70
        case "\u{1100}"...: 1.0
        default: 0.60
        }
    }

    /// Broken at blanks into lines no wider than `width`; a longer word stands alone.
    static func lines(of text: String, size: Double, within width: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, self.width("\(last) \(word)", size: size) <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    /// Shortened with dots where it is wider than there is room.
    static func cut(_ text: String, size: Double, within width: Double) -> String {
        guard self.width(text, size: size) > width else { return text }
        var kept = text
        while !kept.isEmpty, self.width(kept + "…", size: size) > width { kept.removeLast() }
        return kept + "…"
    }
}
