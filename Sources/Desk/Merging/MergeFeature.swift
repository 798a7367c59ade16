import Kernel
import Markup
public import Web

/// Making two customers one and one two, undoing either, and finding those who may be one.
public struct MergeFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        MergeRoutes(desk: desk).all + SplitRoutes(desk: desk).all + DuplicateRoutes(desk: desk).all
            + MergeAPI(desk: desk).all
    }

    public var workers: [any Worker] { [FindDuplicates(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .house, needs: .mergeCustomers,
                RailLink(Phrase("duplicates.rail"), path: "/duplicates"))
        ]
    }

    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        guard person.may(.mergeCustomers) else { return [] }
        let id = customer.party.id
        let pairs = try await DuplicateStore(desk).pairs(of: id, limit: 3)
        let latest = try await MergeStore(desk).latest(of: id)
        let card = MergeCard(party: id, pairs: pairs, latest: latest)
        return [CustomerCard(.notice, card.notice), CustomerCard(.rest, Optional(card.html))].compactMap {
            $0
        }
    }
}

/// On a customer's page: who may be the same customer, what was merged last, and the way to merge and split.
struct MergeCard {
    let party: ID<Party>
    let pairs: [DuplicatePair]
    let latest: Merge?

    /// Nil where nobody else may be this customer.
    var notice: HTML? {
        guard !pairs.isEmpty else { return nil }
        return """
            <section class="card duplicate-notice" aria-labelledby="duplicates"><h2 class="h" id="duplicates">\
            \(t: "duplicates.card")</h2><ul class="plain">\(pairs.map(line))</ul></section>
            """
    }

    private func line(_ pair: DuplicatePair) -> HTML {
        let other = pair.one.id == party ? pair.other : pair.one
        return """
            <li><a href="/people/\(other.id.value)"><bdi>\(other.name)</bdi></a> \(DuplicateLine.confidence(pair)) \
            <span class="muted">\(DuplicateLine.reasons(pair))</span> \
            <a class="btn" href="/people/\(party.value)/merge?with=\(other.id.value)">\(t: "duplicates.compare")</a></li>
            """
    }

    var html: HTML {
        """
        \(latest.map(last))<a class="btn small" href="/people/\(party.value)/merge">\(t: "merging.card.merge")</a>\
        <a class="btn small" href="/people/\(party.value)/split">\(t: "merging.card.split")</a>
        """
    }

    private func last(_ merge: Merge) -> HTML {
        let key = merge.kind == .merge ? "merging.card.merged" : "merging.card.wasSplit"
        return """
            <p>\(t: key, .text(merge.otherName), .instant(merge.at.milliseconds)) \
            <a href="/merges/\(merge.id)">\(t: "merging.undo")</a></p>
            """
    }
}
