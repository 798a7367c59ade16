import Hummingbird
public import Kernel
import Markup
import Storage
import Web

/// Figures for programs.
struct FigureAPI: Sendable {
    let desk: Desk
    let figures: FigureStore

    var all: [Route] {
        [
            .api(.get, "/api/v2/contacts/:id/figures", needs: .seeCustomers, use: customer),
            .api(.get, "/api/v2/companies/:id/figures", needs: .seeCustomers, use: customer),
            .api(.get, "/api/v2/model", needs: .seeProfile, use: model),
        ]
    }

    @Sendable func customer(_ request: Request, in context: APIContext) async throws -> Response {
        let id: ID<Party> = try context.parameters.id()
        let isKnown = try await desk.database.read { try CustomerStore.customer(id, in: $0) != nil }
        guard isKnown, let found = try await figures.figures(of: id), let customer = found.figures else {
            throw NotFound()
        }
        return .json(customer.json(found.run.report))
    }

    @Sendable func model(_ request: Request, in context: APIContext) async throws -> Response {
        guard let run = try await figures.latest() else { throw NotFound() }
        return .json(run.report.json(finishedAt: run.finishedAt))
    }
}

extension CustomerFigures {
    func json(_ report: FigureReport) -> JSON {
        let currency = Currency(report.currency)
        func money(_ minor: Int64?) -> JSON {
            guard let minor, let currency else { return .null }
            return .money(Money(minor: minor, currency: currency))
        }
        return .object([
            ("customer_id", .int(party.value)), ("as_of", .text(report.day.description)),
            ("model", .text(report.model?.rawValue)), ("probability_alive", .real(orNull: alive)),
            ("probability_alive_four_weeks_before", .real(orNull: aliveBefore)),
            ("horizon_months", .int(report.horizonMonths)),
            ("expected_purchases", .real(orNull: expectedPurchases)),
            ("expected_value", money(expectedWorth)),
            ("value_so_far", money(worth)), ("occasions", .int(occasions)),
            ("first_day", .text(firstDay.description)), ("last_day", .text(lastDay.description)),
            ("usual_gap_days", .real(orNull: usualGap)),
            ("days_overdue", .real(orNull: daysOverdue(at: report.day))),
        ])
    }
}

extension FigureReport {
    /// As the API and `regulars figures --json` say it.
    public func json(finishedAt: Instant) -> JSON {
        .object([
            ("as_of", .text(day.description)), ("first_day", .text(firstDay.description)),
            ("finished_at", .text(finishedAt.iso)), ("customers", .int(customers)),
            ("repeaters", .int(repeaters)), ("repeat_purchases", .int(repeatPurchases)),
            ("horizon_months", .int(horizonMonths)), ("model", .text(model?.rawValue)),
            ("asked_for", .bool(wasAskedFor)), ("time_unit", .text("weeks")),
            ("parameters", FigureReport.json(parameters)), ("log_likelihood", .real(orNull: logLikelihood)),
            ("refusal", .text(refusal?.phrase.text)), ("spend", spend.json),
            ("backtest", backtest?.json ?? .null), ("backtest_refusal", .text(backtestRefusal?.phrase.text)),
            ("repeat_curve", curve?.json ?? .null),
            (
                "lists",
                .list(
                    lists.map {
                        .object([
                            ("list", .text($0.list.rawValue)), ("customers", .int($0.customers)),
                            ("left_alone", .int($0.held)), ("money_minor", .int($0.money)),
                        ])
                    })
            ),
            ("seconds", .real(seconds)),
        ])
    }

    fileprivate static func json(_ parameters: [FigureParameter]) -> JSON {
        .object(parameters.map { ($0.name, .real($0.value)) })
    }
}

extension SpendReport {
    fileprivate var json: JSON {
        .object([
            ("model", .text(refusal == nil ? "gamma-gamma" : nil)),
            ("parameters", FigureReport.json(parameters)), ("correlation", .real(orNull: correlation)),
            ("doubtful", .bool(isDoubtful)), ("repeaters", .int(repeaters)),
            ("mean_minor", .real(orNull: mean)), ("refusal", .text(refusal?.phrase.text)),
        ])
    }
}

extension BacktestFindings {
    fileprivate var json: JSON {
        .object([
            ("model", .text(model.rawValue)), ("calibrate_until", .text(cut.description)),
            ("end", .text(end.description)), ("customers", .int(customers)),
            ("repeat_purchases", .int(repeatPurchases)), ("log_likelihood", .real(logLikelihood)),
            ("parameters", FigureReport.json(parameters)), ("expected", .real(expected)),
            ("actual", .int(actual)), ("deviation", .real(orNull: deviation)),
            (
                "bins",
                .list(
                    bins.map {
                        .object([
                            ("repeats", .int($0.repeats)), ("and_more", .bool($0.isOpen)),
                            ("customers", .int($0.customers)), ("expected", .real($0.expected)),
                            ("actual", .int($0.actual)),
                        ])
                    })
            ),
        ])
    }
}

extension RepeatWindow {
    fileprivate var json: JSON {
        .object([
            ("people", .int(people)), ("returning", .real(returning)), ("reach_days", .int(reach)),
            ("half_day", .int(halfDay)), ("late_day", .int(lateDay)),
        ])
    }
}

extension JSON {
    /// A number that may be missing.
    static func real(orNull number: Double?) -> JSON { number.map { .real($0) } ?? .null }
}
