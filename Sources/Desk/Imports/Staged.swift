import Kernel
import Storage

/// What an import has staged, and nobody sees.
struct Staged {
    let item: Import

    init(_ item: Import) { self.item = item }

    /// The staged customers of this import.
    var customers: SQL { "n BETWEEN \(item.firstNumber) AND \(item.lastNumber)" }

    /// Removes staged rows; those of customers that were given a name stay if asked, for an undo to find them.
    func clear(keepingNamed: Bool = false, in connection: any Connection) throws {
        for table in [Table.purchases, .advocacy, .answers, .contracts] { try clear(table, in: connection) }
        try connection.run("DELETE FROM import_field_value WHERE \(customers)")
        let mayTruncate = try !connection.exists(
            "SELECT 1 FROM import_customer WHERE n < \(item.firstNumber) OR n > \(item.lastNumber) OR named LIMIT 1"
        )
        if mayTruncate {
            try connection.run("DELETE FROM import_customer")
        } else if keepingNamed {
            try connection.run("DELETE FROM import_customer WHERE \(customers) AND NOT named")
        } else {
            try connection.run("DELETE FROM import_customer WHERE \(customers)")
        }
    }

    enum Table { case purchases, advocacy, answers, contracts }

    /// A table that holds nothing else is emptied whole, which takes no time at all.
    private func clear(_ table: Table, in connection: any Connection) throws {
        let name: SQL =
            switch table {
            case .purchases: "import_purchase"
            case .advocacy: "import_advocacy"
            case .answers: "import_answer"
            case .contracts: "import_contract"
            }
        if try connection.exists("SELECT 1 FROM \(name) WHERE import_id <> \(item.id) LIMIT 1") {
            try connection.run("DELETE FROM \(name) WHERE import_id = \(item.id)")
        } else {
            try connection.run("DELETE FROM \(name)")
        }
    }
}
