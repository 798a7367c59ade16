import HTTPTypes
import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
import Web

/// Referrals on screen: who the friend is, and whether they bought.
struct ReferralRoutes: Sendable {
    let desk: Desk
    let referrals: ReferralStore

    var all: [Route] {
        [
            .agent(.get, "/advocates/referrals", needs: .seeCustomers, use: list),
            .agent(.get, "/advocates/referrals/csv", needs: .exportCustomers, use: export),
            .agent(.get, "/advocates/referrals/:id", needs: .seeCustomers, use: show),
            .agent(.post, "/advocates/referrals/:id/link", needs: .recordAdvocacy, use: link),
            .agent(.post, "/advocates/referrals/:id/unlinking", needs: .recordAdvocacy, use: unlink),
            .agent(.post, "/advocates/referrals/:id/dismissal", needs: .recordAdvocacy, use: dismiss),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        let state = Referral.State(rawValue: context.query["show"] ?? "") ?? .open
        let today = try await desk.today()
        let page = ReferralsPage(
            state: state, portion: try await referrals.page(state, after: context.query["after"], limit: 50),
            totals: try await desk.database.read {
                try AdvocacyTotals.read(today: today.daysSinceEpoch, in: $0)
            }, query: context.query,
            mayLink: context.may(.recordAdvocacy), mayExport: context.may(.exportCustomers))
        return .page(page, in: try await desk.shell(for: context, here: "/advocates"))
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        try await page(context)
    }

    private func page(_ context: AgentContext, _ refusal: ReferralRefusal? = nil) async throws -> Response {
        let id = try context.parameters.id(of: Referral.self).value
        guard let referral = try await referrals.find(id) else { throw NotFound() }
        let typed = String(context.query.text("q").prefix(200))
        var found: [CustomerRow] = []
        if !typed.isEmpty, referral.state == .open {
            let customers = CustomerStore(database: desk.database, clock: desk.clock)
            found = try await customers.list(
                finding: typed, after: nil, limit: 10, organisation: try await desk.organisations.required()
            ).items.filter { $0.party.id != referral.person }
        }
        let page = ReferralPage(
            referral: referral, found: found, typed: typed, mayLink: context.may(.recordAdvocacy),
            refusal: refusal)
        return .page(
            page, in: try await desk.shell(for: context, here: "/advocates"), status: refusal?.status ?? .ok)
    }

    @Sendable func link(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, saying: "advocacy.referral.linked") { id in
            guard let friend = try context.form.id("customer", of: Party.self) else {
                throw ReferralRefusal.unknownCustomer
            }
            _ = try await referrals.link(id, to: friend, by: desk.act(by: context.person.id))
        }
    }

    @Sendable func unlink(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, saying: "advocacy.referral.unlinked") { id in
            _ = try await referrals.unlink(id, by: desk.act(by: context.person.id))
        }
    }

    @Sendable func dismiss(_ request: Request, in context: AgentContext) async throws -> Response {
        try await change(context, saying: "advocacy.referral.dismissed") { id in
            try await referrals.dismiss(id, by: desk.act(by: context.person.id))
        }
    }

    private func change(
        _ context: AgentContext, saying key: String, _ act: (Int64) async throws -> Void
    ) async throws -> Response {
        let id = try context.parameters.id(of: Referral.self).value
        do {
            try await act(id)
            return .redirect(to: "/advocates/referrals/\(id)", saying: Phrase(key))
        } catch ReferralRefusal.unknown {
            throw NotFound()
        } catch let refusal as ReferralRefusal {
            return try await page(context, refusal)
        }
    }

    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let state = Referral.State(rawValue: context.query["show"] ?? "") ?? .open
        let (referrals, reader) = (referrals, context.reader)
        let head = ["id", "who", "friend", "day", "customer", "first", "worth"].map {
            CSVCell.quoted(Phrase("advocacy.referrals.csv.\($0)").text(for: reader))
        }
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: head.joined(separator: ",") + "\r\n"))
            var after: String?
            repeat {
                let portion = try await referrals.page(state, after: after, limit: 500)
                try await writer.write(ByteBuffer(string: portion.items.map(ReferralRoutes.line).joined()))
                after = portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        return .download(body, named: "referrals-\(state.rawValue).csv", type: "text/csv; charset=utf-8")
    }

    private static func line(_ referral: Referral) -> String {
        let worth = referral.worth.map { "\($0.decimal) \($0.currency.code)" }.joined(separator: "; ")
        let cells = [
            "\(referral.id)", referral.name, referral.friend, referral.day.description,
            referral.friendParty?.name ?? "", referral.firstDay?.description ?? "", worth,
        ]
        return cells.map(CSVCell.quoted).joined(separator: ",") + "\r\n"
    }
}
