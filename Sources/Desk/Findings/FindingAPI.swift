import Hummingbird
import Kernel
import Markup
import Web

/// Findings for programs, in the words of the caller's language and as values with names.
struct FindingAPI: Sendable {
    let desk: Desk

    private var store: FindingStore { FindingStore(desk) }

    var all: [Route] {
        [
            .api(.get, "/api/v2/findings", needs: .seeProfile, use: list),
            .api(.get, "/api/v2/findings/state", needs: .seeProfile, use: state),
            .api(.get, "/api/v2/findings/:id", needs: .seeProfile, use: show),
            .api(.put, "/api/v2/findings/:id", needs: .setTargets, use: change),
        ]
    }

    private enum Part: String { case open, aside, gone }

    @Sendable func list(_ request: Request, in context: APIContext) async throws -> Response {
        let sight = FindingSight(context.person)
        let part = try context.query.choice("state", as: Part.self) ?? .open
        guard part == .gone else {
            let shown = try await FindingsShown.read(store, sight)
            let found = shown.all.filter { ($0.aside != nil) == (part == .aside) }
            return .json(.list(found.map { FindingAPI.json($0, shown.words, at: desk.clock.now) }))
        }
        let before = try context.query.int("before").map(Int64.init)
        let portion = try await store.gone(before: before, limit: try context.query.perPage())
        let seen = portion.items.filter { sight.sees($0.finding) }
        let words = try await words(seen, sight)
        let next = portion.next.map { "/api/v2/findings" + context.query.with("before", $0) }
        return .json(.list(seen.map { FindingAPI.json($0, words, at: desk.clock.now) })).linking(next: next)
    }

    private func words(_ findings: [KeptFinding], _ sight: FindingSight) async throws -> FindingWords {
        FindingWords(
            names: sight.seesCustomers ? try await store.names(findings.flatMap(\.finding.parties)) : [:])
    }

    @Sendable func state(_ request: Request, in context: APIContext) async throws -> Response {
        guard let state = try await store.state() else { throw NotFound() }
        return .json(FindingAPI.json(state, FindingSight(context.person)))
    }

    @Sendable func show(_ request: Request, in context: APIContext) async throws -> Response {
        let id = try context.parameters.id(of: KeptFinding.self).value
        return try await answer(try await store.find(id), context)
    }

    private func answer(_ kept: KeptFinding?, _ context: APIContext) async throws -> Response {
        let sight = FindingSight(context.person)
        guard let kept, sight.sees(kept.finding) else { throw NotFound() }
        return .json(FindingAPI.json(kept, try await words([kept], sight), at: desk.clock.now))
    }

    @Sendable func change(_ request: Request, in context: APIContext) async throws -> Response {
        let id = try context.parameters.id(of: KeptFinding.self).value
        let body = try await Body(of: request, known: ["set_aside", "reason"])
        guard let isAside = try body.bool("set_aside") else {
            throw BodyFieldRefusal.missing(field: "set_aside")
        }
        let act = desk.act(by: context.person.id)
        let kept =
            isAside
            ? try await store.setAside(id, reason: try body.text("reason") ?? "", by: act)
            : try await store.takeUp(id, by: act)
        return try await answer(kept, context)
    }
}

extension FindingAPI {
    static func json(_ kept: KeptFinding, _ words: FindingWords, at now: Instant) -> JSON {
        let finding = kept.finding
        let aside: JSON =
            kept.aside.map {
                .object([("at", .text($0.at.iso)), ("by", .int($0.by)), ("reason", .text($0.reason))])
            } ?? .null
        return .object([
            ("id", .int(kept.id)), ("kind", .text(finding.kind.rawValue)),
            ("subject", .text(finding.subject)),
            ("variant", .text(finding.variant)), ("sentence", .text(words.headlineText(finding))),
            ("more", finding.kind == .lever ? .null : .text(words.detailText(finding))),
            ("values", .object((finding.headline + finding.detail).map { ($0.name, $0.value.json) })),
            ("weight", .int(finding.weight)), ("day", .text(kept.day.description)),
            ("window", json(kept.window)), ("evidence", .text(finding.evidence)),
            ("columns", .list(finding.table.heads.map { .text($0) })),
            ("rows", .list(finding.table.rows.map { .list($0.map(\.json)) })),
            ("new", .bool(kept.isNew(at: now))), ("first_seen_at", .text(kept.firstSeen.iso)),
            ("seen_at", .text(kept.seen.iso)), ("gone_at", .text(kept.gone?.iso)), ("set_aside", aside),
        ])
    }

    private static func json(_ window: ClosedRange<LocalDate>) -> JSON {
        .object([
            ("from", .text(window.lowerBound.description)), ("to", .text(window.upperBound.description)),
        ])
    }

    static func json(_ state: FindingState, _ sight: FindingSight) -> JSON {
        let words = FindingWords(names: [:])
        return .object([
            ("computed_at", .text(state.computedAt.iso)), ("day", .text(state.day.description)),
            ("window", json(state.window)), ("milliseconds", .int(state.document.milliseconds)),
            (
                "missing",
                .list(
                    state.document.gaps.map {
                        .object([("reason", .text($0.reason)), ("sentence", .text(words.gap($0).text))])
                    })
            ),
            (
                "measures",
                .list(
                    state.document.measures.filter(sight.sees).map {
                        .object([
                            ("level", .text($0.level)), ("measure", .text($0.key)), ("now", $0.now.json),
                            ("then", $0.then.json),
                        ])
                    })
            ),
        ])
    }
}
