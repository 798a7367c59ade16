import Kernel
import Storage

extension ListStore {
    /// Lines looked at for one page of a segment's part of a list, which no index knows.
    static let segmentReach = 5_000

    /// A page of a list, members of a segment only. It ends early, and says where to go on, when it has looked far enough.
    func page(
        _ list: CustomerList, _ part: ListPart, of person: Int64?, run: Int64, in segment: Int64?,
        after: String?, limit: Int
    ) async throws -> Portion<ListItem> {
        guard let segment else {
            return try await page(list, part, of: person, run: run, after: after, limit: limit)
        }
        let segments = SegmentStore(database: database, clock: clock)
        var found: [ListItem] = []
        var after = after
        for _ in 0..<(ListStore.segmentReach / 500) {
            let rows = try await page(list, part, of: person, run: run, after: after, limit: 500)
            let members = try await segments.members(among: rows.items.map(\.party.id.value), of: segment)
            for item in rows.items where members.contains(item.party.id.value) {
                found.append(item)
                if found.count > limit { return Portion(found, limit: limit) { $0.key } }
            }
            after = rows.next
            if after == nil { break }
        }
        return Portion(items: found, next: after)
    }
}
