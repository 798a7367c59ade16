import Kernel
import Markup
import Storage
public import Web

/// Types of customers, what they need and value, and who is one.
public struct SegmentFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    private var segments: SegmentStore { SegmentStore(database: desk.database, clock: desk.clock) }

    public var routes: [Route] {
        SegmentRoutes(desk: desk, segments: segments).all + SegmentAPI(desk: desk, segments: segments).all
    }

    public var workers: [any Worker] { [ComputeSegments(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .customers, needs: .seeCustomers,
                RailLink(Phrase("segment.title"), path: "/segments", icon: .segments))
        ]
    }

    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let organisation = try await desk.organisations.required()
        let found = try await segments.now(of: customer.party.id.value, organisation: organisation)
        guard let found, !found.isEmpty else { return [] }
        return [CustomerCard(.facts, SegmentCard(segments: found).html)]
    }
}

/// Which segments a customer is in, at this moment.
struct SegmentCard {
    let segments: [Segment]

    var html: HTML {
        """
        <section class="card" aria-labelledby="segments"><h2 class="h" id="segments">\(t: "segment.title")</h2>\(content)</section>
        """
    }

    private var content: HTML {
        let lines = segments.map { segment -> HTML in
            let need: HTML? =
                segment.content.need.isEmpty
                ? nil : #"<p class="muted segment-words">\#(segment.content.need)</p>"#
            return """
                <li class="segment-words"><a href="/segments/\(segment.id)"><bdi>\(segment.content.name)</bdi></a>\(need)</li>
                """
        }
        return #"<ul class="segment-links">\#(lines)</ul>"#
    }
}

extension SegmentStore {
    /// The segments a customer is in right now, by their filters and this customer's facts; nil where there are no
    /// segments at all.
    func now(of customer: Int64, organisation: Organisation) async throws -> [Segment]? {
        let now = clock.now
        return try await database.read { connection in
            let all = try SegmentStore.all(in: connection)
            guard !all.isEmpty else { return nil }
            let fields = try FilterFields.customers(organisation, in: connection)
            let trees = all.map { try? SegmentContent.tree($0.content.filter, fields) }
            let context = try CustomerFilterContext.read(organisation, at: now, me: nil, in: connection)
            let facts = try CustomerFacts.read(
                of: [customer], asking: trees.compactMap(\.self), context, in: connection)
            guard let own = facts[customer] else { return [] }
            let memory = CustomerFilterMemory(context: context)
            return zip(all, trees).filter { $0.1.map { memory.holds($0, for: own) } ?? false }.map(\.0)
        }
    }
}
