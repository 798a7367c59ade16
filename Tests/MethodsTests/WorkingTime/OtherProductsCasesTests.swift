import Foundation
import Methods
import Testing

@Suite(
    .enabled(
        if: SharedFolder.has("corpora/businesstime"),
        "shared/corpora/businesstime is not here; set REGULARS_SHARED to check against it"),
    .enabled(if: Tzdata.hasSystem, "the system has no zones"))
struct `Comparing with other products' cases` {
    private func cases(_ file: String) throws -> [CorpusValue] {
        let file = try #require(SharedFolder.file("corpora/businesstime/" + file))
        return try JSONDecoder().decode(CorpusValue.self, from: Data(contentsOf: file))["cases"].list
    }

    /// The names of the cases whose outcome is not ours, each with its place in the file, counted from 1.
    private func others(_ file: String, count: Int) throws -> [String] {
        let cases = try cases(file)
        try #require(cases.count == count)
        return try cases.enumerated().compactMap { index, value in
            try CorpusCase(value).agrees() == true ? nil : "\(index + 1) \(try value["name"].text())"
        }
    }

    @Test func `agrees with libredesk, Chatwoot and Frappe throughout`() throws {
        #expect(try others("libredesk_sla.json", count: 13) == [])
        #expect(try others("chatwoot.json", count: 2) == [])
        #expect(try others("frappe_helpdesk_sla.json", count: 3) == [])
    }

    @Test func `differs from biz where the article says so`() throws {
        #expect(
            try others("biz.json", count: 11) == [
                "2 zero duration fails hard (ForDuration; note: policy choice)",
                "4 start after end returns zero",
            ])
    }

    @Test func `differs from working_hours where the article says so`() throws {
        #expect(
            try others("working_hours.json", count: 44) == [
                "1 skips non worked days when origin is not worked (+1)",
                "2 skips holidays when origin is holiday (-1)", "3 skips holidays and non worked days",
                "18 supporting midnight (upstream represents 24:00 as 86399.999999 s)",
                "19 supporting midnight (upstream represents 24:00 as 86399.999999 s)",
                "29 jumps outside working hours", "31 move between timespans", "36 0 if same date",
                "37 0 if time in same day", "38 counts working days", "39 friday to saturday",
            ])
    }

    @Test func `differs from Zammad's calendar where the article says so`() throws {
        #expect(try others("zammad_calendar.json", count: 3) == ["1 hours ending at 00:00 refused"])
    }

    @Test func `differs from Zammad's escalations where the article says so`() throws {
        let cases = try cases("zammad_escalation.json")
        try #require(cases.count == 9)
        var differing: [String] = []
        var compared = 0
        for (index, value) in cases.enumerated() {
            var ticket = try ZammadTicket(value)
            for step in value["steps"].list {
                let at = try? step["at"].moment()
                switch try step["op"].text() {
                case "state_change": ticket.change(to: try step["to"].text(), at: try #require(at))
                case "article" where step["type"] != .text("outbound_email"):
                    // The first unanswered message starts the clock, later ones do not start it again.
                    if ticket.customerWroteAt == nil { ticket.customerWroteAt = at }
                case "article":
                    ticket.customerWroteAt = nil
                    if ticket.answeredAt["first_response"] == nil { ticket.answeredAt["first_response"] = at }
                case "update_ticket": try update(&ticket, step["set"])
                case "expect":
                    compared += step["value"] == .nothing ? 0 : 1
                    let attribute = try step["attr"].text()
                    if try !ticket.agrees(attribute, step["value"]) {
                        differing.append("\(index + 1) \(attribute)")
                    }
                default: break
                }
            }
        }
        #expect(compared == 41)
        #expect(
            differing == [
                "6 escalation_at", "6 first_response_escalation_at", "9 escalation_at",
                "9 update_escalation_at",
                "9 escalation_at", "9 update_escalation_at",
            ])
    }

    private func update(_ ticket: inout ZammadTicket, _ set: CorpusValue) throws {
        if let state = try? set["state"].text() {
            ticket.change(to: state, at: try set["updated_at"].moment())
        }
        if let at = try? set["first_response_at"].moment() { ticket.answeredAt["first_response"] = at }
        if let at = try? set["close_at"].moment() { ticket.answeredAt["close"] = at }
        if let at = try? set["last_contact_customer_at"].moment() { ticket.customerWroteAt = at }
        // An update is late or not as of the first answer of an agent.
        if let at = try? set["last_contact_agent_at"].moment(), ticket.answeredAt["update"] == nil {
            ticket.answeredAt["update"] = at
        }
    }
}
