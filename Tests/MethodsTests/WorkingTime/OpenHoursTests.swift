import Methods
import Testing

private func time(_ milliseconds: Int64) -> UTCTime { UTCTime(milliseconds: milliseconds) }
private func span(_ start: Int64, _ end: Int64) -> Range<UTCTime> { time(start)..<time(end) }
private func ms(_ count: Int64) -> Elapsed { Elapsed(milliseconds: count) }

@Suite struct `Counting open hours` {
    let hours: OpenHours

    init() throws {
        hours = try OpenHours([span(50, 70), span(10, 20), span(15, 30), span(30, 31)], over: span(0, 100))
    }

    @Test func `sorts the stretches, merges those that touch and clips them to the horizon`() throws {
        let clipped = try OpenHours(
            [span(90, 200), span(-50, 5), span(300, 400), span(40, 40)], over: span(0, 100))

        #expect(hours.stretches == [span(10, 31), span(50, 70)])
        #expect(hours.total == ms(41))
        #expect(clipped.stretches == [span(0, 5), span(90, 100)])
    }

    @Test func `is open from the opening until just before the close`() {
        #expect(
            [9, 10, 30, 31, 50, 69, 70, 1_000].map { hours.isOpen(at: time($0)) }
                == [false, true, true, false, true, true, false, false])
    }

    @Test func `adds nothing by staying where it is, open or closed`() throws {
        for moment: Int64 in [0, 5, 10, 31, 40, 70, 100] {
            #expect(try hours.add(.zero, to: time(moment)) == time(moment))
        }
    }

    @Test func `finishes at the close, not at the next opening`() throws {
        #expect(try hours.add(ms(21), to: time(0)) == time(31))
        #expect(try hours.add(ms(22), to: time(0)) == time(51))
        #expect(try hours.add(ms(1), to: time(31)) == time(51))
        #expect(try hours.add(ms(20), to: time(50)) == time(70))
    }

    @Test func `counts backwards as a negative time`() throws {
        #expect(try hours.between(time(60), time(20)) == ms(-21))
        #expect(try hours.between(time(20), time(60)) == ms(21))
    }

    @Test func `finds the next opening, and none after the last close`() throws {
        #expect(try hours.nextOpening(from: time(0)) == time(10))
        #expect(try hours.nextOpening(from: time(12)) == time(12))
        #expect(try hours.nextOpening(from: time(31)) == time(50))
        #expect(try hours.nextOpening(from: time(70)) == nil)
    }

    @Test func `agrees with a walk over every millisecond`() throws {
        var generator = SeededGenerator(state: 62)
        for _ in 0..<60 {
            let start = Int64.random(in: -300...300, using: &generator)
            let end = start + Int64.random(in: 0...150, using: &generator)
            let stretches = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                let opening = Int64.random(in: (start - 20)...(end + 20), using: &generator)
                return span(opening, opening + Int64.random(in: 0...30, using: &generator))
            }
            let hours = try OpenHours(stretches.shuffled(using: &generator), over: span(start, end))
            let walk = MillisecondWalk(stretches, from: start, to: end)

            #expect(try OpenHours(stretches, over: span(start, end)) == hours)
            #expect(hours.total == ms(walk.opened[walk.opened.count - 1]))
            for moment in start...end {
                #expect(hours.elapsed(until: time(moment)) == ms(walk.opened[Int(moment - start)]))
                #expect(hours.isOpen(at: time(moment)) == walk.isOpen(moment))
                let target = Int64.random(in: 0...40, using: &generator)
                let due = try? hours.add(ms(target), to: time(moment))
                #expect(due == walk.add(target, to: moment).map(time))
                #expect(hours.moment(after: ms(target)) == walk.moment(after: target).map(time))
                #expect(try hours.nextOpening(from: time(moment)) == walk.nextOpening(from: moment).map(time))
            }
        }
    }

    @Test func `never comes earlier for a later start or a longer time`() throws {
        var generator = SeededGenerator(state: 47)
        for _ in 0..<2_000 {
            let start = Int64.random(in: 0...58, using: &generator)
            let target = Int64.random(in: 0...10, using: &generator)
            let due = try hours.add(ms(target), to: time(start))

            #expect(try due <= hours.add(ms(target), to: time(start + 1)))
            #expect(try due <= hours.add(ms(target + 1), to: time(start)))
            #expect(try hours.between(time(start), due) == ms(target))
        }
    }

    @Test func `says which moment lies outside, and when the time runs out`() {
        #expect(throws: HorizonError.outside(time(101), horizon: span(0, 100))) {
            try hours.add(ms(1), to: time(101))
        }
        #expect(throws: HorizonError.outside(time(-1), horizon: span(0, 100))) {
            try hours.between(time(50), time(-1))
        }
        #expect(throws: HorizonError.outside(time(.min), horizon: span(0, 100))) {
            try hours.nextOpening(from: time(.min))
        }
        #expect(throws: HorizonError.beyond(ms(.max), from: time(60), horizon: span(0, 100))) {
            try hours.add(ms(.max), to: time(60))
        }
        #expect(throws: HorizonError.beyond(ms(42), from: time(0), horizon: span(0, 100))) {
            try hours.add(ms(42), to: time(0))
        }
        #expect(throws: HorizonError.negative(ms(.min))) { try hours.add(ms(.min), to: time(60)) }
        #expect("\(HorizonError.negative(ms(-1)))" == "-1 ms is a negative time, which cannot be added")
    }

    @Test func `knows what lies before and after without being asked about the horizon`() {
        #expect(hours.elapsed(until: time(.min)) == .zero)
        #expect(hours.elapsed(until: time(.max)) == ms(41))
        #expect(hours.moment(after: ms(.min)) == time(0))
        #expect(hours.moment(after: ms(.max)) == nil)
    }

    @Test func `may never open, never close, or know a single moment`() throws {
        let never = try OpenHours.never(over: span(0, 100))
        let always = try OpenHours.always(over: span(0, 100))
        let moment = try OpenHours([span(0, 100)], over: span(7, 7))

        #expect(never.total == .zero && never.moment(after: ms(1)) == nil)
        #expect(throws: HorizonError.self) { try never.add(ms(1), to: time(0)) }
        #expect(try always.add(ms(100), to: time(0)) == time(100))
        #expect(try moment.add(.zero, to: time(7)) == time(7))
    }

    @Test func `refuses a horizon whose sums could overflow`() {
        let edge: Int64 = 1 << 53
        for horizon in [span(.min, 0), span(0, .max), span(-edge - 1, 0), span(0, edge + 1)] {
            #expect(throws: OutOfRange.self) { try OpenHours([span(.min, .max)], over: horizon) }
        }
        #expect(throws: Never.self) { try OpenHours([span(.min, .max)], over: span(-edge, edge)) }
    }
}

/// The same questions answered by walking from millisecond to millisecond.
private struct MillisecondWalk {
    let start, end: Int64
    private let open: [Bool]
    /// The open time before each millisecond of the horizon, its end included.
    let opened: [Int64]

    init(_ stretches: [Range<UTCTime>], from start: Int64, to end: Int64) {
        let open = (start..<end).map { moment in stretches.contains { $0.contains(time(moment)) } }
        self.start = start
        self.end = end
        self.open = open
        opened = open.reduce(into: [0]) { sums, isOpen in sums.append(sums[sums.count - 1] + (isOpen ? 1 : 0))
        }
    }

    func isOpen(_ moment: Int64) -> Bool { moment < end && open[Int(moment - start)] }

    func add(_ target: Int64, to moment: Int64) -> Int64? {
        let before = opened[Int(moment - start)]
        return (moment...end).first { opened[Int($0 - start)] - before >= target }
    }

    func moment(after target: Int64) -> Int64? { (start...end).first { opened[Int($0 - start)] >= target } }

    func nextOpening(from moment: Int64) -> Int64? { (moment..<max(moment, end)).first(where: isOpen) }
}
