import Markup

/// The shape of each quarter, small, and the numbers behind it.
struct QuarterCard {
    let quarters: [Profile]

    var html: HTML {
        let content: HTML =
            quarters.isEmpty
            ? #"<p class="empty">\#(t: "profile.quarters.none")</p>"#
            : "<div></div>"
        return """
            <section class="card" aria-labelledby="quarters"><h2 class="h" id="quarters">\(t: "profile.quarters")</h2>
            \(content)</section>
            """
    }
}
