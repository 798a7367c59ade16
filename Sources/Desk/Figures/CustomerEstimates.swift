import Kernel
import Methods

/// Asks the models about one customer after another. Equal histories are asked once.
struct CustomerEstimates {
    private struct Answer {
        var alive: Double?
        var aliveBefore: Double?
        var purchases: Double?
    }

    private struct Key: Hashable {
        let repeats: Int
        let last: Int32
        let first: Int32
    }

    let fitted: FittedForecast?
    let spend: GammaGamma?
    let day: LocalDate
    let horizon: Time<Weeks>
    private var known: [Key: Answer] = [:]

    init(fitted: FittedForecast?, spend: GammaGamma?, day: LocalDate, months: Int) {
        self.fitted = fitted
        self.spend = spend
        self.day = day
        horizon = Time<Months>(Double(months)).converted()
    }

    /// Everything about the customer at this place of the ledger.
    mutating func figures(_ index: Int, of ledger: Ledger) throws -> CustomerFigures {
        let days = ledger.days(index)
        guard let first = days.first, let last = days.last else { throw OutOfRangeDay() }
        let answer = try answer(index, of: ledger, Key(repeats: days.count - 1, last: last, first: first))
        return CustomerFigures(
            party: ID(ledger.parties[index]), firstDay: LocalDate(daysSinceEpoch: Int(first)),
            lastDay: LocalDate(daysSinceEpoch: Int(last)), occasions: days.count,
            worth: ledger.worths[index], usualGap: CustomerFigures.usualGap(of: days), alive: answer.alive,
            aliveBefore: answer.aliveBefore, expectedPurchases: answer.purchases,
            expectedWorth: worth(index, of: ledger, answer.purchases))
    }

    private mutating func answer(_ index: Int, of ledger: Ledger, _ key: Key) throws -> Answer {
        guard let fitted else { return Answer() }
        // What was four weeks ago depends on the days between, unless nothing happened since.
        let border = Int32(truncatingIfNeeded: day.daysSinceEpoch - CustomerEstimates.lookBack)
        let isQuiet = key.last <= border
        if isQuiet, let answer = known[key] { return answer }
        guard let customer = ledger.purchaseDays(index),
            let now = customer.history(through: day.daysSinceEpoch, in: Weeks.self)
        else { return Answer() }
        let before = customer.history(through: Int(border), in: Weeks.self)
        let answer = Answer(
            alive: fitted.model.alive(now).probability,
            aliveBefore: before.flatMap { fitted.model.alive($0).probability },
            purchases: try fitted.model.expectedPurchases(of: now, within: horizon))
        if isQuiet, known.count < 200_000 { known[key] = answer }
        return answer
    }

    /// Expected purchases times what one of them is worth.
    private func worth(_ index: Int, of ledger: Ledger, _ purchases: Double?) -> Int64? {
        guard let spend, let purchases, ledger.isInOwnCurrency(index) else { return nil }
        let each: Amount?
        if ledger.days(index).count > 1 {
            // Repeat purchases that brought nothing are expected to go on bringing nothing.
            guard let history = ledger.spend(index) else { return 0 }
            each = spend.expectedSpend(of: history)
        } else {
            each = spend.populationMean
        }
        guard let total = each.map({ ($0 * purchases).minorUnits.rounded() }), abs(total) < 1e15 else {
            return nil
        }
        return Int64(total)
    }

    /// The library's look back, in days.
    private static let lookBack: Int = {
        let days: Time<Days> = AtRiskRule.lookBack.converted()
        return Int(days.value.rounded())
    }()
}

/// A customer without a day is no customer: the ledger is broken.
struct OutOfRangeDay: Error {}
