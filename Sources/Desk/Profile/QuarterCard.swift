import Kernel
import Markup
import Methods

/// The shape of each quarter, small, and the numbers behind it.
struct QuarterCard {
    let quarters: [Profile]
    /// The last day on record: the quarter it falls into is not over.
    let end: LocalDate

    var html: HTML {
        """
        <section class="card" aria-labelledby="quarters"><h2 class="h" id="quarters">\(t: "profile.quarters")</h2>
        \(content)</section>
        """
    }

    private var content: HTML {
        guard !quarters.isEmpty else { return #"<p class="empty">\#(t: "profile.quarters.none")</p>"# }
        return QuarterStrip(quarters.map(quarter)).html
    }

    private func quarter(_ profile: Profile) -> QuarterStrip.Quarter {
        let (year, month, _) = profile.window.lowerBound.civil
        return QuarterStrip.Quarter(
            year: year, number: (month + 2) / 3, levels: profile.levels, verdict: profile.shape.verdict,
            isPartial: profile.window.upperBound > end, link: "/profile" + ProfilePage.window(profile.window))
    }
}
