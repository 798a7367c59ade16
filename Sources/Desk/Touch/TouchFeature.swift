public import Markup
public import Web

/// Keeping in touch: rhythms, the due list, and what became of each touch.
public struct TouchFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    private var touches: TouchStore { TouchStore(database: desk.database, clock: desk.clock) }
    private var rhythms: RhythmStore { RhythmStore(database: desk.database, clock: desk.clock) }

    public var routes: [Route] {
        TouchRoutes(desk: desk, touches: touches, rhythms: rhythms).all
            + RhythmRoutes(desk: desk, rhythms: rhythms).all
            + TouchAPI(desk: desk, touches: touches, rhythms: rhythms).all
    }

    public var workers: [any Worker] { [PlanTouches(desk: desk)] }

    public var places: [RailPlace] {
        [
            RailPlace(
                .customers, needs: .seeCustomers, RailLink(Phrase("touch.rail"), path: "/touch", icon: .clock)
            )
        ]
    }

    public func cards(of customer: CustomerRecord, for person: Colleague) async throws -> [CustomerCard] {
        let found = try await touches.touches(of: customer.party.id, limit: 5)
        guard !found.isEmpty else { return [] }
        return [CustomerCard(.promises, TouchCard(touches: found).html)]
    }
}

extension TouchRefusal: Refusal {
    public var phrase: Phrase {
        switch self {
        case .nameMissing: Phrase("touch.refused.nameMissing")
        case .tooLong(_, let limit): Phrase("web.field.tooLong", .count(limit))
        case .unknownAudience: Phrase("touch.refused.unknownAudience")
        case .unknownSegment: Phrase("touch.refused.unknownSegment")
        case .beatIncomplete(let kind): Phrase("touch.refused.beat.\(Rhythm.key(kind))")
        case .outOfRange(_, let lowest, let highest):
            Phrase("touch.refused.outOfRange", .count(lowest), .count(highest))
        case .reasonMissing: Phrase("touch.refused.reasonMissing")
        case .notOpen: Phrase("touch.refused.notOpen")
        case .taken: Phrase("touch.refused.taken")
        case .unknownColleague: Phrase("lists.refused.unknownColleague")
        case .badDay: Phrase("touch.refused.badDay")
        }
    }

    public var field: String? {
        switch self {
        case .nameMissing: "name"
        case .tooLong(let field, _), .outOfRange(let field, _, _): field
        case .unknownAudience, .unknownSegment: "audience"
        case .beatIncomplete(let kind):
            switch kind {
            case .silence: "months"
            case .date: "day"
            case .afterFirst, .afterLast: "days"
            case .anniversary: "kind"
            }
        case .reasonMissing: "note"
        case .unknownColleague, .taken: "colleague"
        case .badDay: "due"
        case .notOpen: nil
        }
    }
}

extension Rhythm {
    /// A kind as a part of a phrase's key.
    static func key(_ kind: Beat.Kind) -> String {
        switch kind {
        case .silence: "silence"
        case .date: "date"
        case .afterFirst: "afterFirst"
        case .afterLast: "afterLast"
        case .anniversary: "anniversary"
        }
    }

    /// What makes customers due, as a sentence.
    var sentence: Phrase {
        switch beat {
        case .silence(let months): Phrase("touch.beat.silence", .count(months))
        case .date(let month, let day):
            Phrase("touch.beat.date", .text("\(day)"), .text(Phrase("touch.month.\(month)").text))
        case .afterFirst(let days): Phrase("touch.beat.afterFirst", .count(days))
        case .afterLast(let days): Phrase("touch.beat.afterLast", .count(days))
        case .anniversary: Phrase("touch.beat.anniversary")
        }
    }

    var audienceName: Phrase {
        switch audience {
        case .everyone: Phrase("touch.audience.everyone")
        case .level(let level): Phrase("touch.audience.\(level.rawValue)")
        case .segment: Phrase("touch.audience.segment")
        }
    }
}
