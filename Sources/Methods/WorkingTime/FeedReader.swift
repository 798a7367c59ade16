/// Collects the events of a feed, before anything in them is understood.
struct FeedReader {
    private(set) var events: [FeedEvent] = []
    private(set) var remarks: [FeedRemark] = []
    private var isCalendar = false
    /// The parts that are open, outermost first, with the line each began on.
    private var open: [(name: String, line: Int)] = []
    private var event: FeedEvent?

    static let mostRemarks = 20_000

    mutating func read(_ bytes: [UInt8]) throws(FeedRefusal) {
        for (bytes, number) in FeedLines(bytes) where bytes.contains(where: { $0 > 0x20 }) {
            guard let line = FeedLine(bytes, number: number) else {
                let start = String(decoding: bytes.prefix(80), as: UTF8.self)
                try remark(FeedRemark(line: number, reason: .notALine(start)))
                guard isCalendar || number < 100 else { throw .notACalendar }
                continue
            }
            try read(line)
        }
        guard isCalendar else { throw .notACalendar }
        for part in open {
            try remark(FeedRemark(line: part.line, reason: .unbalanced("BEGIN:\(part.name)")))
        }
    }

    private mutating func read(_ line: FeedLine) throws(FeedRefusal) {
        switch line.name {
        case "BEGIN": try begin(line)
        case "END": try end(line)
        default:
            // Alarms inside an event have properties of the same names.
            if open.last?.name == "VEVENT" { event?.take(line) }
        }
    }

    private mutating func begin(_ line: FeedLine) throws(FeedRefusal) {
        let name = String(line.word.uppercased().prefix(40))
        if name == "VCALENDAR" { isCalendar = true }
        guard open.count < 16 else {
            return try remark(FeedRemark(line: line.number, reason: .unbalanced("BEGIN:\(name)")))
        }
        if name == "VEVENT" {
            if let event { try remark(FeedRemark(line: event.line, reason: .unbalanced("BEGIN:VEVENT"))) }
            event = FeedEvent(line: line.number)
        }
        open.append((name, line.number))
    }

    private mutating func end(_ line: FeedLine) throws(FeedRefusal) {
        let name = String(line.word.uppercased().prefix(40))
        guard let depth = open.lastIndex(where: { $0.name == name }) else {
            return try remark(FeedRemark(line: line.number, reason: .unbalanced("END:\(name)")))
        }
        for part in open[(depth + 1)...] {
            try remark(FeedRemark(line: part.line, reason: .unbalanced("BEGIN:\(part.name)")))
        }
        open.removeSubrange(depth...)
        guard name == "VEVENT", let finished = event else { return }
        events.append(finished)
        event = nil
    }

    private mutating func remark(_ remark: FeedRemark) throws(FeedRefusal) {
        guard remarks.count < Self.mostRemarks else { throw .tooManyFaults }
        remarks.append(remark)
    }

    /// The dates of series that events of their own replace, by the series' UID.
    func overridden(_ zone: IANAZone) -> [String: Set<CivilDate>] {
        var dates: [String: Set<CivilDate>] = [:]
        for event in events {
            guard let line = event.replaced, let moment = FeedMoment(line.word, zone) else { continue }
            dates[event.uid, default: []].insert(moment.date)
        }
        return dates
    }
}

/// The lines of one event that matter here.
struct FeedEvent {
    let line: Int
    private(set) var start, end, duration, rule, replaced: FeedLine?
    private(set) var added: [FeedLine] = []
    private(set) var removed: [FeedLine] = []
    private(set) var name = ""
    private(set) var note = ""
    private(set) var location = ""
    private(set) var categories: [String] = []
    private(set) var uid = ""
    private(set) var isCancelled = false
    private(set) var isTransparent = false

    /// Names and notes longer than this are cut: nobody reads them in a list.
    static let longestText = 2000
    /// More categories than these are left out.
    static let mostCategories = 50

    init(line: Int) { self.line = line }

    mutating func take(_ line: FeedLine) {
        switch line.name {
        case "DTSTART": start = line
        case "DTEND": end = line
        case "DURATION": duration = line
        case "RRULE": rule = line
        case "RDATE": added.append(line)
        case "EXDATE": removed.append(line)
        case "RECURRENCE-ID": replaced = line
        case "SUMMARY": name = Self.cut(line.text).split { $0.isNewline }.joined(separator: " ")
        case "DESCRIPTION": note = Self.cut(line.text)
        case "LOCATION": location = Self.cut(line.text)
        case "CATEGORIES": addCategories(line)
        case "UID": uid = line.word
        case "STATUS": isCancelled = line.word.uppercased() == "CANCELLED"
        case "TRANSP": isTransparent = line.word.uppercased() == "TRANSPARENT"
        default: break
        }
    }

    private mutating func addCategories(_ line: FeedLine) {
        guard categories.count < Self.mostCategories else { return }
        let words = line.texts.lazy.filter { !$0.isEmpty }.map(Self.cut)
        categories.append(contentsOf: words.prefix(Self.mostCategories - categories.count))
    }

    private static func cut(_ text: String) -> String { String(text.prefix(longestText)) }
}
