import Foundation
import Testing

@testable import Tabular

/// Files that people really have. They are not part of the product, so they may be absent.
enum SharedFiles {
    static let folder: String? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let named = ProcessInfo.processInfo.environment["REGULARS_SHARED"].map { URL(filePath: $0) }
        return [named, root.deletingLastPathComponent().appending(path: "shared")]
            .compactMap { $0?.appending(path: "data").path }
            .first { FileManager.default.fileExists(atPath: $0) }
    }()

    static func path(_ name: String) throws -> String { try #require(folder) + "/" + name }
}

@Suite(
    .enabled(
        if: SharedFiles.folder != nil,
        "The real files are missing: put them in ../shared/data or set REGULARS_SHARED."))
struct `Reading real files` {
    private struct Contents {
        var preview: TablePreview
        var rows: [[String]] = []
        var problems = 0
        var reencoded = 0
    }

    private func contents(of name: String) throws -> Contents {
        let path = try SharedFiles.path(name)
        var contents = Contents(preview: try TableReader.preview(path: path))
        var reader = try TableReader(path: path, format: contents.preview.format)
        try reader.forEachRow { row in
            contents.rows.append(row.strings)
            contents.problems += row.problem == nil ? 0 : 1
            return true
        }
        contents.reencoded = reader.reencodedCells
        return contents
    }

    @Test func `adds up every purchase at CDNOW`() throws {
        let path = try SharedFiles.path("cdnow/CDNOW_master.txt")
        let format = try TableReader.preview(path: path).format
        #expect(format.delimiter == .whitespace && format.hasHeader && format.dateOrder == .compact)

        var reader = try TableReader(path: path, format: format)
        var (rows, cents, zeros) = (0, Int64(0), 0)
        var customers: Set<Int64> = []
        var days = Int.max...Int.max
        try reader.forEachRow { row in
            #expect(row.problem == nil)
            rows += 1
            customers.insert(try parseInteger(row.bytes(0)))
            let day = try parseDate(row.bytes(1), order: .compact).daysSinceEpoch
            days = min(days.lowerBound, day)...max(days.upperBound == .max ? day : days.upperBound, day)
            let amount = try parseAmount(row.bytes(3), exponent: 2, decimalComma: false)
            cents += amount
            zeros += amount == 0 ? 1 : 0
            return true
        }
        #expect(rows == 69_659)
        #expect(customers.count == 23_570)
        #expect(cents == 250_031_563)
        #expect(zeros == 80)
        #expect(CivilMoment(daysSinceEpoch: days.lowerBound) == CivilMoment(year: 1997, month: 1, day: 1))
        #expect(CivilMoment(daysSinceEpoch: days.upperBound) == CivilMoment(year: 1998, month: 6, day: 30))
    }

    @Test func `finds no header in the CDNOW sample`() throws {
        let found = try contents(of: "cdnow/CDNOW_sample.txt")

        #expect(!found.preview.format.hasHeader)
        #expect(found.rows.count == 6_919)
        #expect(Set(found.rows.map { $0[1] }).count == 2_357)
        #expect(found.problems == 0)
    }

    @Test func `reads the garden retailer's survey, whatever its encoding`() throws {
        let found = try contents(of: "nps_botanic/nps.csv")

        #expect(found.preview.header[0...2] == ["Column 1", "id", "nps"])
        #expect(found.preview.format.encoding == .windows1252)
        #expect(found.preview.ambiguities.contains(.encodingMixed))
        #expect(found.rows.count == 13_954)
        #expect(found.problems == 0)
        #expect(found.rows[1][5].hasPrefix("Il y a très peu de caisse ouverte et le délai"))
    }

    @Test func `reads complaints that span many lines`() throws {
        let found = try contents(of: "cfpb/complaints_sample.csv")

        #expect(found.rows.count == 6_623)
        #expect(found.problems == 0)
        #expect(found.rows.count { !$0[5].isEmpty } == 1_532)
        #expect(found.preview.format.dateOrder == .iso)
        #expect(found.rows.contains { $0[5].contains("\n") })
    }

    @Test func `finds the eleven blank charges of the telephone company`() throws {
        let found = try contents(of: "telco/Telco-Customer-Churn.csv")

        #expect(found.rows.count == 7_043)
        #expect(found.problems == 0)
        #expect(found.rows.count { $0[19].isEmpty } == 11)
        #expect(found.preview.kinds[19] == .number)
    }

    @Test func `reads the donors' moments`() throws {
        let found = try contents(of: "donations/lifetimes_example_transactions.csv")

        #expect(found.rows.count == 15_273)
        #expect(found.preview.format.dateOrder == .iso)
        #expect(found.preview.kinds == [.date, .number])
    }
}
