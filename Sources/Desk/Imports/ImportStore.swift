import Foundation
public import Kernel
public import Storage
import Tabular

/// Every statement that touches the imports themselves; what they bring in is published by `Publishing`.
public struct ImportStore: Sendable {
    let database: any Database
    let clock: any WallClock
    let organisations: OrganisationStore
    /// Where uploads wait until they are imported.
    let folder: String

    public init(
        database: any Database, clock: any WallClock, organisations: OrganisationStore, folder: String
    ) {
        self.database = database
        self.clock = clock
        self.organisations = organisations
        self.folder = folder
    }

    /// Puts a file before somebody: looked at and guessed about, nothing read yet.
    public func begin(
        _ kind: ImportKind, path: String, fileName: String, options: ImportOptions = ImportOptions(),
        by act: Act
    ) async throws -> Import {
        let organisation = try await organisations.required()
        let head = try TableHead(path: path, options: options)
        let remembered = try await remembered(kind, head)
        let mapping = try mapping(kind, head, options, remembered)
        var format = head.format
        format.dateOrder =
            options.dateOrder ?? head.dateOrder(of: mapping[.at], remembered: remembered?.format.dateOrder)
        let currency = try currency(options, standard: remembered?.currency ?? organisation.currency)
        let question = ImportStore.question(options.question, remembered?.question, mapping, head)
        let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        let insert: SQL = """
            INSERT INTO import (kind, state, wanted, file_name, path, format, mapping, header_key, currency, source,
                sample, print, file_bytes, rows_read, rows_accepted, rows_refused, rows_known, next_offset, next_line,
                summary, problem, started_by, created_at, phase_at, question)
            VALUES (\(kind), \(ImportState.waiting), '', \(fileName.singleLine), \(path),
                \(Stored.text(of: format)), \(mapping.stored), \(head.key(kind)), \(currency), \(options.source),
                \(options.isSample), '', \(bytes), 0, 0, 0, 0, 0, 1, \(Stored.text(of: ImportSummary())), '',
                \(act.actor), \(act.at), \(act.at), \(Stored.text(of: question)))
            RETURNING \(Import.columns)
            """
        let begun = try await database.write { connection in
            guard let item = try connection.first(insert, Import.init) else {
                throw ImportRefusal.unknownImport
            }
            try connection.record("import.begun", "import", item.id.value, by: act)
            return item
        }
        await database.announce("imports")
        return begun
    }

    private func mapping(
        _ kind: ImportKind, _ head: TableHead, _ options: ImportOptions, _ remembered: Import?
    ) throws -> ImportMapping {
        if let words = options.mapping {
            return try ImportMapping(words: words, kind: kind, header: head.header)
        }
        if let kept = remembered?.mapping,
            (try? kept.check(kind: kind, columnCount: head.header.count)) != nil
        {
            return kept
        }
        return MappingGuess.mapping(of: head, kind: kind)
    }

    /// What was said now, else for the last file of the same shape; the day of that file is never meant again.
    private static func question(
        _ said: AnswerQuestion?, _ known: AnswerQuestion?, _ mapping: ImportMapping, _ head: TableHead
    ) -> AnswerQuestion {
        var question = known ?? AnswerQuestion()
        question.day = nil
        question = question.changed(by: said)
        question.attribute = mapping[.attribute].flatMap {
            head.header.indices.contains($0) ? head.header[$0] : nil
        }
        return question
    }

    func currency(_ options: ImportOptions, standard: Currency) throws(ImportRefusal) -> Currency {
        guard let code = options.currency, !code.isEmpty else { return standard }
        guard let currency = Currency(code) else {
            throw .unknownCurrency(String(code.singleLine.prefix(20)))
        }
        return currency
    }

    /// The last file of the same kind and shape that somebody confirmed.
    private func remembered(_ kind: ImportKind, _ head: TableHead) async throws -> Import? {
        let key = head.key(kind)
        return try await database.read { connection in
            try connection.first(
                """
                SELECT \(Import.columns) FROM import
                WHERE kind = \(kind) AND header_key = \(key) AND state = 'complete' ORDER BY id DESC LIMIT 1
                """, Import.init)
        }
    }

