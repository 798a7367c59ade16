/// Which columns hold dates and how they write them, judged by all their sampled values together.
struct DateOrderGuess {
    private(set) var isDate: [Bool] = []
    /// The order of each column; `nil` where it could be day or month first.
    private(set) var orders: [DateOrder?] = []
    private(set) var doubts: [Ambiguity] = []

    /// The order for the file: that of its first column of dates whose order is beyond doubt.
    var fileOrder: DateOrder? { orders.lazy.compactMap(\.self).first }

    /// - Parameter names: the column names, or `nil` if the file gives none.
    init(columns: ColumnSamples, names: [String]?) {
        var open: [Int] = []
        for (column, cells) in columns.values.enumerated() {
            let verdict = Self.judge(cells, name: names?[column])
            isDate.append(verdict.isDate)
            orders.append(verdict.order)
            if verdict.isMixed { doubts.append(.dateOrderMixed(column: column)) }
            if verdict.isDate, verdict.order == nil { open.append(column) }
        }
        // One column that decides between day and month decides for its neighbours.
        let decided = orders.first { $0 == .dayMonthYear || $0 == .monthDayYear } ?? nil
        for column in open {
            if let decided {
                orders[column] = decided
            } else {
                doubts.append(.dateOrderAmbiguous(column: column))
            }
        }
    }

    private struct Verdict {
        var isDate = false
        var order: DateOrder?
        var isMixed = false
    }

    private static func judge(_ cells: [String], name: String?) -> Verdict {
        guard !cells.isEmpty else { return Verdict() }
        for order in [DateOrder.iso, .compact]
        where ColumnSamples.agree(cells, { CellLook.isDate($0, order) }) {
            return Verdict(isDate: true, order: order)
        }
        if let verdict = judgeDayAndMonth(cells) { return verdict }
        if name.map(soundsLikeTime) ?? true {
            for order in [DateOrder.unixSeconds, .unixMillis]
            where ColumnSamples.agree(cells, { isRecent($0, order) }) {
                return Verdict(isDate: true, order: order)
            }
        }
        guard ColumnSamples.agree(cells, CellLook.isDate) else { return Verdict() }
        let orders: [DateOrder] = [.iso, .compact, .dayMonthYear, .monthDayYear]
        let counts = orders.map { order in cells.count { CellLook.isDate($0, order) } }
        let most = zip(orders, counts).max { $0.1 < $1.1 }?.0
        return Verdict(isDate: true, order: most, isMixed: true)
    }

    /// Any value that only works day first decides; values for both sides make the column mixed.
    private static func judgeDayAndMonth(_ cells: [String]) -> Verdict? {
        var (dayFirst, monthFirst, either, dotted) = (0, 0, 0, 0)
        for cell in cells {
            let isDay = CellLook.isDate(cell, .dayMonthYear) || isImpossibleDay(cell)
            let isMonth = CellLook.isDate(cell, .monthDayYear)
            dayFirst += isDay && !isMonth ? 1 : 0
            monthFirst += isMonth && !isDay ? 1 : 0
            either += isDay && isMonth ? 1 : 0
            dotted += isDay && cell.utf8.prefix(3).contains(Ascii.dot) ? 1 : 0
        }
        let total = dayFirst + monthFirst + either
        guard Double(total) >= ColumnSamples.agreement * Double(cells.count) else { return nil }
        if dayFirst == 0, monthFirst == 0 {
            // Nobody puts the month first and dots between.
            return Verdict(isDate: true, order: dotted == total ? .dayMonthYear : nil)
        }
        return Verdict(
            isDate: true, order: dayFirst >= monthFirst ? .dayMonthYear : .monthDayYear,
            isMixed: dayFirst > 0 && monthFirst > 0)
    }

    /// A day first and a month second, but one that this month does not have, as 31/02: it is refused later, and it
    /// still says how the column is written.
    private static func isImpossibleDay(_ cell: String) -> Bool {
        let parts = cell.split { !$0.isNumber }.prefix(3).map { Int($0) ?? 0 }
        let marks = cell.filter { !$0.isNumber }
        guard parts.count == 3, marks.count == 2, Set(marks).isSubset(of: ["/", ".", "-"]) else {
            return false
        }
        return (29...31).contains(parts[0]) && (1...12).contains(parts[1])
            && (parts[2] < 100 || parts[2] >= 1900)
    }

    /// Ten digits since 1990, or thirteen: anything else is more likely a number.
    private static func isRecent(_ cell: String, _ order: DateOrder) -> Bool {
        let digits = cell.utf8.prefix { $0 != Ascii.dot }.count
        return digits == (order == .unixSeconds ? 10 : 13) && CellLook.isDate(cell, order)
    }

    private static func soundsLikeTime(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["date", "time", "stamp", "created", "updated"].contains { name.contains($0) }
            || name.hasSuffix("_at") || name.hasSuffix(" at") || name == "ts"
    }
}
