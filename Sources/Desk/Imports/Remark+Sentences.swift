extension Remark {
    /// Every code there is. The catalogue's `imports.remark.*` says the same, which a test compares.
    static let sentences: [String: String] = [cells, files, acts, answers, contracts].reduce(into: [:]) {
        all, some in
        all.merge(some) { one, _ in one }
    }

    private static let contracts: [String: String] = [
        "asOfOpen":
            "The file says how many months each contract had lasted; say on which day that was.",
        "badEnded": "This is neither yes, no nor a day.",
        "endsBeforeStart": "The contract would end before it began.",
        "negativeTenure": "A contract cannot have lasted less than no time.",
        "negativePrice": "A price cannot be negative.",
        "unknownField.contracts": """
        “{0}” is no field of contracts; there are customer, terms, at, tenure, amount, currency, product, ended, reason, \
        attribute, id, name and email.
        """,
    ]

    private static let answers: [String: String] = [
        "noAnswer": "No score was given.",
        "offScale": "The score is not on the scale from {0} to {1}.",
        "negativeCount": "A number of visits cannot be negative.",
        "scaleDoubtful":
            "No answer is 0 and the scores look like another scale; say on which one the question was asked, 0-10 if it was that.",
        "scaleOpen": "Some scores are above 10; say on which scale the question was asked.",
        "unknownScale": "“{0}” is no scale; write its ends, such as 1-10.",
        "mappingOpen": """
        NPS is defined on 0 to 10. The question was asked on {0}; say how it is to be read: same-numbers, stretched, \
        or cut: and two scores.
        """,
        "mappingDoesNotFit": "This way of reading does not fit the scale {0}.",
        "dayOpen": "No column holds a day; say on which day these answers were given.",
        "tooManyValues":
            "The column for {0} has more than 200 different values; choose one that groups the answers.",
        "unknownField.answers": """
        “{0}” is no field of answers; there are customer, score, at, words, event, visits, attribute, id, name and \
        email.
        """,
    ]

    private static let cells: [String: String] = [
        "emptyValue": "The cell is empty.",
        "notADate": "This is not a date in the expected order.",
        "noSuchDate": "The calendar has no such day or time.",
        "yearOutOfRange": "The year {0} is outside 1900 to 2200.",
        "future": "The day lies in the future.",
        "notANumber": "This is not a number.",
        "tooLarge": "The number is too large.",
        "notWhole": "Only whole numbers are possible here.",
        "tooManyDecimals": "There are more than {0} decimals.",
        "badEncoding": "The text is damaged: its characters cannot be read.",
        "controlCharacter": "The text holds characters that cannot be printed.",
        "textTooLong": "The text is longer than {0} bytes.",
        "rowTooLong": "The row is longer than {0} bytes.",
        "wrongCellCount": "The row has {1} cells where {0} were expected.",
        "unclosedQuote": "A quote is opened on this line and never closed.",
        "misplacedQuote": "Text follows a closing quote; quotes inside a cell must be doubled.",
        "unknownCurrency": "“{0}” is no currency of ISO 4217.",
        "ownField": "The field “{0}” cannot hold this.",
        "badEmail": "This is not an e-mail address.",
        "unknownPartyKind": "This is neither a person nor an organisation.",
        "unknownAct": "This is no referral, testimonial, review, reference call or recommendation.",
        "badRating": "A rating is a whole number from 1 to 5.",
        "badConsent": "This is neither yes nor no.",
    ]

    private static let files: [String: String] = [
        "notText": "This is not a text file (the bytes at {0} are not text).",
        "format.excelWorkbook": "This is an Excel workbook; save it as CSV.",
        "format.oldExcelWorkbook": "This is an Excel workbook; save it as CSV.",
        "format.openDocument": "This is an OpenDocument file; save it as CSV.",
        "format.zip": "This is a ZIP archive; unpack it and send the table inside.",
        "format.gzip": "This file is compressed; unpack it and send the table inside.",
        "format.zstandard": "This file is compressed; unpack it and send the table inside.",
        "format.pdf": "This is a PDF; export the table as CSV instead.",
        "format.sqlite": "This is a database file; export the table as CSV.",
        "format.parquet": "This is a Parquet file; export the table as CSV.",
        "format.html": "This is a web page, even if it is called a table; open it and save it as CSV.",
        "emptyFile": "The file is empty.",
        "unreadable": "The file cannot be read. {0}",
        "changedWhileRead": "The file was changed while it was being read; please start again.",
        "tooFewColumns": "The file has too few columns: {0}, where {1} are needed.",
        "diskFull": "The disk is full. Nothing of this file was kept half; free some space and go on.",
        "storage": "The database could not keep it: {0}",
        "nothingToImport": "No row of the file can be used.",
    ]

    private static let acts: [String: String] = [
        "unreadableMapping": "“{0}” is no mapping; write a field, an equals sign and a column: amount=4.",
        "unknownField.customers":
            "“{0}” is no field of customers; there are customer, name, email, phone, organisation and kind.",
        "unknownField.purchases": """
        “{0}” is no field of purchases; there are customer, at, amount, currency, quantity, product, channel, \
        cost, id, name and email.
        """,
        "unknownField.uses":
            "“{0}” is no field of uses; there are customer, at, product, quantity, channel, id, name and email.",
        "unknownField.advocacy": """
        “{0}” is no field of advocacy; there are customer, kind, at, words, rating, consent, friend, id, name \
        and email.
        """,
        "fieldTwice": "The field {0} is mapped twice.",
        "columnTwice": "Column {0} is mapped twice, as {1} and as {2}.",
        "noSuchColumn": "The file has no column “{0}”.",
        "missingField": "No column is mapped to {0}, which is needed.",
        "dateOrderOpen": "The dates can be read two ways; say whether the day or the month comes first.",
        "unknownImport": "There is no such import.",
        "notNow.waiting": "The columns of this import have not been confirmed yet.",
        "notNow.checking": "This import is being checked.",
        "notNow.ready": "This import is ready and has not been loaded yet.",
        "notNow.loading": "This import is being loaded.",
        "notNow.publishing": "This import is being published.",
        "notNow.complete": "This import is complete.",
        "notNow.failed": "This import has failed.",
        "notNow.undoing": "This import is being undone.",
        "notNow.undone": "This import was undone.",
        "notNow.dropped": "This import was dropped.",
        "noFile": "No file was sent.",
        "amountsBeyondBelief":
            "The amounts add up to more than any company turns over; another column was taken for the amount.",
        "takenOver": "This import is being worked on elsewhere.",
    ]
}
