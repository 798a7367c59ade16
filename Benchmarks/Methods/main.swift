import Foundation

/// One measured thing: the best of several runs, as a JSON line.
struct Measured: Encodable {
    let name: String
    let seconds: Double
    let note: String
}

/// Prints what a topic measured.
func report(_ topic: () throws -> [(name: String, seconds: Double, note: String)]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for (name, seconds, note) in try topic() {
        let line = try encoder.encode(Measured(name: name, seconds: seconds, note: note))
        print(String(decoding: line, as: UTF8.self))
    }
}

let folder = CommandLine.arguments.dropFirst().first ?? "../shared/data/cdnow"
if FileManager.default.fileExists(atPath: folder + "/CDNOW_master.txt") {
    try report { try customerBaseBench(folder) }
} else {
    FileHandle.standardError.write(Data("No CDNOW files in \(folder): customer bases are left out.\n".utf8))
}
try report(staffingBench)
try report(workingTimeBench)
try report(chainBench)
