import Kernel
import Markup
import Web

/// Entering or changing a place.
struct PlaceFormPage: Page {
    var place: Place?
    var items: [PlaceItem] = []
    let colleagues: [Choice]
    var answers = Answers()

    var title: String { Phrase(place == nil ? "walk.place.new" : "walk.place.edit").text }

    var main: HTML {
        let (action, back) =
            place.map { ("/walks/places/\($0.id)", "/walks/places/\($0.id)") } ?? ("/walks/places", "/walks")
        return """
            <section class="page narrow walks"><header class="page-head"><div><h1>\(title)</h1></div>\
            <div class="actions"><a class="btn" href="\(back)">\(t: "walk.back")</a></div></header>
            <section class="card">\(Form(action, name: "stack", content: fields).html)</section></section>
            """
    }

    private var fields: HTML {
        let kinds = Place.Kind.allCases.map { Choice($0.rawValue, Phrase("walk.kind.\($0.rawValue)").text) }
        let units = WalkRhythm.Unit.allCases.map {
            Choice($0.rawValue, Phrase("walk.unit.\($0.rawValue)").text)
        }
        let words = items.map(\.words).joined(separator: "\n")
        return """
            \(answers.notice)\(answers.field("name", Phrase("walk.place.name"), standard: place?.name ?? "", hint: Phrase("walk.place.name.hint"), autocomplete: "off"))
            \(answers.field("kind", Phrase("walk.place.kind"), .choice(kinds), standard: place?.kind.rawValue ?? "shop"))
            \(answers.field("owner", Phrase("walk.column.owner"), .choice(colleagues), standard: place?.owner.map { "\($0.id)" } ?? "", required: false))
            <div class="spend-days">\(answers.field("every", Phrase("walk.place.every"), .number, standard: "\(place?.every ?? 1)"))\
            \(answers.field("unit", Phrase("walk.place.unit"), .choice(units), standard: place?.unit.rawValue ?? "week"))</div>
            \(answers.field("next", Phrase("walk.place.next"), .date, standard: place?.next.description ?? "", hint: Phrase("walk.place.next.hint"), required: false))
            \(answers.field("items", Phrase("walk.items"), .lines(8), standard: words, hint: Phrase("walk.items.hint")))
            <button class="btn primary">\(t: "walk.save")</button>
            """
    }
}

/// A walk on its way: made for a phone in the hand, one item after another.
struct WalkFormPage: Page {
    let place: Place
    let items: [PlaceItem]
    var answers = Answers()
    var refusal: Phrase?

    var title: String { Phrase("walk.through", .text(place.name)).text }

    var main: HTML {
        """
        <section class="page narrow walks walk-form"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "walk.form.lead")</p></div>\
        <div class="actions"><a class="btn" href="\("/walks/places/\(place.id)")">\(t: "walk.back")</a></div></header>
        \(content)</section>
        """
    }

