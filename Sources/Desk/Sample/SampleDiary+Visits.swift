import Kernel

extension SampleDiary {
    /// All visits of a life. The first is on the day of arrival, the others fall on days their channel likes.
    mutating func live(_ life: SampleLife) {
        var day = life.first
        visit(life, on: day)
        guard life.habit != .once else { return }
        while true {
            let pause = life.habit.gap * (life.habit == .subscriber ? 1 : 0.4 + random.wait(mean: 0.6))
            let season = life.habit == .subscriber ? 1 : SampleCalendar.season(day)
            day = SampleCalendar.day(near: day + max(1, Int(pause / season) - 2), life.channel, &random)
            guard day <= life.last, day <= story.end else { return }
            visit(life, on: day)
        }
    }

    /// One receipt, seldom two on a day.
    private mutating func visit(_ life: SampleLife, on day: LocalDate) {
        let isFirst = day == life.first
        let second = SampleCalendar.second(life.channel, &random)
        if isFirst, life.fromCampaign {
            buy(SampleProducts.welcome, 1, life, day, second)
            return
        }
        buyBasket(life, day, second)
        if life.habit == .regular, life.channel == .shop, second < 43_200, random.chance(0.06) {
            buyBasket(life, day, second + random.int(7200...18_000))
        }
    }

    private mutating func buyBasket(_ life: SampleLife, _ day: LocalDate, _ second: Int) {
        switch life.habit {
        case .subscriber:
            // The same size for the whole life of the subscription.
            buy(SampleProducts.subscriptions[life.customer % 3], 1, life, day, second)
            if random.chance(0.08) { buy(random.pick(SampleProducts.beans), 1, life, day, second) }
        case .wholesale:
            let product = SampleProducts.wholesale[(life.customer + (random.chance(0.25) ? 1 : 0)) % 4]
            buy(product, random.int(2...4 + life.customer % 11), life, day, second)
            if random.chance(0.2) { buy(SampleProducts.wholesale[4], random.int(1...3), life, day, second) }
            if random.chance(0.02) { buy(random.pick(SampleProducts.services), 1, life, day, second) }
        default:
            buyRetail(life, day, second)
        }
    }

    private mutating func buyRetail(_ life: SampleLife, _ day: LocalDate, _ second: Int) {
        if life.channel == .shop {
            if random.chance(0.62) {
                buy(random.pick(SampleProducts.cups), random.chance(0.25) ? 2 : 1, life, day, second)
                if random.chance(0.3) { buy(random.pick(SampleProducts.cups), 1, life, day, second) }
            } else {
                buy(random.pick(SampleProducts.beans), 1, life, day, second)
            }
            return
        }
        let isGear = random.chance(0.16)
        buy(
            random.pick(isGear ? SampleProducts.gear : SampleProducts.beans), random.chance(0.2) ? 2 : 1,
            life, day, second)
        if random.chance(0.24) { buy(random.pick(SampleProducts.beans), 1, life, day, second) }
    }

    private mutating func buy(
        _ product: SampleProduct, _ quantity: Int, _ life: SampleLife, _ day: LocalDate, _ second: Int
    ) {
        let price = story.price(product.price, on: day) * quantity
        // Events are priced before anybody knows what they will cost.
        let cost = product.name == "Tasting evening" ? nil : product.cost * quantity
        // The welcome box was sold for a voucher, and nothing else was.
        let channel =
            product.name == SampleProducts.welcome.name
            ? SampleSpend.campaignSource : life.channel.rawValue
        func line(_ sign: Int, _ day: LocalDate, _ second: Int) -> SamplePurchase {
            SamplePurchase(
                customer: life.customer, day: day, second: second, amount: sign * price,
                cost: cost.map { sign * $0 },
                quantity: sign * quantity, product: product.name, channel: channel,
                currency: life.currency)
        }
        purchases.append(line(1, day, second))
        guard price > 800, random.chance(0.012) else { return }
        let back = day + random.int(0...13)
        if back <= story.end {
            purchases.append(line(-1, back, min(second + random.int(600...9000), 86_000)))
        }
    }
}
