import Storage
import Testing

@Suite struct `Writing a statement` {
    @Test func `binds values in order of appearance`() {
        let statement: SQL = "SELECT * FROM thing WHERE id = \(7) AND words = \("x")"

        #expect(statement.text == "SELECT * FROM thing WHERE id = $1 AND words = $2")
        #expect(statement.values == [.integer(7), .text("x")])
    }

    @Test func `never spells a hostile value`() {
        let hostile = "'; DROP TABLE thing; -- $1 \\ \0 \""

        let statement: SQL = "SELECT \(hostile)"

        #expect(statement.text == "SELECT $1")
        #expect(statement.values == [.text(hostile)])
    }

    @Test func `binds nothing as NULL`() {
        let nobody: Int? = nil
        let someone: Int? = 4

        let statement: SQL = "VALUES (\(nobody), \(someone))"

        #expect(statement.values == [.null, .integer(4)])
    }

    @Test func `numbers a spliced fragment anew`() {
        let condition: SQL = "a = \(1) AND b = \(2)"

        let statement: SQL = "SELECT \(0) WHERE \(condition) OR c = \(3)"

        #expect(statement.text == "SELECT $1 WHERE a = $2 AND b = $3 OR c = $4")
        #expect(statement.values == [.integer(0), .integer(1), .integer(2), .integer(3)])
    }

    @Test func `numbers fragments with more than nine values, and letters of several bytes`() {
        let list: SQL = "é IN (\(list: Array(1...11)))"

        let statement = ["x = \(0)", list, "ü = \("u")"].joined(" AND ")

        let marks = (2...12).map { "$\($0)" }.joined(separator: ", ")
        #expect(statement.text == "x = $1 AND é IN (\(marks)) AND ü = $13")
        #expect(statement.values == (0...11).map { .integer(Int64($0)) } + [.text("u")])
    }

    @Test func `keeps a fragment that comes first as it is`() {
        let statement = ("a = \(1)" as SQL) + " AND " + "b = \(2)"

        #expect(statement.text == "a = $1 AND b = $2")
        #expect(statement.values == [.integer(1), .integer(2)])
    }

    @Test func `writes NULL for an empty list, which matches nothing`() {
        let nobody: [Int] = []

        let statement: SQL = "id IN (\(list: nobody))"

        #expect(statement.text == "id IN (NULL)")
        #expect(statement.values.isEmpty)
    }
}
