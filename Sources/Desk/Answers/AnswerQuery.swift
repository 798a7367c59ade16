import Kernel
import Web

/// What the address of a list of answers asks for.
struct AnswerQuery {
    let query: Query

    init(_ query: Query) { self.query = query }

    /// Without days, those of the standard window; without a question, the one with more answers.
    func filter(_ scores: NPSStore, _ organisation: Organisation) async throws -> AnswerFilter {
        let window = try ProfileWindow.read(query)
        let about = try query.choice("about", as: Answer.About.self)
        let asked = try await scores.asked(window, about: about, organisation: organisation)
        var filter = AnswerFilter(days: asked.window, about: asked.about)
        if let word = query["part"] {
            guard let part = Answer.Part(word: word) else { throw FieldRefusal.unreadable(field: "part") }
            filter.part = part
        }
        filter.source = query["source"]
        filter.event = query["event"]
        filter.band = try query.int("visits")
        filter.attribute = query["attribute"]
        filter.party = try query.id("customer_id")
        filter.level = try query.choice("level", as: Level.self)
        return filter
    }
}

/// Addresses of the screen, with its days and its question.
struct NPSAddress {
    let report: NPSReport

    private var query: Query {
        Query(
            "from=\(report.window.lowerBound)&to=\(report.window.upperBound)&about=\(report.about.rawValue)")
    }

    var all: String { "/nps/answers?" + query.text }

    func screen(_ about: Answer.About) -> String { "/nps" + query.with("about", about.rawValue) }

    /// The answers behind a number.
    func list(_ name: String, _ value: String) -> String { "/nps/answers" + query.with(name, value) }
}
