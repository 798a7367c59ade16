import Kernel
import Storage
import Tabular

/// The row among the imports under which a sample company stands. There is no file behind it.
struct SampleImport {
    let rows: Int
    let currency: Currency
    let act: Act

    func add(in connection: any Connection) throws -> Int64 {
        let insert: SQL = """
            INSERT INTO import (kind, state, wanted, file_name, path, format, mapping, header_key, currency, source,
                sample, print, file_bytes, rows_read, rows_accepted, rows_refused, rows_known, next_offset, next_line,
                summary, problem, started_by, created_at, phase_at, finished_at)
            VALUES ('purchases', 'complete', '', 'sample', '', \(Stored.text(of: TableFormat())), '', '',
                \(currency), \(SampleLoading.source), TRUE, '', 0, \(rows), \(rows), 0, 0, 0, 1,
                \(Stored.text(of: ImportSummary())), '', \(act.actor), \(act.at), \(act.at), \(act.at))
            RETURNING id
            """
        guard let number = try connection.first(insert, { try $0.int64(0) }) else {
            throw StorageError.broken("the sample import was added without an id")
        }
        return number
    }
}