    private var content: HTML {
        if place.isRetired { return #"<p class="empty">\#(t: "walk.refused.retired")</p>"# }
        let notice: HTML? = refusal.map {
            #"<p class="flash flash-warning" role="alert">\#($0) \#(t: "walk.form.again")</p>"#
        }
        let words = answers.field("words", Phrase("walk.form.words"), .lines(3), required: false)
        let form = Form(
            "/walks/places/\(place.id)/walk", name: "stack", isUpload: true,
            content: """
                \(items.map(card))<section class="card">\(words)</section>\
                <p><button class="btn primary">\(t: "walk.form.done")</button></p>
                """)
        return "\(notice)\(form.html)"
    }

    private func card(_ item: PlaceItem) -> HTML {
        let (words, photo) = ("words-\(item.id)", "photo-\(item.id)")
        return """
            <fieldset class="card walk-item"><legend><bdi>\(item.words)</bdi></legend>\
            <div class="walk-verdicts">\(WalkMark.Verdict.allCases.map { choice($0, item) })</div>\
            <div class="field"><label for="\(words)">\(t: "walk.form.note")</label>\
            <textarea id="\(words)" name="\(words)" rows="2">\(answers.value(words))</textarea></div>\
            <div class="field"><label for="\(photo)">\(t: "walk.form.photo")</label>\
            <input type="file" id="\(photo)" name="\(photo)" accept="image/jpeg,image/png,image/webp" capture="environment" multiple></div>\
            </fieldset>
            """
    }

    private func choice(_ verdict: WalkMark.Verdict, _ item: PlaceItem) -> HTML {
        let (name, id) = ("verdict-\(item.id)", "verdict-\(item.id)-\(verdict.rawValue)")
        return """
            <input type="radio" id="\(id)" name="\(name)" value="\(verdict.rawValue)" required \
            \(attribute: "checked", if: answers.value(name) == verdict.rawValue)><label for="\(id)">\(t: "walk.verdict.\(verdict.rawValue)")</label>
            """
    }
}

/// One finding: what it is, who mends it by when, and what was done.
struct WalkFindingPage: Page {
    let finding: WalkFinding
    let photos: [WalkPhoto]
    let colleagues: [Choice]
    let names: [Int64: String]
    let today: LocalDate
    var answers = Answers()

    var title: String { finding.itemWords }

    private var path: String { "/walks/findings/\(finding.id)" }

    var main: HTML {
        """
        <section class="page narrow walks"><header class="page-head"><div><h1><bdi>\(finding.itemWords)</bdi></h1>\
        <p class="muted"><bdi>\(finding.placeName)</bdi> · \(found)</p></div>
        <div class="actions"><a class="btn" href="\("/walks/places/\(finding.place)")">\(t: "walk.toPlace")</a>\
        <a class="btn" href="\("/walks/\(finding.walk)")">\(t: "walk.toWalk")</a></div></header>
        \("<p class=\"walk-words\">\(finding.words)</p>", if: !finding.words.isEmpty)\(WalkWords.photos(photos, of: finding.itemWords))\
        \(finding.mendedDay == nil ? open : mended)</section>
        """
    }

    private var found: Phrase {
        Phrase(
            "walk.foundBy", .day(daysSinceEpoch: finding.foundDay.daysSinceEpoch),
            .text(finding.foundBy.flatMap { names[$0] } ?? "–"))
    }

    private var open: HTML {
        let owner = answers.field(
            "owner", Phrase("walk.column.mends"), .choice(colleagues),
            standard: finding.owner.map { "\($0.id)" } ?? "",
            required: false)
        let due = answers.field("due", Phrase("walk.column.due"), .date, standard: finding.due.description)
        let words = answers.field("words", Phrase("walk.mend.words"), .lines(3))
        return """
            <p>\(t: "walk.dueOn", .day(daysSinceEpoch: finding.due.daysSinceEpoch)) \
            \(WalkWords.state(WalkState(next: finding.due, today: today))) \(WalkWords.owner(finding.owner))</p>
            <section class="card"><h2 class="h">\(t: "walk.mend")</h2>\
            \(Form("\(path)/mending", name: "stack", content: #"\#(words)<button class="btn primary">\#(t: "walk.mend.button")</button>"#).html)</section>
            <section class="card"><h2 class="h">\(t: "walk.give")</h2>\
            \(Form(path, name: "stack", content: #"\#(owner)\#(due)<button class="btn">\#(t: "walk.save")</button>"#).html)</section>
            """
    }

    private var mended: HTML {
        let day = finding.mendedDay?.daysSinceEpoch ?? 0
        let by = finding.mendedBy.flatMap { names[$0] } ?? "–"
        return """
            <section class="card"><h2 class="h">\(t: "walk.mendedBy", .day(daysSinceEpoch: day), .text(by))</h2>\
            <p class="walk-words">\(finding.mendedWords)</p>\
            \(Form("\(path)/reopening", content: #"<button class="btn">\#(t: "walk.reopen")</button>"#).html)</section>
            """
    }
}