    /// The top of the file, read the way the import says.
    public func head(of item: Import) throws -> TableHead {
        var options = ImportOptions()
        (options.delimiter, options.encoding) = (item.format.delimiter, item.format.encoding)
        (options.hasHeader, options.dateOrder) = (item.format.hasHeader, item.format.dateOrder)
        options.decimalComma = item.format.decimalComma
        return try TableHead(path: item.path, options: options)
    }

    /// Reads the file another way and guesses the columns anew.
    public func readAnew(_ id: ID<Import>, options: ImportOptions) async throws -> Import {
        let item = try await required(id)
        let head = try TableHead(path: item.path, options: options)
        return try await change(
            id, mapping: try mapping(item.kind, head, options, nil), options: options, isDraft: true)
    }

    /// Corrects what was guessed. Only before the first row is staged.
    public func change(
        _ id: ID<Import>, mapping: ImportMapping, options: ImportOptions
    ) async throws -> Import {
        try await change(id, mapping: mapping, options: options, isDraft: false)
    }

    /// A draft may lack columns that are needed.
    private func change(
        _ id: ID<Import>, mapping: ImportMapping, options: ImportOptions, isDraft: Bool
    ) async throws -> Import {
        let item = try await required(id)
        guard item.canBeMapped else { throw ImportRefusal.notNow(item.state) }
        let head = try TableHead(path: item.path, options: options)
        if !isDraft { try mapping.check(kind: item.kind, columnCount: head.header.count) }
        let currency = try currency(options, standard: item.currency)
        var question = ImportStore.question(options.question, item.question, mapping, head)
        if options.question == nil { question.day = item.question.day }
        var format = head.format
        format.dateOrder =
            options.dateOrder ?? head.dateOrder(of: mapping[.at], remembered: item.format.dateOrder)
        let update: SQL = """
            UPDATE import SET format = \(Stored.text(of: format)), mapping = \(mapping.stored),
                question = \(Stored.text(of: question)),
                header_key = \(head.key(item.kind)), currency = \(currency), state = \(ImportState.waiting),
                print = '', problem = '', next_offset = 0, next_line = 1
            WHERE id = \(id) AND state = \(item.state) RETURNING \(Import.columns)
            """
        return try await moved(update, from: item)
    }

    func moved(_ update: SQL, from item: Import) async throws -> Import {
        let moved = try await database.write { try $0.first(update, Import.init) }
        guard let moved else { throw ImportRefusal.takenOver }
        await database.announce("imports")
        return moved
    }

    public func find(_ id: ID<Import>) async throws -> Import? {
        try await database.read {
            try $0.first("SELECT \(Import.columns) FROM import WHERE id = \(id)", Import.init)
        }
    }

    func required(_ id: ID<Import>) async throws -> Import {
        guard let item = try await find(id) else { throw ImportRefusal.unknownImport }
        return item
    }

    /// Latest first, a page at a time.
    public func list(before id: ID<Import>? = nil, limit: Int = 50) async throws -> [Import] {
        let last = id?.value ?? .max
        return try await database.read { connection in
            try connection.all(
                "SELECT \(Import.columns) FROM import WHERE id < \(last) ORDER BY id DESC LIMIT \(limit)",
                Import.init)
        }
    }

    /// Refused rows by line.
    public func refusals(of id: ID<Import>, limit: Int = 10_000) async throws -> [RefusedRow] {
        try await database.read { connection in
            try connection.all(
                """
                SELECT line, field, reason, excerpt FROM import_refusal WHERE import_id = \(id)
                ORDER BY line LIMIT \(limit)
                """
            ) { row in
                RefusedRow(
                    line: try row.int(0), field: try row.text(1),
                    reason: Remark(stored: try row.text(2)) ?? Remark("emptyValue"), excerpt: try row.text(3))
            }
        }
    }

    public func report(_ id: ID<Import>, refusals limit: Int = 10_000) async throws -> ImportReport {
        ImportReport(try await required(id), refusals: try await refusals(of: id, limit: limit))
    }
}
