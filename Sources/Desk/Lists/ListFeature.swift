public import Markup
public import Web

/// The lists to call on Monday.
public struct ListFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] {
        let figures = FigureStore(database: desk.database, clock: desk.clock)
        let lists = ListStore(database: desk.database, clock: desk.clock)
        return ListRoutes(desk: desk, figures: figures, lists: lists).all
            + ListAPI(desk: desk, figures: figures, lists: lists).all
            + SavedListRoutes(desk: desk, figures: figures).all
    }

    public var workers: [any Worker] { [CountSavedLists(desk: desk)] }
}

extension ListRefusal: Refusal {
    public var phrase: Phrase {
        switch self {
        case .notOnList: Phrase("lists.refused.notOnList")
        case .unknownColleague: Phrase("lists.refused.unknownColleague")
        case .taken: Phrase("lists.refused.taken")
        case .noResult: Phrase("lists.refused.noResult")
        case .noteTooLong: Phrase("lists.refused.noteTooLong")
        }
    }

    public var field: String? {
        switch self {
        case .notOnList: nil
        case .unknownColleague, .taken: "colleague"
        case .noResult: "result"
        case .noteTooLong: "note"
        }
    }
}
