import Kernel
import Storage

/// What the sample company's people saw on their walks through its shop, site and phone menu, and who looked there and
/// did not buy.
struct SampleWalks: Sendable {
    let end: LocalDate
    let act: Act
    /// Who walked and wrote down who looked: whoever loads the sample, else the first colleague.
    private var person: Int64?

    init(end: LocalDate, act: Act) {
        self.end = end
        self.act = act
    }

    private struct Place {
        let name: String
        let kind: String
        let rhythm: (every: Int, unit: String)
        let items: [String]
        /// How many days before the end it was walked through, and the place of what was not fine.
        let walks: [(daysAgo: Int, wrong: Int?, words: String, isMended: Bool)]
        let next: Int
    }

    private static let places: [Place] = [
        Place(
            name: "Shop at the harbour", kind: "shop", rhythm: (1, "week"),
            items: [
                "Window is clean and of this season", "Prices can be read from the door",
                "Somebody looks up when a guest comes in", "Tables are wiped",
            ],
            walks: [
                (30, 0, "Last season’s poster is still in the window.", true), (23, nil, "", false),
                (16, 1, "The board of the filter coffees is smudged.", true),
                (9, 2, "Nobody looked up for two minutes.", false),
            ], next: -2),
        Place(
            name: "Web shop", kind: "site", rhythm: (2, "week"),
            items: ["Checkout works on a phone", "Delivery time is what we keep", "Search finds decaf"],
            walks: [(20, 2, "“Decaf” finds nothing, the long word does.", true), (6, nil, "", false)], next: 8
        ),
        Place(
            name: "Phone menu", kind: "phone", rhythm: (1, "month"),
            items: ["A person answers within a minute", "Opening hours are right"],
            walks: [(31, 1, "It still says we close at five.", false)], next: 0),
        Place(
            name: "Reminder letter", kind: "letter", rhythm: (3, "month"),
            items: ["Says thank you first", "Number to call is on it"], walks: [(40, nil, "", false)],
            next: 52),
    ]

    private static let visits:
        [(daysAgo: Int, channel: String, name: String, wish: String, reach: String, may: Bool)] = [
            (1, "Shop", "", "A grinder for an induction flat without noise", "", false),
            (1, "Shop", "Rosa Lindqvist", "Hand grinder in red", "rosa.lindqvist@example.org", true),
            (2, "Web", "", "Decaf from Ethiopia", "hello@fern-and-oak.example", true),
            (3, "Phone", "Mr Adeyemi", "Beans for forty people by Friday", "+49 40 5550 199", true),
            (4, "Shop", "", "Oat milk without added oil", "", false),
            (5, "Shop", "", "A cup for left-handers", "", false),
            (6, "Web", "", "Subscription for six weeks only", "kim@example.org", false),
            (8, "Phone", "Café Morgenrot", "A price for 20 kg a month", "einkauf@morgenrot.example", true),
            (11, "Shop", "", "Somewhere to sit with a pram", "", false),
            (12, "Web", "", "Gift card that can be printed", "", false),
            (15, "Shop", "Nils", "A tasting evening in English", "+45 20 55 01 88", true),
            (19, "Shop", "", "Filter papers for an old dripper", "", false),
        ]

    func load(in connection: any Connection) throws {
        var walks = self
        walks.person =
            try act.actor ?? connection.first("SELECT min(person_id) FROM agent") { try $0.optionalInt64(0) }
            ?? nil
        for place in SampleWalks.places { try walks.add(place, in: connection) }
        let person = walks.person
        for visit in SampleWalks.visits {
            let (day, hasWay) = (end + -visit.daysAgo, !visit.reach.isEmpty)
            let new = NewVisit(day: day, channel: visit.channel, wish: visit.wish, reach: visit.reach)
            let isOpen = hasWay && visit.may && visit.daysAgo < 10
            let state: Visit.State = isOpen ? .open : hasWay && visit.may ? .done : .none
            let due: LocalDate? = hasWay && visit.may ? day + Visit.followDays : nil
            let settled: Instant? = state == .done ? act.at : nil
            try connection.run(
                """
                INSERT INTO visit (day, at, channel, channel_key, name, wish, reach, reach_key, left_way, may_follow,
                    due_day, state, settled_at, settled_by, settled_words, source, recorded_by, recorded_at)
                VALUES (\(day), \(act.at), \(visit.channel), \(visit.channel.searchKey), \(visit.name), \(visit.wish),
                    \(visit.reach), \(new.reachKey), \(hasWay), \(visit.may), \(due), \(state), \(settled),
                    \(person), '', \(SampleLoading.source), \(person), \(act.at))
                """)
        }
    }

