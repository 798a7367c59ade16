import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("vectors/profile.json"),
        "shared/vectors/profile.json is not here; set REGULARS_SHARED to check against it"))
struct `Matching the reference profiles` {
    struct Vectors: Decodable {
        let cases: [Case]
    }

    struct Case: Decodable {
        let name: String
        let B, M, T: Int
        let advocacy_measured: Bool
        let probabilities: [String: Double]
        let label: String
        let sub: String?
    }

    let cases: [Case]

    init() throws {
        let file = try #require(SharedFolder.file("vectors/profile.json"))
        cases = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file)).cases
        try #require(cases.count == 14)
    }

    private func result(of profile: Case) throws -> ShapeResult {
        try shape(
            of: Levels(first: profile.B, repeating: profile.M, advocate: profile.T),
            advocacyMeasured: profile.advocacy_measured, historyBeginsInside: false, windowDays: 365,
            medianCycleDays: nil)
    }

    @Test func `gives the same probabilities to nine places`() throws {
        for profile in cases {
            let found = try result(of: profile).probabilities

            for shape in Shape.allCases {
                let expected = try #require(profile.probabilities[shape.rawValue])
                #expect(abs(found[shape] - expected) <= 1e-9, "\(profile.name): \(shape)")
            }
        }
    }

    @Test func `says the same words`() throws {
        for profile in cases {
            #expect(try result(of: profile).verdict.label == profile.label, "\(profile.name)")
        }
    }

    @Test func `adds the same qualifiers`() throws {
        let wording = ["severe": "severe (middle exceeds base and top together)"]
        for profile in cases {
            let found = try result(of: profile).qualifiers.map { wording[$0.rawValue] ?? $0.rawValue }

            #expect(found == (profile.sub.map { [$0] } ?? []), "\(profile.name)")
        }
    }
}
