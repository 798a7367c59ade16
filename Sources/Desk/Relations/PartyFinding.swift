import Kernel
import Storage

/// Turns what somebody typed into a customer of one kind: their number, or their name.
struct PartyFinding: Sendable {
    /// How many are offered to choose from.
    static let offered = 12

    enum Outcome: Sendable {
        case one(Party)
        case several([Party])
        case none
    }

    let database: any Database

    func find(_ typed: String, kind: Party.Kind) async throws -> Outcome {
        let typed = typed.singleLine
        let number = typed.hasPrefix("#") ? String(typed.dropFirst()) : typed
        return try await database.read { connection in
            if let id = Int64(number), let party = try CustomerStore.customer(ID(id), in: connection),
                party.kind == kind
            {
                return .one(party)
            }
            let found = try PartyFinding.named(typed, kind: kind, in: connection)
            let same = found.filter { $0.name.searchKey == typed.searchKey }
            if same.count == 1 { return .one(same[0]) }
            if found.count == 1 { return .one(found[0]) }
            return found.isEmpty ? .none : .several(found)
        }
    }

    /// Names that begin with the text, then names with a word that does.
    private static func named(
        _ typed: String, kind: Party.Kind, in connection: any Connection
    ) throws -> [Party] {
        guard let finding = CustomerFinding(typed) else { return [] }
        var found: [Party] = []
        for stage in [CustomerFinding.Stage.name, .word] {
            // Among the first hundred: whoever has a name that many begin with types more of it.
            let rows = try connection.all(finding.rows(stage, after: nil, limit: 100), Party.init)
            for party in rows where party.kind == kind && !found.contains(where: { $0.id == party.id }) {
                found.append(party)
            }
        }
        return Array(found.prefix(offered))
    }
}
