import Methods
import Testing

@Suite struct `Importing a hostile feed` {
    @Test func `refuses what is no calendar, too large or endless`() throws {
        let range = try date("2024-01-01")..<date("2424-01-01")
        func refusal(_ text: String) -> FeedRefusal? {
            #expect(throws: FeedRefusal.self) {
                try HolidayFeed(iCalendar: Array(text.utf8), over: range, zone: .utc)
            }
        }
        #expect(refusal("") == .notACalendar)
        #expect(refusal("<!DOCTYPE html><title>Not found</title>") == .notACalendar)
        #expect(refusal(String(repeating: "x", count: 4_194_305)) == .tooLarge(bytes: 4_194_305))
        #expect(refusal("BEGIN:VCALENDAR\n" + String(repeating: "x\n", count: 20_001)) == .tooManyFaults)
        let weekly =
            "BEGIN:VEVENT\nDTSTART:20240101\nRRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\nEND:VEVENT\n"
        #expect(refusal("BEGIN:VCALENDAR\n" + weekly + weekly) == .tooManyDays)
        let old = "BEGIN:VEVENT\nDTSTART:00010101\nRRULE:FREQ=YEARLY;BYDAY=53MO,53TU\nEND:VEVENT\n"
        #expect(refusal("BEGIN:VCALENDAR\n" + String(repeating: old, count: 1000)) == .tooManyDays)
        for refusal in [FeedRefusal.notACalendar, .tooLarge(bytes: 1), .tooManyDays, .tooManyFaults] {
            #expect(!refusal.description.isEmpty)
        }
    }

    @Test func `survives feeds with anything in them`() throws {
        let sound = """
            BEGIN:VCALENDAR
            BEGIN:VEVENT
            UID:1
            DTSTART;VALUE=DATE:20260501
            DTEND;VALUE=DATE:20260503
            RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=1FR;COUNT=9
            EXDATE;VALUE=DATE:20270507
            RDATE;VALUE=DATE:20270508
            SUMMARY:Tag\\, der
              Arbeit
            DURATION:P1DT2H
            END:VEVENT
            END:VCALENDAR
            """
        let tokens = [
            "\r\n ", ":", ";", "\"", "=", "-", "99999999999", "BEGIN:VEVENT\n", "P", "\\", ",", "T", "\0",
            "\u{FF}",
        ]
        let range = try date("2024-01-01")..<date("2034-01-01")
        var generator = SeededGenerator(state: 5545)
        var outcomes = (read: 0, refused: 0)
        for _ in 0..<1500 {
            var bytes = Array(sound.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<max(1, bytes.count), using: &generator)
                guard place < bytes.count else { continue }
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                case 1: bytes.removeSubrange(place..<min(bytes.count, place + 9))
                case 2: bytes = Array(bytes.prefix(place + 1))
                default:
                    bytes.insert(
                        contentsOf: try #require(tokens.randomElement(using: &generator)).utf8, at: place)
                }
            }
            do throws(FeedRefusal) {
                let feed = try HolidayFeed(iCalendar: bytes, over: range, zone: .utc)
                #expect(feed.days.allSatisfy { range.contains($0.date) })
                outcomes.read += 1
            } catch {
                outcomes.refused += 1
            }
        }
        #expect(outcomes.read > 500 && outcomes.refused > 50)
    }
}
