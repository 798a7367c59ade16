import Kernel
import Storage

/// Where the window's newcomers came in, and which of them left a way to be reached.
extension FindingReading {
    /// Channels told apart at most; what comes after is one without a name.
    private static let mostChannels = 1000

    func readChannels(_ facts: inout FindingFacts) async throws {
        var channels: [String: ChannelCount] = [:]
        var last: Int64 = 0
        let days = facts.window
        while true {
            let from = last
            let ids: SQL = """
                SELECT party_id AS id FROM standing WHERE party_id > \(from) ORDER BY party_id
                LIMIT \(FindingReading.stretch)
                """
            guard let end = try await end(ids, after: from) else { break }
            let part = try await database.read { connection in
                try FindingReading.channels(from, end, days, in: connection)
            }
            for (name, counts) in part { FindingReading.add(name, counts, to: &channels) }
            last = end
            try await keepGoing()
        }
        facts.channels = channels.values.sorted { $0.name < $1.name }
        facts.hasAddresses = channels.values.contains { $0.reachable > 0 }
    }

    private static func add(
        _ name: String, _ counts: (newcomers: Int, reachable: Int), to channels: inout [String: ChannelCount]
    ) {
        let key = name.searchKey
        let isKnown = channels[key] != nil || channels.count < mostChannels
        let place = isKnown ? key : ""
        var count = channels[place] ?? ChannelCount(name: isKnown ? name : "")
        count.newcomers += counts.newcomers
        count.reachable += counts.reachable
        channels[place] = count
    }

    /// The channel of the first purchase, else where it was recorded from. A person is reached by an address of their own,
    /// an organisation by that of a person who belongs to it as well.
    private static func channels(
        _ from: Int64, _ end: Int64, _ days: ClosedRange<LocalDate>, in connection: any Connection
    ) throws -> [(String, (newcomers: Int, reachable: Int))] {
        let rows: SQL = """
            SELECT s.party_id, p.channel, p.source, CASE WHEN EXISTS (
                    SELECT 1 FROM address a WHERE a.party_id = s.party_id)
                OR EXISTS (SELECT 1 FROM membership m JOIN address a ON a.party_id = m.person_id
                    WHERE m.account_id = s.party_id) THEN 1 ELSE 0 END
            FROM standing s JOIN purchase p ON p.account_id = s.party_id AND p.day = s.first_day
            WHERE s.party_id > \(from) AND s.party_id <= \(end)
                AND s.first_day BETWEEN \(days.lowerBound) AND \(days.upperBound) AND p.amount >= 0
            ORDER BY s.party_id, p.id
            """
        var counts: [String: (newcomers: Int, reachable: Int)] = [:]
        var current: Int64 = 0
        try connection.each(rows) { row in
            let id = try row.int64(0)
            guard id != current else { return }
            current = id
            let channel = try row.text(1)
            let name = channel.isEmpty ? try row.text(2) : channel
            counts[name, default: (0, 0)].newcomers += 1
            counts[name, default: (0, 0)].reachable += try row.int(3)
        }
        return counts.map { ($0.key, $0.value) }
    }
}
