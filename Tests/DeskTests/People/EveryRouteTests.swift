import HTTPTypes
import Storage
import StorageTesting
import Testing
import Web

@testable import Desk

/// Read from the route table, so that a new route is tried without anybody thinking of it.
@Suite struct `Every route` {
    @Test(arguments: Role.allCases)
    func `is closed to a role without its permission`(role: Role) async throws {
        try await withDesk(on: .sqlite) { desk in
            let browser = try await desk.signedIn(as: .holding(role))
            let program = try await desk.api(as: .holding(role))

            for route in desk.site.routes {
                switch route.access {
                case .agent(let permission?) where !role.permissions.contains(permission):
                    let reply = try await desk.knock(route, with: browser)
                    #expect(reply.status == .forbidden, "\(route.method) \(route.path) as \(role)")
                case .api(let permission?) where !role.permissions.contains(permission):
                    let reply = try await program.send(route.method, Self.example(route.path))
                    #expect(reply.status == .forbidden, "\(route.method) \(route.path) as \(role)")
                default: break
                }
            }
        }
    }

    @Test func `is closed to who is not signed in`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let mallory = desk.visitor()
            let program = Program(desk.client)

            for route in desk.site.routes {
                switch route.access {
                case .agent:
                    let reply = try await desk.knock(route, with: mallory)
                    let isShut =
                        reply.status == .unauthorized || reply.location?.hasPrefix("/sign-in") == true
                    #expect(isShut, "\(route.method) \(route.path): \(reply.status)")
                case .api:
                    let reply = try await program.send(route.method, Self.example(route.path))
                    #expect(reply.status == .unauthorized, "\(route.method) \(route.path)")
                case .visitor: break
                }
            }
        }
    }

    @Test func `that changes something wants the form's token`() async throws {
        try await withDesk(on: .sqlite) { desk in
            let linus = try await desk.signedIn(as: .linus)
            let before = try await desk.happenings()

            for route in desk.site.routes where route.method == .post {
                guard case .agent = route.access else { continue }
                let reply = try await linus.postBare(Self.example(route.path), "form_token=forged")
                #expect((400..<500).contains(reply.status.code), "\(route.path): \(reply.status)")
            }

            #expect(try await desk.happenings() == before)
        }
    }

    /// An address of that shape: `/colleagues/:id/role` is `/colleagues/1/role`.
    static func example(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(":") ? "1" : String($0) }.joined(separator: "/")
    }
}

extension TestDesk {
    fileprivate func knock(_ route: Route, with browser: Browser) async throws -> Reply {
        let path = `Every route`.example(route.path)
        return route.method == .get ? try await browser.get(path) : try await browser.post(path)
    }
}
