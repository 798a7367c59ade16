import Methods
import Testing

@Suite struct `Following a yearly rule` {
    /// What python-dateutil makes of the same rules from 2024 to 2029.
    @Test(arguments: [
        ("19700101", "FREQ=YEARLY", "240101 250101 260101 270101 280101 290101"),
        ("20240229", "FREQ=YEARLY", "240229 280229"),
        ("20201126", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "241128 251127 261126 271125 281123 291122"),
        ("20200525", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "240527 250526 260525 270531 280529 290528"),
        ("20200101", "FREQ=YEARLY;INTERVAL=3", "260101 290101"),
        ("20210704", "FREQ=YEARLY;COUNT=4", "240704"),
        ("20210704", "FREQ=YEARLY;UNTIL=20240704", "240704"),
        ("20210704", "FREQ=YEARLY;UNTIL=20240703", ""),
        (
            "20240101", "FREQ=YEARLY;BYMONTHDAY=1,15;BYMONTH=1,7;COUNT=6",
            "240101 240115 240701 240715 250101 250115"
        ),
        (
            "20240131", "FREQ=YEARLY;BYMONTHDAY=-1;UNTIL=20241231",
            "240131 240229 240331 240430 240531 240630 240731 240831 240930 241031 241130 241231"
        ),
        (
            "20231013", "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR",
            "240913 241213 250613 260213 260313 261113 270813 281013 290413 290713"
        ),
        ("20240513", "FREQ=YEARLY;BYDAY=20MO", "240513 250519 260518 270517 280515 290514"),
        (
            "20240102", "FREQ=YEARLY;BYDAY=1TU,-1TU",
            "240102 241231 250107 251230 260106 261229 270105 271228 280104 281226 290102 291225"
        ),
        (
            "20240105", "FREQ=YEARLY;BYMONTH=1;BYDAY=FR;COUNT=7",
            "240105 240112 240119 240126 250103 250110 250117"
        ),
        ("20241105", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "241105 281107"),
        (
            "20240129", "FREQ=YEARLY;BYMONTH=1;BYDAY=MO;BYSETPOS=-1",
            "240129 250127 260126 270125 280131 290129"
        ),
        (
            "20240106", "FREQ=YEARLY;BYDAY=SA,SU;BYSETPOS=1,-1",
            "240106 241229 250104 251228 260103 261227 270102 271226 280101 281231 290106 291230"
        ),
        ("20240315", "FREQ=YEARLY;BYMONTH=3,6,9;COUNT=5", "240315 240615 240915 250315 250615"),
        ("20240330", "FREQ=YEARLY;BYMONTH=2,3", "240330 250330 260330 270330 280330 290330"),
        ("20240101", "FREQ=YEARLY;BYDAY=53MO,1MO", "240101 241230 250106 260105 270104 280103 290101 291231"),
        ("20000229", "FREQ=YEARLY;INTERVAL=2;COUNT=15", "240229 280229"),
        (
            "20240501", "FREQ=YEARLY;BYMONTH=5;BYDAY=WE;BYMONTHDAY=-31,-30,-29,1,2;WKST=SU",
            "240501 280503 290502"
        ),
    ])
    func `finds the same days as another reader`(_ start: String, _ rule: String, _ days: String) throws {
        let feed = try holidayFeed(feedEvent("DTSTART;VALUE=DATE:\(start)", "RRULE:\(rule)"))

        #expect(feed.short == days)
        #expect(feed.remarks.isEmpty)
    }

    @Test(arguments: [
        ("FREQ=WEEKLY", "FREQ=WEEKLY"), ("FREQ=YEARLY;BYWEEKNO=20", "BYWEEKNO=20"),
        ("FREQ=YEARLY;BYMONTH=13", "BYMONTH=13"), ("FREQ=YEARLY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=YEARLY;BYDAY=0MO", "BYDAY=0MO"), ("FREQ=YEARLY;BYDAY=MOX", "BYDAY=MOX"),
        ("FREQ=YEARLY;BYMONTHDAY=1,1", "BYMONTHDAY=1,1"), ("COUNT=2", "a missing FREQ"),
        ("nonsense", "NONSENSE"),
        ("FREQ=YEARLY;UNTIL=soon", "UNTIL=SOON"),
        ("FREQ=YEARLY;COUNT=99999999999999999999", "COUNT=99999999999999999999"),
        ("FREQ=YEARLY;BYMONTHDAY=1;BYDAY=1MO", "BYDAY with BYMONTHDAY"), ("", "a missing FREQ"),
    ])
    func `takes only the first day of a rule it does not understand, and says so`(
        _ rule: String, _ part: String
    ) throws {
        let feed = try holidayFeed(feedEvent("DTSTART;VALUE=DATE:20260501", "RRULE:\(rule)"))

        #expect(feed.short == "260501")
        #expect(feed.reasons == [.rule(part: part)] && feed.remarks.first?.line == 5)
    }

    @Test func `counts the start as the first day, named by the rule or not`() throws {
        let feed = try holidayFeed(
            feedEvent("DTSTART;VALUE=DATE:20240102", "RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1;COUNT=3"))

        #expect(feed.short == "240102 240501 250501")
    }

    @Test func `adds and leaves out single dates`() throws {
        let feed = try holidayFeed(
            feedEvent(
                "DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=YEARLY;COUNT=4",
                "EXDATE;VALUE=DATE:20250101,20260101",
                "RDATE;VALUE=DATE:20250102", "RDATE;VALUE=DATE:20250103,20240101", "EXDATE:2026"))

        #expect(feed.short == "240101 250102 250103 270101")
        #expect(feed.reasons == [.unreadable(property: "EXDATE", value: "2026")])
    }

    @Test func `lets an event of its own replace a day of a series`() throws {
        let feed = try holidayFeed(
            feedEvent(
                "UID:a", "DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=YEARLY;COUNT=3", "SUMMARY:New Year"),
            feedEvent(
                "UID:a", "DTSTART;VALUE=DATE:20250102", "RECURRENCE-ID;VALUE=DATE:20250101", "SUMMARY:Late")
        )

        #expect(feed.short == "240101 250102 260101")
        #expect(feed.days.map(\.name) == ["New Year", "Late", "New Year"])
    }
}
