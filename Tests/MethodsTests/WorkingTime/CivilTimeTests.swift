import Methods
import Testing

@Suite struct `Reading a time of day` {
    @Test(arguments: [
        ("00:00", 0), ("09:30", 34_200_000), ("24:00", 86_400_000), ("23:59:59", 86_399_000),
    ])
    func `takes hours, minutes and seconds, and the end of the day`(_ text: String, _ milliseconds: Int)
        throws
    {
        let time = try #require(CivilTime(text))

        #expect(time.milliseconds == milliseconds && time.description == text)
    }

    @Test(arguments: ["24:01", "25:00", "9:00", "09:60", "09:00:60", "24:00:01", "-1:00", "09", "", "09:00:"])
    func `refuses what no clock shows`(_ text: String) {
        #expect(CivilTime(text) == nil)
    }

    @Test func `names the part that is out of range`() throws {
        #expect(throws: OutOfRange.self) { try CivilTime(milliseconds: 86_400_001) }
        #expect(throws: OutOfRange.self) { try CivilTime(minutesOfDay: -1) }
        #expect(throws: OutOfRange.self) { try CivilTime(secondsOfDay: .max) }
        #expect(throws: OutOfRange.self) { try CivilTime(hour: .min) }
        #expect(try CivilTime(minutesOfDay: 1440) == .endOfDay)
        #expect(try CivilTime(secondsOfDay: 1) > .midnight)
        #expect(try CivilTime(milliseconds: 1250).description == "00:00:01.250")
    }
}
