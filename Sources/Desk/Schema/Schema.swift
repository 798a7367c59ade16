public import Storage

/// The schema, in the order it came to be, and what each table's rows are to the people in them.
public enum Schema {
    public static let migrations: [Migration] = [
        .house, .people, .purchases, .imports, .counters, .figures, .economics, .answers,
    ]

    public static let tables: [TableEntry] = [
        TableEntry("migration", export: .never),
        TableEntry("setting"),
        TableEntry("secret", export: .never),
        TableEntry("event", merge: .repoint),
        TableEntry("job", export: .never, retention: .whileUseful),
        TableEntry("party", merge: .combine, erasure: .anonymise),
        TableEntry("party_word", merge: .repoint, export: .derived, erasure: .delete),
        TableEntry("party_key", merge: .repoint, erasure: .delete),
        TableEntry("membership", merge: .combine, erasure: .delete),
        TableEntry("address", merge: .combine, erasure: .delete),
        TableEntry("agent", merge: .combine, erasure: .anonymise),
        TableEntry("session", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("api_key", export: .never, erasure: .delete),
        TableEntry("invitation", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("purchase", merge: .repoint),
        TableEntry("advocacy", merge: .repoint, erasure: .anonymise),
        TableEntry("standing", merge: .combine, export: .derived, erasure: .delete),
        TableEntry("tally", export: .derived),
        TableEntry("tally_delta", export: .derived, retention: .whileUseful),
        TableEntry("tally_change", export: .never, retention: .whileUseful),
        TableEntry("import"),
        TableEntry("import_refusal", erasure: .delete),
        TableEntry("import_customer", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("import_purchase", export: .never, erasure: .delete, retention: .whileUseful),
        // Rebuilt by the next run, so a merged or forgotten customer's rows simply go.
        TableEntry("figure_run", retention: .whileUseful),
        TableEntry("figure", export: .derived, erasure: .delete, retention: .whileUseful),
        TableEntry("list_row", export: .derived, erasure: .delete, retention: .whileUseful),
        TableEntry("list_entry", merge: .combine, erasure: .anonymise),
        TableEntry("import_advocacy", export: .never, erasure: .delete, retention: .whileUseful),
        TableEntry("spend"),
        TableEntry("economics", export: .derived),
        TableEntry("answer", merge: .repoint, erasure: .anonymise),
        TableEntry("answer_tally", export: .derived),
        TableEntry("answer_tally_delta", export: .derived, retention: .whileUseful),
        TableEntry("answer_mix", export: .derived),
        TableEntry("import_answer", export: .never, erasure: .delete, retention: .whileUseful),
    ]
}
