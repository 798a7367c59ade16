/// What people write above their columns, in English and German, the surest word first.
enum HeaderWords {
    static func words(for field: ImportField, in kind: ImportKind) -> [String] {
        switch field {
        case .customer: kind == .customers ? ownIDs + customers : customers
        case .id where kind != .contracts:
            ["purchase id", "transaction id", "review id", "line id", "outside id", "external id"] + rowIDs
        case .words where kind == .answers: (plain[.words] ?? []) + answerWords
        case .at where kind == .answers:
            ["answered at", "response date", "beantwortet am"] + (plain[.at] ?? [])
        case .id where kind == .contracts: ["contract id", "contract number", "vertragsnummer"] + rowIDs
        case .at where kind == .contracts: contractStarts + (plain[.at] ?? [])
        case .amount where kind == .contracts: contractPrices + (plain[.amount] ?? [])
        case .attribute where kind == .contracts:
            ["payment method", "payment", "zahlungsart", "zahlungsweise"] + (plain[.attribute] ?? [])
        case .at where kind == .uses: ["used at", "visited at", "genutzt am"] + (plain[.at] ?? [])
        case .product where kind == .uses:
            ["service", "used", "what", "course", "visit", "leistung", "angebot", "dienst", "genutzt", "was"]
                + (plain[.product] ?? [])
        case .name: kind == .customers ? ["name"] + names : names
        case .kind: ["kind", "type", "customer type", "act", "art", "typ", "kundenart"]
        default: plain[field] ?? []
        }
    }

    private static let ownIDs = ["customer id", "id", "outside id", "external id", "number", "nummer", "nr"]

    private static let customers = [
        "customer id", "customer", "customer no", "customer number", "cust id", "client id", "client",
        "account id",
        "account", "person", "person id", "advocate", "member id", "member", "user id", "user", "buyer",
        "kunde",
        "kundennummer", "kunden nr", "kundennr", "kunden id", "kundin", "debitor", "konto", "mitglied",
        "person id",
    ]

    private static let answerWords = [
        "explication", "explanation", "reason", "why", "verbatims", "feedback", "commentaire", "begrundung",
        "grund",
        "antwort",
    ]

    private static let rowIDs = [
        "id", "transaktion", "transaktionsnummer", "transaktions id", "kauf id", "position id",
    ]

    private static let names = [
        "customer name", "full name", "name", "client name", "person name", "kundenname", "vor und nachname",
    ]

    private static let contractStarts = [
        "start", "start date", "contract start", "since", "begin", "beginn", "vertragsbeginn", "seit",
    ]

    private static let contractPrices = [
        "monthly charges", "monthly charge", "monthly price", "monthly fee", "price", "fee", "charges",
        "monatspreis",
        "preis", "grundgebuhr", "beitrag",
    ]

    private static let plain: [ImportField: [String]] = [
        .email: [
            "email", "e mail", "mail", "email address", "mail address", "e mail adresse", "mailadresse",
        ],
        .phone: [
            "phone", "telephone", "phone number", "mobile", "tel", "telefon", "telefonnummer", "handy",
            "mobil",
        ],
        .organisation: [
            "organisation", "organization", "company", "employer", "firma", "unternehmen", "betrieb",
            "organisation id",
        ],
        .at: [
            "date", "purchase date", "order date", "transaction date", "invoice date", "purchased at",
            "ordered at",
            "created at", "timestamp", "date time", "datetime", "time", "at", "when", "day", "datum",
            "kaufdatum",
            "bestelldatum", "rechnungsdatum", "belegdatum", "buchungsdatum", "zeitpunkt", "tag",
        ],
        .amount: [
            "amount", "total", "dollar value", "value", "revenue", "sales", "price", "net amount",
            "gross amount",
            "order total", "spend", "betrag", "summe", "umsatz", "gesamtbetrag", "gesamt", "nettobetrag",
            "bruttobetrag", "preis", "wert",
        ],
        .currency: ["currency", "currency code", "wahrung"],
        .cost: [
            "cost", "costs", "cogs", "cost of goods", "kosten", "einstandspreis", "einkaufspreis",
            "wareneinsatz",
        ],
        .quantity: [
            "quantity", "qty", "units", "number of cds", "number of items", "pieces", "count", "menge",
            "anzahl",
            "stuck", "stuckzahl",
        ],
        .product: [
            "product", "product name", "item", "article", "sku", "stock code", "product id", "description",
            "produkt",
            "artikel", "artikelnummer", "ware", "bezeichnung",
        ],
        .channel: ["channel", "sales channel", "store", "shop", "kanal", "vertriebsweg", "filiale", "laden"],
        .words: [
            "words", "text", "comment", "quote", "review text", "message", "verbatim", "worte", "kommentar",
            "zitat",
            "wortlaut",
        ],
        .rating: ["rating", "stars", "score", "sterne", "note", "bewertung", "punkte"],
        .consent: ["consent", "may publish", "permission", "einwilligung", "zustimmung", "einverstanden"],
        .score: [
            "nps", "nps score", "score", "likelihood to recommend", "recommend", "recommendation", "rating",
            "answer",
            "punkte", "wert", "weiterempfehlung", "bewertung", "note",
        ],
        .event: [
            "after event", "after", "event", "trigger", "touchpoint", "survey type", "nach ereignis", "nach",
            "anlass",
            "ereignis",
        ],
        .visits: [
            "visits", "number of visits", "visit count", "nb passage", "nb passages", "passages",
            "purchases so far",
            "orders so far", "besuche", "anzahl besuche",
        ],
        .attribute: [
            "attribute", "segment", "group", "region", "store", "shop", "branch", "gruppe", "filiale",
            "merkmal",
        ],
        .terms: [
            "contract", "contract type", "terms", "plan", "tariff", "vertrag", "vertragsart", "tarif",
            "laufzeit",
        ],
        .tenure: ["tenure", "tenure months", "months", "age in months", "vertragsdauer", "dauer", "monate"],
        .ended: [
            "churn", "churned", "ended", "end date", "cancelled", "canceled", "left", "gekundigt", "beendet",
            "kundigung",
            "ende", "vertragsende",
        ],
        .reason: ["reason", "churn reason", "cancellation reason", "grund", "kundigungsgrund"],
        .friend: [
            "friend", "referred", "referred to", "referee", "whom", "freund", "geworben", "empfohlen an",
        ],
    ]
}
