/// What people who mean harm type into forms.
enum Strangers {
    static let words: [String] = [
        "", " ", "plain words", "Jörg Lindqvist 🙂 日本語 👩‍👩‍👧",
        "<script>alert(1)</script>", "</script><script>alert(1)</script>", "--><script>alert(1)</script><!--",
        "\"><img src=x onerror=alert(1)>", "'><svg/onload=alert(1)>", "\" onmouseover=\"alert(1)",
        "' onfocus='alert(1)' autofocus='", "`onclick=alert(1)`", "x` y=`z", "a=b c=d", "]]><b>",
        "<![CDATA[<b>]]>",
        "</title><b>", "</textarea><b>", "</pre><b>", "</svg><b>", "</td></table><b>", "</select><b>", "<!--",
        "-->",
        "&lt;b&gt;", "&amp;", "&#106;avascript:alert(1)", "&#x3c;script&#x3e;", "&copy", "&NotEqualTilde;",
        "&",
        "&#", "&#0;", "<", ">", "<a", "</", "<!", "<?php", "</a href='", "\\\"", "\\", "%3Cscript%3E",
        "{{7*7}}", "${7*7}",
        "\u{0}", "a\u{0}b", "<scr\u{0}ipt>", "\u{1}\u{8}\u{B}\u{C}\u{1F}", "\u{7F}\u{80}\u{85}\u{9F}\u{A0}",
        "\u{FFFD}\u{FFFE}\u{FFFF}\u{FEFF}", "\u{2028}\u{2029}", "\u{202E}txet desrever\u{202C}",
        "\u{2066}x\u{2069}",
        "\u{E000}\u{10FFFF}\u{1FFFE}", String(decoding: [0xEF, 0xB7, 0x90], as: UTF8.self), "a\u{301}\u{302}",
        "\n", "\n\nlines\n", "\r\n", "\ra\r", "\ttabs\t", "\t\n x",
        "+ADw-script+AD4-", "¼script¾alert(1)¼/script¾", "＜script＞", "＇＂", "\u{2039}b\u{203A}", "ʺ onload=x",
        String(repeating: "<\"'&>", count: 20_480), String(repeating: "a", count: 102_400),
    ]

    /// What a page may show of these words: everything but the characters no page can hold.
    static func shown(_ words: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in words.unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: scalars.append(scalar)
            case 0...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: scalars.append("\u{FFFD}")
            case let value where value & 0xFFFE == 0xFFFE: scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
