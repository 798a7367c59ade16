import Foundation
import HTTPTypes
import Kernel
import NIOCore
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

@Suite struct `Importing through the API` {
    private static let text = "customer,date,amount\nada,2026-01-05,12.50\nbob,2026-01-06,x\n"

    @Test(arguments: Engine.available)
    func `takes the file as the body, reports and takes it back`(on engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let barbara = try await desk.api(as: .barbara)

            let created = try await barbara.send(
                .post, "/api/v2/imports?kind=purchases&currency=USD&name=january.csv", Self.text)
            #expect(created.status == .created)
            let address = try #require(created.location)
            try await desk.runImports()

            let report = try await barbara.get(address).object()
            #expect(report["state"] as? String == "complete" && report["file"] as? String == "january.csv")
            #expect(report["rows_read"] as? Int == 2 && report["refused"] as? Int == 1)
            #expect(report["totals"] as? [String: Int] == ["USD": 1250])
            let refusals = try #require(report["refusals"] as? [[String: Any]])
            #expect(refusals.first?["line"] as? Int == 3 && refusals.first?["field"] as? String == "amount")
            #expect(try await barbara.get("/api/v2/imports").objects().count == 1)

            #expect(try await barbara.delete(address).status == .noContent)
            try await desk.runImports()
            #expect(try await barbara.get(address).object()["state"] as? String == "undone")
            #expect(try await barbara.delete(address).status == .conflict)
        }
    }

    @Test func `checks only, where asked`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.api(as: .barbara)
            let address = try #require(
                try await barbara.send(.post, "/api/v2/imports?kind=purchases&dry_run=true", Self.text)
                    .location)
            try await desk.runImports()

            #expect(try await barbara.get(address).object()["state"] as? String == "ready")
            #expect(try await barbara.delete(address).status == .noContent)
            #expect(try await barbara.get(address).object()["state"] as? String == "dropped")
            #expect(desk.uploads.isEmpty)
        }
    }

    @Test func `refuses what cannot be meant and keeps nothing of it`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let barbara = try await desk.api(as: .barbara)
            func status(_ query: String, _ text: String = Self.text) async throws -> Int {
                try await barbara.send(.post, "/api/v2/imports\(query)", text).status.code
            }

            let nameless = try await status("")
            #expect(nameless == 400)
            #expect(try await status("?kind=purchases&currency=QQQ") == 400)
            #expect(try await status("?kind=purchases&map=customer=1,at=2,amount=2") == 400)
            #expect(try await status("?kind=purchases&map=customer=1,at=2") == 400)
            #expect(try await status("?kind=purchases", "") == 400)
            #expect(try await status("?kind=purchases", "customer,date,amount\na,03/04/2025,1\n") == 400)
            #expect(desk.uploads.isEmpty)
            let open = try await desk.database.read {
                try $0.number("SELECT count(*) FROM import WHERE state <> 'dropped'")
            }
            #expect(open == 0)
        }
    }
}
