import Kernel
import Markup
import Web

/// One hold: what it touches and what not, who sees to it, and how it came to be and to end.
struct HoldPage: Page {
    let line: HoldLine
    let history: [HoldEvent]
    let state: HoldState
    let colleagues: [Choice]
    let zone: Zone
    let mayChange: Bool
    var answers = Answers()

    private var hold: Hold { line.hold }
    private var address: String { "/holds/\(hold.id.value)" }

    var title: String { Phrase("holds.one", .text(line.around.name)).text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(t: "holds.one", .text(line.around.name), wrapping: ["name": { "<bdi>\($0)</bdi>" }])</h1>\
        <p class="muted">\(HoldChip.html(state)) \(t: "holds.reason.\(hold.reason.rawValue)")</p></div>\
        <a class="btn" href="/people/\(hold.scope.whom.party.value)">\(t: "holds.customer")</a></header>
        \(answers.notice)
        <div class="beside"><div class="stack"><section class="card">\(line.sentences)\
        <p class="words">\(hold.words)</p>\(lifting)</section>\(changing)</div>
        <div class="stack"><section class="card"><h2>\(t: "holds.facts")</h2><dl class="facts">\(facts)</dl></section>
        <section class="card"><h2>\(t: "holds.history")</h2><ol class="timeline">\(history.map(happening))</ol></section></div></div></section>
        """
    }

    private var facts: HTML {
        let start = zone.day(of: hold.start).daysSinceEpoch
        let end =
            hold.lastDay.map { Argument.day(daysSinceEpoch: $0.daysSinceEpoch).text }
            ?? Phrase("holds.until.settled.short").text
        return """
            <dt>\(t: "holds.owner")</dt><dd>\(HoldChip.owner(line))</dd><dt>\(t: "holds.starts")</dt>\
            <dd>\(.day(daysSinceEpoch: start))</dd><dt>\(t: "holds.ends")</dt><dd>\(end)</dd>
            """
    }

    private var lifting: HTML? {
        guard let lifting = hold.lifting else { return nil }
        return
            #"<p><b>\#(t: "holds.lifted.why")</b> <span class="words">\#(lifting.why)</span></p>"#
    }

    private func happening(_ event: HoldEvent) -> HTML {
        let day = zone.day(of: event.at).daysSinceEpoch
        let who = event.actor.map { name -> HTML in #" <span class="muted"><bdi>\#(name)</bdi></span>"# }
        return """
            <li><i aria-hidden="true"></i><div>\(Phrase("event.\(event.kind)"))\(who)</div>\
            <time>\(.day(daysSinceEpoch: day))</time></li>
            """
    }

    private var changing: HTML? {
        guard mayChange, state == .open || state == .ahead else { return nil }
        let lift: HTML = """
            \(answers.field("why", Phrase("holds.lift.why"), .lines(2)))<p><button class="btn primary">\(t: "holds.lift")</button></p>
            """
        let prolong: HTML = """
            \(answers.field("ends", Phrase("holds.ends"), .date, standard: hold.lastDay?.description ?? "", hint: Phrase("holds.ends.hint"), required: false))\
            <p><button class="btn">\(t: "holds.prolong")</button></p>
            """
        let owner: HTML = """
            \(answers.field("owner", Phrase("holds.owner"), .choice(colleagues), standard: line.isOwnerless ? "" : "\(hold.owner ?? 0)", required: false))\
            <p><button class="btn">\(t: "holds.handOver")</button></p>
            """
        return """
            <section class="card"><h2>\(t: "holds.lift.title")</h2>\(Form("\(address)/lifting", name: "stack", content: lift).html)</section>
            <div class="two"><section class="card"><h2>\(t: "holds.prolong.title")</h2>\(Form("\(address)/end", name: "stack", content: prolong).html)</section>
            <section class="card"><h2>\(t: "holds.handOver.title")</h2>\(Form("\(address)/owner", name: "stack", content: owner).html)</section></div>
            """
    }
}

/// The small words beside a hold.
enum HoldChip {
    static func html(_ state: HoldState) -> HTML {
        let tone =
            switch state {
            case .open: "chip warn"
            case .ahead, .over, .lifted: "chip"
            }
        return #"<span class="\#(tone)">\#(t: "holds.state.\(state.rawValue)")</span>"#
    }

    /// Who sees to it. A colleague who is suspended or gone sees to nothing.
    static func owner(_ line: HoldLine) -> HTML {
        guard let owner = line.owner else {
            return #"<span class="chip danger">\#(t: "holds.ownerless")</span>"#
        }
        guard !owner.isHere else { return "<bdi>\(owner.name)</bdi>" }
        return """
            <bdi>\(owner.name)</bdi> <span class="chip danger">\(t: "holds.ownerless.gone")</span>
            """
    }
}
