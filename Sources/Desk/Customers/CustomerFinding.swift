import Kernel
import Storage

/// What somebody typed to find a customer, and how far the list of finds has been read.
///
/// Three indexes are walked one after the other: names that begin with the text, names with a word that does, and
/// addresses that do. Each is paged by key, so the thousandth page costs what the first does.
struct CustomerFinding: Equatable {
    enum Stage: String { case name = "n", word = "w", address = "a" }

    struct Mark: Equatable {
        var stage: Stage
        var key: String
        var id: Int64
    }

    let text: String
    /// The longest word leads, because it is in the fewest names.
    let lead: String
    let others: [String]

    init?(_ typed: String) {
        text = typed.searchKey
        let words = text.split(separator: " ").map(String.init).sorted { $0.utf8.count > $1.utf8.count }
        guard let lead = words.first, text.utf8.count <= 200 else { return nil }
        self.lead = lead
        others = Array(words.dropFirst().prefix(4))
    }

    static func mark(_ text: String) -> Mark? {
        let parts = text.split(separator: "~", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let stage = Stage(rawValue: String(parts[0])), let id = Int64(parts[1]) else {
            return nil
        }
        return Mark(stage: stage, key: String(parts[2]), id: id)
    }

    static func text(_ mark: Mark) -> String { "\(mark.stage.rawValue)~\(mark.id)~\(mark.key)" }

    /// Rows of (party columns, key, id) from one stage, after a mark.
    func rows(_ stage: Stage, after mark: Mark?, limit: Int) -> SQL {
        let mark = mark?.stage == stage ? mark : nil
        switch stage {
        case .name: return names(after: mark, limit: limit)
        case .word: return words(after: mark, limit: limit)
        case .address: return addresses(after: mark, limit: limit)
        }
    }

    private func names(after mark: Mark?, limit: Int) -> SQL {
        """
        SELECT \(Party.columns), p.name_key FROM party p
        WHERE NOT p.serves AND (p.name_key, p.id) > (\(mark?.key ?? text), \(mark?.id ?? 0))
            AND p.name_key < \(CustomerFinding.end(text))
        ORDER BY p.name_key, p.id LIMIT \(limit)
        """
    }

    private func words(after mark: Mark?, limit: Int) -> SQL {
        """
        SELECT \(Party.columns), w.word FROM party_word w JOIN party p ON p.id = w.party_id
        WHERE (w.word, w.party_id) > (\(mark?.key ?? lead), \(mark?.id ?? 0))
            AND w.word < \(CustomerFinding.end(lead)) AND NOT p.serves
            AND NOT (p.name_key >= \(text) AND p.name_key < \(CustomerFinding.end(text)))
            AND NOT EXISTS (
                SELECT 1 FROM party_word y
                WHERE y.party_id = w.party_id AND y.word >= \(lead) AND y.word < w.word)
            \(others.map(CustomerFinding.has).reduce("") { $0 + " AND " + $1 })
        ORDER BY w.word, w.party_id LIMIT \(limit)
        """
    }

    private func addresses(after mark: Mark?, limit: Int) -> SQL {
        """
        SELECT \(Party.columns), a.value_key FROM address a JOIN party p ON p.id = a.party_id
        WHERE (a.value_key, a.party_id) > (\(mark?.key ?? text), \(mark?.id ?? 0))
            AND a.value_key < \(CustomerFinding.end(text)) AND NOT p.serves
            AND NOT \(CustomerFinding.has(lead))
            AND NOT EXISTS (
                SELECT 1 FROM address y
                WHERE y.party_id = a.party_id AND y.value_key >= \(text) AND y.value_key < a.value_key)
        ORDER BY a.value_key, a.party_id LIMIT \(limit)
        """
    }

    /// The party `p` has a word that begins so.
    static func has(_ word: String) -> SQL {
        """
        ((p.name_key >= \(word) AND p.name_key < \(end(word)))
            OR EXISTS (SELECT 1 FROM party_word x WHERE x.party_id = p.id AND x.word >= \(word) AND x.word < \(end(word))))
        """
    }

    /// Sorts after every text that begins with `prefix`.
    static func end(_ prefix: String) -> String { prefix + "\u{10FFFF}" }
}
