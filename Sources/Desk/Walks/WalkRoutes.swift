import Hummingbird
import Kernel
import Markup
import Web

/// Places, walks and findings on screen.
struct WalkRoutes: Sendable {
    let desk: Desk

    var store: WalkStore { WalkStore(database: desk.database) }
    var content: ContentStore { ContentStore(database: desk.database, clock: desk.clock) }

    /// The most all pictures of one walk may weigh together.
    static let uploadLimit: Int64 = 60 << 20

    var all: [Route] {
        [
            .agent(.get, "/walks", needs: .walkThrough, use: overview),
            .agent(.get, "/walks/places/new", needs: .keepPlaces, use: new),
            .agent(.post, "/walks/places", needs: .keepPlaces, use: add),
            .agent(.get, "/walks/places/:id", needs: .walkThrough, use: show),
            .agent(.get, "/walks/places/:id/edit", needs: .keepPlaces, use: edit),
            .agent(.post, "/walks/places/:id", needs: .keepPlaces, use: change),
            .agent(.post, "/walks/places/:id/retirement", needs: .keepPlaces, use: retire),
            .agent(.post, "/walks/places/:id/restoring", needs: .keepPlaces, use: restore),
            .agent(.get, "/walks/places/:id/walk", needs: .walkThrough, use: begin),
            .upload("/walks/places/:id/walk", needs: .walkThrough, limit: WalkRoutes.uploadLimit, use: walk),
            .agent(.get, "/walks/findings", needs: .walkThrough, use: findings),
            .agent(.get, "/walks/findings/:id", needs: .walkThrough, use: finding),
            .agent(.post, "/walks/findings/:id", needs: .walkThrough, use: give),
            .agent(.post, "/walks/findings/:id/mending", needs: .walkThrough, use: mend),
            .agent(.post, "/walks/findings/:id/reopening", needs: .walkThrough, use: reopen),
            .agent(.get, "/walks/photos/:id", needs: .walkThrough, use: photo),
            .agent(.get, "/walks/:id", needs: .walkThrough, use: one),
        ]
    }

    func today() async throws -> LocalDate {
        try await desk.organisations.required().zone.day(of: desk.clock.now)
    }

    func answer(
        _ page: some Page, _ context: AgentContext, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        .page(page, in: try await desk.shell(for: context, here: "/walks"), status: status)
    }

    @Sendable func overview(_ request: Request, in context: AgentContext) async throws -> Response {
        let page = WalksPage(
            places: try await store.places(after: context.query["after"], limit: 50),
            findings: try await store.open(after: nil, limit: 5), today: try await today(),
            isFirst: context.query["after"] == nil, mayKeep: context.may(.keepPlaces))
        return try await answer(page, context)
    }

    @Sendable func new(_ request: Request, in context: AgentContext) async throws -> Response {
        try await answer(PlaceFormPage(colleagues: try await colleagues(nil)), context)
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        try await save(nil, context)
    }

    @Sendable func edit(_ request: Request, in context: AgentContext) async throws -> Response {
        let place = try await place(context)
        let page = PlaceFormPage(
            place: place, items: try await store.items(of: place.id),
            colleagues: try await colleagues(place.owner))
        return try await answer(page, context)
    }

    @Sendable func change(_ request: Request, in context: AgentContext) async throws -> Response {
        try await save(try await place(context), context)
    }

    private func save(_ place: Place?, _ context: AgentContext) async throws -> Response {
        do {
            let new = try PlaceForm(form: context.form).place()
            let id = try await store.save(
                new, as: place?.id, today: try await today(), by: desk.act(by: context.person.id))
            return .redirect(to: "/walks/places/\(id)", saying: Phrase("walk.place.saved"))
        } catch let refusal as any Refusal {
            let page = PlaceFormPage(
                place: place, colleagues: try await colleagues(place?.owner),
                answers: Answers(context.form, refusal))
            return try await answer(page, context, status: refusal.status)
        }
    }

    @Sendable func retire(_ request: Request, in context: AgentContext) async throws -> Response {
        let place = try await place(context)
        try await store.setRetired(true, place.id, by: desk.act(by: context.person.id))
        return .redirect(to: "/walks/places/\(place.id)", saying: Phrase("walk.place.retired"))
    }

    @Sendable func restore(_ request: Request, in context: AgentContext) async throws -> Response {
        let place = try await place(context)
        try await store.setRetired(false, place.id, by: desk.act(by: context.person.id))
        return .redirect(to: "/walks/places/\(place.id)", saying: Phrase("walk.place.restored"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let place = try await place(context)
        let before = context.query["after"].flatMap { Int64($0) }
        let walks = try await store.walks(of: place.id, before: before, limit: 20)
        let page = PlacePage(
            place: place, items: try await store.items(of: place.id), walks: walks,
            findings: try await store.findings(of: place.id, limit: 50),
            names: try await store.names(walks.items.compactMap(\.walkedBy)), today: try await today(),
            mayKeep: context.may(.keepPlaces))
        return try await answer(page, context)
    }

    @Sendable func one(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Walk.self)
        guard let walk = try await store.walk(id.value), let place = try await store.place(walk.place) else {
            throw NotFound()
        }
        let page = WalkPage(
            walk: walk, place: place, marks: try await store.marks(of: walk.id),
            names: try await store.names([walk.walkedBy].compactMap { $0 }))
        return try await answer(page, context)
    }

    @Sendable func photo(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: WalkPhoto.self)
        guard let (digest, _) = try await store.photo(id.value) else { throw NotFound() }
        return try await content.response(digest, named: "photo-\(id)")
    }

    func place(_ context: AgentContext) async throws -> Place {
        let id = try context.parameters.id(of: Place.self)
        guard let place = try await store.place(id.value) else { throw NotFound() }
        return place
    }

    /// Colleagues to choose from, and whoever is chosen already though they left.
    func colleagues(_ owner: Owner?) async throws -> [Choice] {
        let here = try await ListStore(database: desk.database, clock: desk.clock).colleagues()
        var choices = [Choice("", Phrase("lists.nobody").text)] + here.map { Choice("\($0.id)", $0.name) }
        if let owner, !here.contains(where: { $0.id == owner.id }) {
            choices.append(Choice("\(owner.id)", Phrase("walk.leftUs", .text(owner.name)).text))
        }
        return choices
    }
}

/// What somebody typed about a place.
struct PlaceForm {
    let form: PostedForm

    func place() throws -> NewPlace {
        guard let every = Int(form.text("every")), let unit = WalkRhythm.Unit(rawValue: form.text("unit"))
        else {
            throw PlaceRefusal.badRhythm
        }
        let owner = form.text("owner")
        guard owner.isEmpty || Int64(owner) != nil else { throw PlaceRefusal.unknownColleague }
        let kind = Place.Kind(rawValue: form.text("kind")) ?? .other
        return NewPlace(
            name: form.text("name").singleLine, kind: kind, owner: Int64(owner),
            rhythm: try WalkRhythm(every: every, unit: unit), next: try form.day("next"),
            items: NewPlace.items(in: form.text("items")))
    }
}
