public import Kernel
import Storage

extension CustomerStore {
    /// Everything with a customer, latest first, a page at a time. Purchases, acts and answers come from their own tables,
    /// so the events that merely announced them are left out.
    public func timeline(
        of id: ID<Party>, before: String?, limit: Int, zone: Zone, filter: TimelineFilter = TimelineFilter(),
        groups: TimelineGroups? = nil
    ) async throws -> Portion<TimelineEntry> {
        let groups = groups ?? TimelineGroups()
        let start = filter.start(before: before)
        let entries = try await database.read { connection in
            let reading = TimelineReading(
                filter: filter, group: filter.kind.flatMap { groups[$0] }, groups: groups, start: start,
                limit: limit + 1, zone: zone, connection: connection)
            return try filter.departments ? reading.entries(below: id) : reading.entries(of: id.value)
        }
        let latest = entries.sorted { $0.mark > $1.mark }.prefix(limit + 1)
        return Portion(Array(latest), limit: limit) { $0.mark.text }
    }

    /// Names of whoever did what stands on a timeline, and of those it happened with.
    public func names(on entries: [TimelineEntry]) async throws -> [Int64: String] {
        var ids: Set<Int64> = []
        for entry in entries {
            if let party = entry.party { ids.insert(party) }
            guard case .event(let event) = entry.happening else { continue }
            ids.formUnion([event.actor, event.onBehalfOf].compactMap { $0 })
        }
        let wanted = ids.sorted()
        return try await database.read { connection in
            var names: [Int64: String] = [:]
            try connection.each("SELECT id, name FROM party WHERE id IN (\(list: wanted))") {
                names[try $0.int64(0)] = try $0.text(1)
            }
            return names
        }
    }
}
