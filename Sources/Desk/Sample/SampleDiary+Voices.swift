import Kernel

extension SampleDiary {
    /// What a customer says about us to others, in the course of a life. Organisations do not speak, people do.
    mutating func praise(_ life: SampleLife) {
        guard life.habit != .wholesale else { return }
        let end = life.habit == .once ? life.first + 10 : min(life.last, story.end)
        let days = end.daysSinceEpoch - life.first.daysSinceEpoch
        let expected = life.habit == .once ? life.habit.praise : life.habit.praise * Double(days) / 365
        for _ in 0..<random.count(mean: expected) {
            speak(life.customer, on: life.first + random.int(0...max(1, days)))
        }
        // Disappointment is written down as well. It makes no advocate.
        if random.chance(life.fromCampaign ? 0.03 : 0.008) {
            grumble(life.customer, on: life.first + random.int(2...20))
        }
    }

    /// Some who never bought a bean tell others all the same: neighbours, people who work where our coffee is served.
    mutating func praiseFromOutside() {
        var buyers: Set<Int> = []
        for purchase in purchases { buyers.insert(purchase.customer) }
        for place in customers.indices where !customers[place].isOrganisation && !buyers.contains(place) {
            guard random.chance(0.05) else { continue }
            let days = story.end.daysSinceEpoch - customers[place].since.daysSinceEpoch
            speak(place, on: customers[place].since + random.int(1...max(2, days)))
        }
    }

    private mutating func speak(_ person: Int, on day: LocalDate) {
        guard day <= story.end else { return }
        let kinds: [AdvocacyAct.Kind] = [.review, .referral, .testimonial, .recommendation, .referenceCall]
        let isAtWork = customers[person].organisation != nil
        let kind = kinds[random.place(in: isAtWork ? [4, 3, 5, 5, 8] : [38, 27, 14, 20, 1])]
        let friend = kind == .referral ? self.friend(after: day, besides: person) : ""
        act(
            SampleAct(
                person: person, kind: kind, day: day, second: random.int(27_000...82_000),
                words: SampleWords.praise(kind, friend: friend, &random),
                rating: kind == .review ? (random.chance(0.72) ? 5 : 4) : nil,
                consent: kind == .testimonial
                    ? (random.chance(0.88) ? true : random.chance(0.5) ? false : nil) : nil,
                friend: friend))
    }

    private mutating func grumble(_ person: Int, on day: LocalDate) {
        guard day <= story.end else { return }
        act(
            SampleAct(
                person: person, kind: .review, day: day, second: random.int(27_000...82_000),
                words: SampleWords.complaint(&random), rating: random.int(1...3), consent: nil, friend: ""))
    }

    private mutating func act(_ act: SampleAct) { acts.append(act) }

    /// Somebody who came for the first time within five weeks, or somebody who never came.
    private mutating func friend(after day: LocalDate, besides person: Int) -> String {
        for later in 1...35 where random.chance(0.06) {
            let come = (arrivals[day + later] ?? []).filter { $0 != person && !customers[$0].isOrganisation }
            if !come.isEmpty { return customers[random.pick(come)].name }
        }
        return names.person(&random)
    }
}
