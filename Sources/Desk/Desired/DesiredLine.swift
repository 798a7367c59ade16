import Kernel
import Markup
import Methods

/// What is wanted, in a sentence under the levels: the same as the dashed line, for who cannot see it.
struct DesiredLine {
    let profile: Profile

    var html: HTML {
        guard let desired = profile.desired, let levels = desired.levels else {
            return
                #"<p class="muted">\#(t: "desired.line.none") <a href="/profile/desired">\#(t: "desired.line.set")</a></p>"#
        }
        let numbers = Phrase(
            "desired.line", .count(levels.first), .count(levels.repeating), .count(levels.advocate),
            .day(daysSinceEpoch: desired.from.daysSinceEpoch))
        let hidden: HTML? = profile.desiredFigure == nil ? " \(t: "desired.line.otherWindow")" : nil
        return #"<p>\#(numbers)\#(hidden) <a href="/profile/desired">\#(t: "desired.line.change")</a></p>"#
    }
}
