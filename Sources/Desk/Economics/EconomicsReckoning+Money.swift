import Kernel
import Methods

extension EconomicsReckoning {
    func worth(_ retention: RetentionFigures?) -> EconomicsFigures.Block<WorthFigures> {
        guard let retention else { return .missing("noRetention") }
        guard count.activeThisYear > 0, count.thisYear.revenue > 0 else { return .missing("noRevenue") }
        guard let margin = count.thisYear.margin(rate: rate) else { return .missing("noMargin") }
        guard margin > 0 else { return .missing("lossMaking") }
        let each = margin / Double(count.activeThisYear)
        guard let base = model(each, retention.all.share.share) else { return .missing("everybodyStays") }
        return .shown(
            WorthFigures(
                customers: count.activeThisYear, margin: each, retention: retention.all.share,
                lifetimeValue: base.lifetimeValue.minorUnits,
                gains: [1, 5].compactMap { gain(of: $0, base, retention.all.share) },
                costedShare: count.thisYear.costedShare))
    }

    private func model(_ margin: Double, _ retention: Double) -> ConstantRetention<Years>? {
        guard let discount = try? DiscountRate<Years>(discount) else { return nil }
        return try? ConstantRetention(
            margin: Amount(minorUnits: margin), retention: retention, discount: discount)
    }

    private func gain(
        of points: Double, _ base: ConstantRetention<Years>, _ range: EconomicsFigures.Share
    ) -> WorthFigures.Gain? {
        guard let gain = try? base.gain(fromPoints: points) else { return nil }
        func end(_ retention: Double) -> Double? {
            (try? model(base.margin.minorUnits, retention)?.gain(fromPoints: points))?.perCustomer.minorUnits
        }
        return WorthFigures.Gain(
            points: points, perCustomer: gain.perCustomer.minorUnits, lower: end(range.lower),
            upper: end(range.upper), relative: gain.relative, breakEven: gain.breakEvenPerPeriod.minorUnits,
            total: gain.perCustomer.minorUnits * Double(count.activeThisYear))
    }

    func acquisition(_ retention: RetentionFigures?) -> EconomicsFigures.Block<AcquisitionFigures> {
        guard let from = count.wonFrom else { return .missing("noSpend") }
        let loss = retention.map { 1 - $0.all.share.share }
        let keys = Set(count.won.keys).union(spend.sources.keys)
        let rows = keys.map { key in
            row(
                count.won[key]?.name ?? spend.sources[key]?.name ?? key, count.won[key] ?? .init(),
                spend.sources[key], loss)
        }
        var everyone = EconomicsCount.Won()
        for won in count.won.values { everyone += won }
        var all = SpendCount.Source()
        for source in spend.sources.values { all.amount += source.amount }
        return .shown(
            AcquisitionFigures(
                from: LocalDate(daysSinceEpoch: from), to: LocalDate(daysSinceEpoch: calendar.through),
                rows: rows.sorted {
                    ($0.spend ?? -1, $0.customers, $1.source) > ($1.spend ?? -1, $1.customers, $0.source)
                },
                all: row("", everyone, spend.sources.isEmpty ? nil : all, loss), loss: loss,
                spendInOtherCurrencies: spend.otherCurrencies.sorted()))
    }

    private func row(
        _ source: String, _ won: EconomicsCount.Won, _ spend: SpendCount.Source?, _ loss: Double?
    ) -> AcquisitionFigures.Row {
        let cost = spend.flatMap { spend in
            try? AcquisitionCost<Months>(
                spend: [Amount(minorUnits: Double(spend.amount))], won: [won.customers]
            ).overall
        }
        let customers = Double(won.customers)
        func each(_ amount: Double?) -> Double? { won.customers > 0 ? amount.map { $0 / customers } : nil }
        let first = each(won.first.margin(rate: rate))
        let months = Double(won.days) / EconomicsCalendar.monthDays
        let laterMargin = won.later == MarginSum() ? 0 : won.later.margin(rate: rate)
        let monthly = months > 0 ? laterMargin.map { $0 / months } : nil
        let revenue = each(Double(won.first.revenue))
        var row = AcquisitionFigures.Row(
            source: source, customers: won.customers, spend: spend?.amount, campaigns: spend?.campaigns ?? [],
            cost: cost?.minorUnits, firstRevenue: revenue, firstMargin: first, left: nil, monthly: monthly,
            simple: .unknown, adjusted: .unknown)
        guard let cost, let first else { return row }
        row.left = first - cost.minorUnits
        guard let monthly else { return row }
        let open = Amount(minorUnits: max(0, cost.minorUnits - first))
        row.simple = paid(open, monthly, loss: 0)
        row.adjusted = loss.map { paid(open, monthly, loss: $0) } ?? .unknown
        return row
    }

    /// When what is still open after the first purchase has been earned by the later ones.
    private func paid(_ open: Amount, _ monthly: Double, loss: Double) -> AcquisitionFigures.Payback {
        guard loss < 1, let churn = try? Churn<Years>(loss).converted(to: Months.self),
            let answer = try? payback(of: open, from: Amount(minorUnits: monthly), churn: churn)
        else { return open > .zero ? .never : .months(0) }
        switch answer {
        case .after(let time): return .months(time.value)
        case .never: return .never
        }
    }

    func concentration(_ retention: RetentionFigures?) -> EconomicsFigures.Block<ConcentrationFigures> {
        guard let weight = try? Concentration(revenue: count.revenue) else { return .missing("noRevenue") }
        let lost = retention.map { $0.all.before - $0.all.again }
        let ratio = lost.flatMap { lost in
            try? RenewalRatio(
                new: count.newThisYear, customers: repeatElement(.contract(ended: true), count: lost))
        }
        let isWhole = (count.earliest ?? calendar.through) <= calendar.days(ofYear: 1).lowerBound
        let business = isWhole && count.wonLastYear > 0 ? Double(max(0, count.firstYearRevenue)) / 12 : nil
        let time: Time<Months>? = business.flatMap { amount in
            (try? weight.time(toReplaceTop: 2, newBusiness: Amount(minorUnits: amount), per: Months.self))
                ?? nil
        }
        return .shown(
            ConcentrationFigures(
                customers: count.revenue.count, revenue: weight.total,
                top: (1...3).compactMap { try? weight.share(ofTop: $0) }, largest: count.largest,
                herfindahl: weight.herfindahl, effectiveCustomers: weight.effectiveCustomers,
                new: count.newThisYear, lost: lost ?? 0, ratio: ratio?.ratio, ratioLower: ratio?.range?.lower,
                ratioUpper: ratio?.range?.upper, newBusiness: business, monthsToReplace: time?.value))
    }
}
