import Kernel

extension EconomicsStore.Kept {
    /// As the API and `regulars economics --json` say it: money in minor units, shares from 0 to 1.
    var json: JSON {
        .object([
            ("computed_at", .text(computedAt.iso)), ("through", .text(figures.through?.description)),
            ("history_begins", .text(figures.earliest?.description)), ("currency", .text(figures.currency)),
            ("customers", .int(figures.customers)), ("purchases_without_money", .int(figures.withoutMoney)),
            ("margin_rate", .number(figures.rate)), ("discount", .real(figures.discount)),
            ("repeat", .block(figures.repeats) { $0.json }),
            ("cohorts", .block(figures.cohorts) { $0.json }),
            ("retention", .block(figures.retention) { $0.json }),
            ("worth", .block(figures.worth) { $0.json }),
            ("acquisition", .block(figures.acquisition) { $0.json }),
            ("concentration", .block(figures.concentration) { $0.json }),
        ])
    }
}

extension JSON {
    static func number(_ number: Double?) -> JSON { number.map { .real($0) } ?? .null }

    fileprivate static func block<Figures>(
        _ block: EconomicsFigures.Block<Figures>, _ json: (Figures) -> JSON
    ) -> JSON {
        block.figures.map(json) ?? .object([("missing", .text(block.missing))])
    }

    fileprivate static func share(_ share: EconomicsFigures.Share?) -> JSON {
        guard let share else { return .null }
        return .object([
            ("share", .real(share.share)), ("lower", .real(share.lower)), ("upper", .real(share.upper)),
        ])
    }

    fileprivate static func month(_ month: Int) -> JSON {
        .text(String(LocalDate.first(ofMonth: month).description.prefix(7)))
    }

    fileprivate static func days(_ days: [LocalDate]) -> JSON {
        .object([("from", .text(days.first?.description)), ("to", .text(days.last?.description))])
    }
}

extension RepeatFigures {
    fileprivate var json: JSON {
        .object([
            ("customers", .int(customers)), ("returned", .int(returned)),
            ("within", .list(points.map(\.json))), ("curve", .list(curve.map(\.json))),
            (
                "quarters",
                .list(
                    quarters.map { quarter in
                        .object([
                            ("quarter", .text("\(quarter.year)-Q\(quarter.quarter)")),
                            ("customers", .int(quarter.customers)),
                            ("within", .list(quarter.points.map(\.json))),
                        ])
                    })
            ),
            ("change", change?.json ?? .null),
        ])
    }
}

extension RepeatFigures.Point {
    fileprivate var json: JSON { .object([("days", .int(day)), ("returned", .share(share))]) }
}

extension RepeatFigures.Change {
    fileprivate var json: JSON {
        .object([
            ("customers", .list(customers.map { .int($0) })), ("observed", .list(observed.map { .int($0) })),
            ("expected", .list(expected.map { .real($0) })), ("z", .number(z)), ("p_value", .real(pValue)),
        ])
    }
}

extension CohortFigures {
    fileprivate var json: JSON {
        .object([
            ("last_month", .month(lastMonth)), ("last_month_unfinished", .bool(lastMonthIsUnfinished)),
            ("older_cohorts", .int(olderCohorts)),
            (
                "rows",
                .list(
                    cohorts.map { cohort in
                        .object([
                            ("month", .month(cohort.month)),
                            ("active", .list(cohort.active.map { .int($0) })),
                            ("spend", .list(cohort.spend.map { .int($0) })),
                        ])
                    })
            ),
        ])
    }
}

extension RetentionFigures {
    fileprivate var json: JSON {
        .object([
            ("before", .days(before)), ("now", .days(now)), ("last_year_is_cut", .bool(lastYearIsCut)),
            ("all", all.json("age")), ("by_age", .list(ages.map { $0.json("age") })),
            ("by_year", .list(years.map { $0.json("years_ago") })),
        ])
    }
}

extension RetentionFigures.Row {
    fileprivate func json(_ name: String) -> JSON {
        .object([
            (name, .int(number)), ("customers", .int(before)), ("again", .int(again)),
            ("retention", .share(share)),
        ])
    }
}

extension WorthFigures {
    fileprivate var json: JSON {
        .object([
            ("customers", .int(customers)), ("margin_per_customer_and_year", .real(margin)),
            ("retention", .share(retention)), ("lifetime_value", .real(lifetimeValue)),
            ("costed_share", .number(costedShare)),
            (
                "gains",
                .list(
                    gains.map { gain in
                        .object([
                            ("points", .real(gain.points)), ("per_customer", .real(gain.perCustomer)),
                            ("lower", .number(gain.lower)), ("upper", .number(gain.upper)),
                            ("relative", .real(gain.relative)),
                            ("break_even_per_customer_and_year", .real(gain.breakEven)),
                            ("total", .real(gain.total)),
                        ])
                    })
            ),
        ])
    }
}

extension AcquisitionFigures {
    fileprivate var json: JSON {
        .object([
            ("from", .text(from.description)), ("to", .text(to.description)),
            ("loss_per_year", .number(loss)), ("sources", .list(rows.map(\.json))), ("all", all.json),
            ("spend_in_other_currencies", .list(spendInOtherCurrencies.map { .text($0) })),
        ])
    }
}

extension AcquisitionFigures.Row {
    fileprivate var json: JSON {
        .object([
            ("source", .text(source)), ("customers", .int(customers)), ("spend", .int(spend.map(Int64.init))),
            (
                "campaigns",
                .list(
                    campaigns.map { .object([("name", .text($0.name)), ("spend", .int($0.spend))]) })
            ),
            ("cost_per_customer", .number(cost)), ("first_revenue", .number(firstRevenue)),
            ("first_margin", .number(firstMargin)), ("left_after_first", .number(left)),
            ("monthly_margin", .number(monthly)), ("payback_simple", simple.json),
            ("payback_adjusted", adjusted.json),
        ])
    }
}

extension AcquisitionFigures.Payback {
    /// Months, `"never"`, or null where it cannot be told.
    fileprivate var json: JSON {
        switch self {
        case .months(let months): .real(months)
        case .never: .text("never")
        case .unknown: .null
        }
    }
}

extension ConcentrationFigures {
    fileprivate var json: JSON {
        .object([
            ("customers", .int(customers)), ("revenue", .int(revenue)),
            ("top", .list(top.map { .real($0) })),
            (
                "largest",
                .list(
                    largest.map { .object([("customer_id", .int($0.id)), ("revenue", .int($0.revenue))]) })
            ),
            ("herfindahl", .real(herfindahl)), ("effective_customers", .real(effectiveCustomers)),
            ("new", .int(new)), ("lost", .int(lost)), ("renewal_ratio", .number(ratio)),
            ("renewal_ratio_lower", .number(ratioLower)), ("renewal_ratio_upper", .number(ratioUpper)),
            ("new_business_per_month", .number(newBusiness)),
            ("months_to_replace_top_two", .number(monthsToReplace)),
        ])
    }
}
