import Kernel

/// Writes the company's three years down, day by day and life by life.
struct SampleDiary {
    let story: SampleStory
    var random: SampleRandom
    var names = SampleNames()
    var customers: [SampleCustomer] = []
    var purchases: [SamplePurchase] = []
    var acts: [SampleAct] = []
    /// Who came first on which day, for friends who were told.
    var arrivals: [LocalDate: [Int]] = [:]

    init(seed: UInt64, endingOn end: LocalDate) {
        story = SampleStory(endingOn: end)
        random = SampleRandom(seed: seed)
    }

    mutating func write() {
        var lives: [SampleLife] = []
        var day = story.opening
        while day <= story.end {
            let season = SampleCalendar.season(day)
            for _ in 0..<random.count(mean: story.newcomers(on: day) * season) {
                lives.append(person(on: day, fromCampaign: false))
            }
            for _ in 0..<random.count(mean: story.flood(on: day)) {
                lives.append(person(on: day, fromCampaign: true))
            }
            for _ in 0..<random.count(mean: day < story.turn ? 0.16 : 0.04) {
                lives.append(organisation(on: day))
            }
            if random.chance(0.14) { prospect(on: day) }
            day = day + 1
        }
        for life in lives { live(life) }
        for life in lives { praise(life) }
        praiseFromOutside()
    }
}

extension SampleDiary {
    /// Somebody new at the door. Most leave a way to reach them; the campaign's visitors leave a mail address only.
    private mutating func person(on day: LocalDate, fromCampaign: Bool) -> SampleLife {
        let habit = SampleHabit.newcomer(fromCampaign: fromCampaign, &random)
        let channel = habit.channel(fromCampaign: fromCampaign, &random)
        let name = names.person(&random)
        var customer = SampleCustomer(name: name, isOrganisation: false, since: day)
        if channel != .shop || random.chance(0.72) { customer.email = names.email(for: name, &random) }
        if !fromCampaign, random.chance(channel == .phone ? 1 : 0.38) { customer.phone = names.phone() }
        let money = channel == .web && random.chance(0.05) ? random.pick(["USD", "GBP", "CHF", "DKK"]) : nil
        return add(customer, habit, channel, money, fromCampaign)
    }

    /// A café or an office, with the people we talk to there.
    private mutating func organisation(on day: LocalDate) -> SampleLife {
        let name = names.organisation(&random)
        let channel = SampleHabit.wholesale.channel(fromCampaign: false, &random)
        var customer = SampleCustomer(name: name, isOrganisation: true, since: day)
        customer.email = names.email(for: name, &random)
        customer.phone = names.phone()
        let place = customers.count
        let life = add(customer, .wholesale, channel, nil, false)
        for _ in 0..<random.int(1...4) {
            let name = names.person(&random)
            var person = SampleCustomer(name: name, isOrganisation: false, since: day, organisation: place)
            if random.chance(0.9) { person.email = names.email(for: name, &random) }
            if random.chance(0.5) { person.phone = names.phone() }
            customers.append(person)
        }
        return life
    }

    /// Somebody who left an address at a tasting or a fair, and never bought.
    private mutating func prospect(on day: LocalDate) {
        let name = names.person(&random)
        let email = names.email(for: name, &random)
        customers.append(SampleCustomer(name: name, isOrganisation: false, email: email, since: day))
    }

    private mutating func add(
        _ customer: SampleCustomer, _ habit: SampleHabit, _ channel: SampleChannel, _ money: String?,
        _ fromCampaign: Bool
    ) -> SampleLife {
        customers.append(customer)
        arrivals[customer.since, default: []].append(customers.count - 1)
        return SampleLife(
            customer: customers.count - 1, habit: habit, channel: channel, currency: money,
            fromCampaign: fromCampaign, first: customer.since,
            last: customer.since + Int(random.wait(mean: habit.life)))
    }
}

/// One customer's time with us.
struct SampleLife {
    let customer: Int
    let habit: SampleHabit
    let channel: SampleChannel
    let currency: String?
    let fromCampaign: Bool
    let first: LocalDate
    let last: LocalDate
}
