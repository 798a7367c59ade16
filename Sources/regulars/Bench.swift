import ArgumentParser
import Desk
import Foundation
import Kernel
import Storage

/// Measures the desk on generated data: import, profile, pages, purchases one by one.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure the desk on generated data.",
        discussion: """
            Makes a company of that many customers with about ten purchases each over three years, imports it into an empty \
            desk and measures. bin/bench runs it at several sizes, on both engines, and adds the load over HTTP.

            Example: regulars bench --customers 100000 --data /tmp/bench
            """)

    @OptionGroup var place: PlaceOptions
    @Option(help: "How many customers; each has ten purchases on average.") var customers = 10_000
    @Option(help: "The seed the data grows from.") var seed: UInt64 = 1
    @Flag(help: "Print JSON.") var json = false

    func run() async throws {
        let terminal = Terminal.standard
        let place = try place.place(from: terminal.directory)
        guard (100...20_000_000).contains(customers) else {
            throw Failure("--customers goes from 100 to 20000000", code: Failure.wrongWords)
        }
        var lock: FolderLock?
        if case .folder(let folder) = place {
            lock = try FolderLock(folder)
            guard lock != nil else { throw Failure("another regulars is running on \(folder)") }
        }
        defer { withExtendedLifetime(lock) {} }
        let open = try await OpenDesk.open(place)
        guard try await !open.people.setUp.isDone() else {
            throw Failure("there is a desk here already; measure in an empty place")
        }
        try await open.people.setUp.run(
            organisation: "Bench", zone: "Europe/Berlin", currency: "EUR", name: "Bench",
            email: "bench@example.com",
            password: "bench-\(UInt64.random(in: 0 ... .max))")
        let run = BenchRun(
            open: open, folder: place.uploads, customers: customers, seed: seed, terminal: terminal)
        let figures = try await run.all()
        terminal.out(json ? JSON.object(figures).prettyText : BenchRun.text(figures))
        try await open.desk.database.close()
    }
}

/// The measuring itself. Every figure is named with its unit.
struct BenchRun: Sendable {
    let open: OpenDesk
    let folder: String
    let customers: Int
    let seed: UInt64
    let terminal: Terminal

    private var desk: Desk { open.desk }

    func all() async throws -> [(String, JSON)] {
        let data = BenchCompany(customers: customers, seed: seed)
        var figures: [(String, JSON)] = [
            ("engine", .text(desk.database.engine.rawValue)), ("customers", .int(Int64(customers))),
        ]
        figures += try await measure(
            importOf: .customers, data.customerFile(in: folder), prefix: "import_customers")
        let purchases = try data.purchaseFile(in: folder)
        figures.append(("purchases", .int(Int64(purchases.rows))))
        BenchRun.forgetPeakMemory()
        figures += try await measure(importOf: .purchases, purchases.path, prefix: "import_purchases")
        figures.append(("peak_memory_mb", .int(Int64(BenchRun.peakMemory()))))
        figures += try await measureNight()
        figures += try await measureReading()
        figures += try await measureWriting()
        figures.append(("peak_memory_after_all_mb", .int(Int64(BenchRun.peakMemory()))))
        return figures
    }

    private func measure(importOf kind: ImportKind, _ path: String, prefix: String) async throws -> [(
        String, JSON
    )] {
        terminal.say("importing \(kind.rawValue) …")
        let store = ImportStore(
            database: desk.database, clock: desk.clock, organisations: desk.organisations, folder: folder)
        let began = ContinuousClock.now
        let report = try await ImportRun(store).run(
            kind, path: path, fileName: "bench", options: ImportOptions(), by: desk.act(by: nil))
        let seconds = began.duration(to: .now).seconds
        try? FileManager.default.removeItem(atPath: path)
        return [
            ("\(prefix)_rows", .int(Int64(report.accepted))),
            ("\(prefix)_refused", .int(Int64(report.refused))),
            ("\(prefix)_seconds", .real(BenchRun.round(seconds))),
            ("\(prefix)_rows_per_second", .int(Int64(Double(report.rowsRead) / seconds))),
        ]
    }

    /// The other work of a night, in the order of its needs.
    private static let nightly = [
        "compute-segments", "plan-touches", "list-whom-to-ask", "compute-offers", "find-duplicates",
        "find-findings",
    ]

    private static let filters = [
        "occasions:>5 AND value:>100 AND last_day:>'2026-06-01'",
        "level:'repeat' AND occasions:>10 AND channel:'shop'",
        "product:'p3' AND channel:'web' AND occasions:<3",
        "list:'at-risk' AND value:>500 AND occasions:>8",
        "name:'ada*' AND occasions:>3 AND value:>100",
        "first_day:>'2026-09-01' AND occasions:1 AND product:'p7'",
    ]

    /// What is computed every night: twice, because the second run finds what the first has left.
    private func measureNight() async throws -> [(String, JSON)] {
        terminal.say("computing …")
        let organisation = try await desk.organisations.required()
        var figures: [(String, JSON)] = []
        for name in ["figures", "figures_again"] {
            let began = ContinuousClock.now
            let report = try await FigureRun(desk: desk, organisation: organisation).run(
                by: desk.act(by: nil))
            let seconds = began.duration(to: .now).seconds
            figures.append(("\(name)_seconds", .real(BenchRun.round(seconds))))
            figures.append(("\(name)_model", .text(report.model?.rawValue ?? "none")))
        }
        let screens = BenchScreens(desk: desk)
        let began = ContinuousClock.now
        try await screens.economics()
        figures.append(("economics_seconds", .real(BenchRun.round(began.duration(to: .now).seconds))))
        let act = desk.act(by: nil)
        try await screens.segment("Bench regulars", of: "occasions:>5 AND value:>100", by: act)
        try await screens.segment("Bench web", of: "channel:'web' AND product:'p7'", by: act)
        try await screens.rhythm(months: 6, by: act)
        for kind in BenchRun.nightly {
            let began = ContinuousClock.now
            guard try await screens.work(kind) else { continue }
            let name = kind.replacing("-", with: "_")
            figures.append(("\(name)_seconds", .real(BenchRun.round(began.duration(to: .now).seconds))))
        }
        figures.append(("peak_memory_of_the_night_mb", .int(Int64(BenchRun.peakMemory()))))
        return figures
    }

