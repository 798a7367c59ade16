import Kernel
import Tabular

/// How the cells of one import are read: the same in both passes, so that both take the same rows.
struct RowRules: Sendable {
    let mapping: ImportMapping
    let order: DateOrder
    let decimalComma: Bool
    let currency: Currency
    let zone: Zone
    /// Days after this one are in the future, as seen when the import was begun, and refused.
    let lastDay: Int
    /// How scores are read, for a file of answers.
    let scores: ScoreReader?
    /// Which columns hold fields of the house's own.
    let own: [OwnColumn]

    init(_ item: Import, zone: Zone, fields: [CustomField] = []) throws(ImportRefusal) {
        mapping = item.mapping
        own = try OwnColumn.columns(of: item, fields)
        guard item.mapping[.at] == nil || item.format.dateOrder != nil else { throw .dateOrderOpen }
        order = item.format.dateOrder ?? .iso
        decimalComma = item.format.decimalComma
        currency = item.currency
        self.zone = zone
        lastDay = zone.day(of: item.createdAt).daysSinceEpoch + 1
        scores = try item.checkedQuestion()
    }

    /// A row that cannot be trusted as a whole.
    @inline(__always)
    func judge(_ row: borrowing RowView) throws(CellRefusal) {
        if let problem = row.problem { throw CellRefusal(nil, Remark(problem)) }
    }

    /// The day in the organisation's zone, and the moment in milliseconds or `Int64.min` where only a day is given.
    func day(_ row: borrowing RowView, _ column: Int) throws(CellRefusal) -> (day: Int, at: Int64) {
        let moment: CivilMoment
        do throws(CellProblem) {
            moment = try parseDate(row.bytes(column), order: order)
        } catch {
            throw CellRefusal(.at, Remark(error), column: column)
        }
        var (day, at) = (moment.daysSinceEpoch, Int64.min)
        if let second = moment.secondOfDay {
            if let east = moment.offsetMinutes {
                let local = Int64(day * 86_400 + second - east * 60) * 1000
                at = local + Int64(moment.millisecond)
                day = zone.day(of: Instant(milliseconds: at)).daysSinceEpoch
            } else {
                let date = LocalDate(daysSinceEpoch: day)
                let instant = zone.instant(of: date, secondOfDay: second, milliseconds: moment.millisecond)
                at = instant.milliseconds
            }
        }
        guard day <= lastDay else { throw CellRefusal(.at, Remark("future"), column: column) }
        return (day, at)
    }

    func amount(
        _ row: borrowing RowView, _ column: Int, _ field: ImportField, exponent: Int
    ) throws(CellRefusal) -> Int64 {
        do throws(CellProblem) {
            return try parseAmount(row.bytes(column), exponent: exponent, decimalComma: decimalComma)
        } catch {
            throw CellRefusal(field, Remark(error), column: column)
        }
    }

    /// A whole number, or `standard` where the cell is empty or nobody mapped it.
    func whole(
        _ row: borrowing RowView, _ column: Int, _ field: ImportField, standard: Int64, limit: Int64
    ) throws(CellRefusal) -> Int64 {
        guard column >= 0, row.bytes(column).count > 0 else { return standard }
        let number: Int64
        do throws(CellProblem) {
            number = try parseInteger(row.bytes(column), decimalComma: decimalComma)
        } catch {
            throw CellRefusal(field, Remark(error), column: column)
        }
        guard number.magnitude <= limit.magnitude else {
            throw CellRefusal(field, Remark("tooLarge"), column: column)
        }
        return number
    }

    /// The bytes of a short text on one line; none where nobody mapped it.
    @inline(__always)
    func line(
        _ row: borrowing RowView, _ column: Int, _ field: ImportField, limit: Int = RowRules.textLimit
    ) throws(CellRefusal) -> UnsafeBufferPointer<UInt8> {
        guard column >= 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
        let bytes = row.bytes(column)
        guard bytes.count <= limit else {
            throw CellRefusal(field, Remark("textTooLong", String(limit)), column: column)
        }
        for byte in bytes where byte < 0x20 || byte == 0x7F {
            throw CellRefusal(field, Remark("controlCharacter"), column: column)
        }
        return bytes
    }

    /// The same, where something must stand.
    @inline(__always)
    func required(
        _ row: borrowing RowView, _ column: Int, _ field: ImportField
    ) throws(CellRefusal) -> UnsafeBufferPointer<UInt8> {
        let bytes = try line(row, column, field)
        guard bytes.count > 0 else {
            throw CellRefusal(field, Remark(CellProblem.emptyValue), column: column)
        }
        return bytes
    }

    /// Words in which line breaks may stand.
    func words(
        _ row: borrowing RowView, _ column: Int, _ field: ImportField, limit: Int
    ) throws(CellRefusal) -> String {
        guard column >= 0 else { return "" }
        let bytes = row.bytes(column)
        guard bytes.count <= limit else {
            throw CellRefusal(field, Remark("textTooLong", String(limit)), column: column)
        }
        guard !bytes.contains(0) else { throw CellRefusal(field, Remark("controlCharacter"), column: column) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What forms and the API allow as well.
    static let textLimit = 400
}
