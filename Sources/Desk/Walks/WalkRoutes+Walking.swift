import Hummingbird
import Kernel
import Markup
import Web

/// Walking through a place, and mending what was found.
extension WalkRoutes {
    @Sendable func begin(_ request: Request, in context: AgentContext) async throws -> Response {
        let place = try await place(context)
        let page = WalkFormPage(place: place, items: try await store.items(of: place.id))
        return try await answer(page, context)
    }

    @Sendable func walk(_ upload: Upload, in context: AgentContext) async throws -> Response {
        let place = try await place(context)
        let items = try await store.items(of: place.id)
        do {
            let new = try await read(upload, place, items)
            let id = try await store.record(
                new, today: try await today(), by: desk.act(by: context.person.id))
            return .redirect(to: "/walks/\(id)", saying: Phrase("walk.recorded"))
        } catch let refusal as any Refusal {
            let page = WalkFormPage(
                place: place, items: items, answers: Answers(upload.form, refusal), refusal: refusal.phrase)
            return try await answer(page, context, status: refusal.status)
        }
    }

    /// Pictures are kept first: what is in them is looked at before anything is recorded.
    private func read(_ upload: Upload, _ place: Place, _ items: [PlaceItem]) async throws -> NewWalk {
        var marks: [NewWalk.Mark] = []
        for item in items {
            guard let verdict = WalkMark.Verdict(rawValue: upload.form.text("verdict-\(item.id)")) else {
                throw WalkRefusal.incomplete
            }
            marks.append(.init(item: item.id, verdict: verdict, words: upload.form.text("words-\(item.id)")))
        }
        let files = upload.files.filter { $0.size > 0 }
        guard files.count <= NewWalk.mostPhotos else { throw PictureRefusal.tooMany }
        for file in files {
            guard let index = marks.firstIndex(where: { file.field == "photo-\($0.item)" }) else { continue }
            let kept = try await content.keep(file)
            marks[index].photos.append((file.name, kept.digest))
        }
        return NewWalk(place: place.id, words: upload.form.text("words"), marks: marks)
    }

    @Sendable func findings(_ request: Request, in context: AgentContext) async throws -> Response {
        let portion = try await store.open(after: context.query["after"], limit: 50)
        let page = WalkFindingsPage(
            portion: portion, today: try await today(), isFirst: context.query["after"] == nil)
        return try await answer(page, context)
    }

    @Sendable func finding(_ request: Request, in context: AgentContext) async throws -> Response {
        try await findingPage(context)
    }

    private func findingPage(
        _ context: AgentContext, _ answers: Answers = Answers(), status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let finding = try await found(context)
        let page = WalkFindingPage(
            finding: finding, photos: try await store.photos(of: finding.walk)[finding.item] ?? [],
            colleagues: try await colleagues(finding.owner),
            names: try await store.names([finding.foundBy, finding.mendedBy].compactMap { $0 }),
            today: try await today(), answers: answers)
        return try await answer(page, context, status: status)
    }

    private func found(_ context: AgentContext) async throws -> WalkFinding {
        let id = try context.parameters.id(of: WalkFinding.self)
        guard let finding = try await store.finding(id.value) else { throw NotFound() }
        return finding
    }

    @Sendable func give(_ request: Request, in context: AgentContext) async throws -> Response {
        let finding = try await found(context)
        do {
            let owner = context.form.text("owner")
            guard owner.isEmpty || Int64(owner) != nil else { throw PlaceRefusal.unknownColleague }
            guard let due = try context.form.day("due") else { throw WalkRefusal.badDay }
            try await store.give(finding.id, to: Int64(owner), due: due, by: desk.act(by: context.person.id))
            return .redirect(to: "/walks/findings/\(finding.id)", saying: Phrase("walk.given"))
        } catch let refusal as any Refusal {
            return try await findingPage(context, Answers(context.form, refusal), status: refusal.status)
        }
    }

    @Sendable func mend(_ request: Request, in context: AgentContext) async throws -> Response {
        let finding = try await found(context)
        do {
            try await store.mend(
                finding.id, context.form.text("words"), today: try await today(),
                by: desk.act(by: context.person.id))
            return .redirect(to: "/walks/findings/\(finding.id)", saying: Phrase("walk.mended"))
        } catch let refusal as any Refusal {
            return try await findingPage(context, Answers(context.form, refusal), status: refusal.status)
        }
    }

    @Sendable func reopen(_ request: Request, in context: AgentContext) async throws -> Response {
        let finding = try await found(context)
        try await store.mend(finding.id, nil, today: try await today(), by: desk.act(by: context.person.id))
        return .redirect(to: "/walks/findings/\(finding.id)", saying: Phrase("walk.reopened"))
    }
}