    private func measureReading() async throws -> [(String, JSON)] {
        terminal.say("reading …")
        let organisation = try await desk.organisations.required()
        let profiles = ProfileStore(database: desk.database, clock: desk.clock)
        let end = try await profiles.profile(nil, organisation: organisation).window.upperBound
        var figures: [(String, JSON)] = []
        figures += try await BenchRun.times("profile_12_months", 200) { index in
            let to = end + (-Int(index * 7 % 700))
            _ = try await profiles.profile((to + (-364))...to, organisation: organisation)
        }
        figures += try await BenchRun.times("profile_12_quarters", 30) { _ in
            _ = try await profiles.quarters(endingAt: end, limit: 12, organisation: organisation)
        }
        let screens = BenchScreens(desk: desk)
        figures += try await BenchRun.times("customer_page", 300) { index in
            try await screens.customer(ID(Int64(2 + (index * 7919) % customers)))
        }
        let names = ["a", "be", "car", "dan", "lin", "mo", "sa", "ost", "wa", "zo"]
        figures += try await BenchRun.times("people_page_by_name", 300) { index in
            let start = "n~0~" + names[index % names.count]
            try await screens.people(finding: nil, after: start)
        }
        figures += try await BenchRun.times("people_find", 300) { index in
            try await screens.people(finding: names[index % names.count], after: nil)
        }
        for (number, words) in BenchRun.filters.enumerated() {
            let places = Places()
            figures += try await BenchRun.times("filter_\(number + 1)", 50) { _ in
                places.next = try await screens.filtered(words, after: places.next)
            }
        }
        let timeline = Places()
        figures += try await BenchRun.times("longest_timeline", 50) { _ in
            timeline.next = try await screens.longestTimeline(before: timeline.next)
        }
        for list in CustomerList.allCases {
            let places = Places()
            figures += try await BenchRun.times("list_\(list.rawValue)", 50) { _ in
                places.next = try await screens.list(list, after: places.next)
            }
        }
        for level in ProfileLevel.allCases {
            figures += try await BenchRun.times("behind_\(level.rawValue)", 50) { _ in
                _ = try await profiles.behind(
                    level, window: (end + (-364))...end, after: nil, limit: 50, organisation: organisation)
            }
        }
        return figures
    }

    private func measureWriting() async throws -> [(String, JSON)] {
        terminal.say("writing …")
        let organisation = try await desk.organisations.required()
        let store = PurchaseStore(database: desk.database, clock: desk.clock)
        let today = organisation.zone.day(of: desk.clock.now)
        let perClient = 500
        let customers = customers
        let desk = desk
        let before = desk.database.activity
        let began = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for client in 0..<32 {
                group.addTask {
                    for number in 0..<perClient {
                        let id = ID<Party>(Int64(2 + (client * 7919 + number * 104_729) % customers))
                        let money = Money(minor: Int64(100 + number), currency: organisation.currency)
                        _ = try await store.record(
                            NewPurchase(customer: .id(id), day: today + (-(number % 30)), amount: money),
                            today: today,
                            by: desk.act(by: nil))
                    }
                }
            }
            try await group.waitForAll()
        }
        let seconds = began.duration(to: .now).seconds
        let after = desk.database.activity
        let commits = after.commits - before.commits
        return [
            ("purchases_one_by_one_per_second", .int(Int64(Double(32 * perClient) / seconds))),
            ("purchases_per_commit", .real(BenchRun.round(Double(32 * perClient) / Double(max(1, commits))))),
            ("retries", .int(Int64(after.retries - before.retries))),
        ]
    }

    /// Runs something so many times and answers median, 95th percentile and maximum in milliseconds.
    private static func times(
        _ name: String, _ count: Int, _ body: (Int) async throws -> Void
    ) async throws -> [(String, JSON)] {
        var times: [Double] = []
        for index in 0..<count {
            let began = ContinuousClock.now
            try await body(index)
            times.append(began.duration(to: .now).seconds * 1000)
        }
        times.sort()
        func at(_ share: Double) -> JSON { .real(round(times[min(count - 1, Int(Double(count) * share))])) }
        return [("\(name)_ms_p50", at(0.5)), ("\(name)_ms_p95", at(0.95)), ("\(name)_ms_max", at(1))]
    }

    static func round(_ number: Double) -> Double { (number * 100).rounded() / 100 }

    /// The most memory this process ever had, in MB, as Linux counts it (VmHWM).
    private static func peakMemory() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Int(line.filter(\.isNumber)) ?? 0) / 1024
    }

    /// Begins anew with the memory held now (`/proc/self/clear_refs`), so that making the files does not count.
    private static func forgetPeakMemory() {
        guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
        try? file.write(contentsOf: Data("5".utf8))
    }

    static func text(_ figures: [(String, JSON)]) -> String {
        figures.map { name, value in
            let padded = name + String(repeating: " ", count: max(1, 36 - name.count))
            return padded + String(decoding: value.bytes, as: UTF8.self)
        }.joined(separator: "\n")
    }
}

extension Duration {
    fileprivate var seconds: Double {
        let (whole, attoseconds) = components
        return Double(whole) + Double(attoseconds) / 1e18
    }
}

/// Where a list is read on.
private final class Places {
    var next: String?
}