    private func add(_ place: Place, in connection: any Connection) throws {
        let insert: SQL = """
            INSERT INTO place (name, name_key, kind, owner_id, every, unit, next_day, source, created_at)
            VALUES (\(place.name), \(place.name.searchKey), \(place.kind), \(person), \(place.rhythm.every),
                \(place.rhythm.unit), \(end + 1 + place.next), \(SampleLoading.source), \(act.at))
            RETURNING id
            """
        let id = try connection.first(insert) { try $0.int64(0) } ?? 0
        let items = try place.items.enumerated().map { rank, words in
            try connection.first(
                "INSERT INTO place_item (place_id, rank, words) VALUES (\(id), \(rank), \(words)) RETURNING id"
            ) { try $0.int64(0) } ?? 0
        }
        for walk in place.walks {
            let day = end + -walk.daysAgo
            let wrong = walk.wrong == nil ? 0 : 1
            let row: SQL = """
                INSERT INTO walk (place_id, day, at, walked_by, words, fine, wrong, apart)
                VALUES (\(id), \(day), \(act.at), \(person), '', \(items.count - wrong), \(wrong), 0) RETURNING id
                """
            let number = try connection.first(row) { try $0.int64(0) } ?? 0
            for (rank, item) in items.enumerated() {
                let isWrong = rank == walk.wrong
                try connection.run(
                    """
                    INSERT INTO walk_mark (walk_id, item_id, verdict, words)
                    VALUES (\(number), \(item), \(isWrong ? WalkMark.Verdict.wrong : .fine), \(isWrong ? walk.words : ""))
                    """)
                if isWrong {
                    try addFinding(id, item, number, walk.words, day, walk.isMended, in: connection)
                }
            }
        }
    }

    private func addFinding(
        _ place: Int64, _ item: Int64, _ walk: Int64, _ words: String, _ day: LocalDate, _ isMended: Bool,
        in connection: any Connection
    ) throws {
        let mended: LocalDate? = isMended ? day + 2 : nil
        try connection.run(
            """
            INSERT INTO walk_finding (place_id, item_id, walk_id, words, owner_id, due_day, found_day, found_by, mended_day,
                mended_by, mended_words)
            VALUES (\(place), \(item), \(walk), \(words), \(person), \(day + WalkFinding.usualDays), \(day),
                \(person), \(mended), \(isMended ? person : nil), \(isMended ? "Done the same week." : ""))
            """)
    }

    /// Takes all of it out, and what was recorded on the sample's places since.
    static func remove(_ parties: SQL, in connection: any Connection) throws {
        let places: SQL = "SELECT id FROM place WHERE source = \(SampleLoading.source)"
        let walks: SQL = "SELECT id FROM walk WHERE place_id IN (\(places))"
        try connection.run("DELETE FROM walk_photo WHERE walk_id IN (\(walks))")
        try connection.run("DELETE FROM walk_mark WHERE walk_id IN (\(walks))")
        try connection.run("DELETE FROM walk_finding WHERE place_id IN (\(places))")
        try connection.run("DELETE FROM walk WHERE place_id IN (\(places))")
        try connection.run("DELETE FROM place_item WHERE place_id IN (\(places))")
        try connection.run("DELETE FROM place WHERE source = \(SampleLoading.source)")
        try connection.run("DELETE FROM visit WHERE source = \(SampleLoading.source)")
        try connection.run("UPDATE visit SET party_id = NULL WHERE party_id IN (\(parties))")
        try connection.run("DELETE FROM visit_report WHERE name = 'current'")
    }
}
