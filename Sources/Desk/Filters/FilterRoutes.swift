import HTTPTypes
import Hummingbird
import Kernel
import Markup
import NIOCore
import Storage
public import Web

/// Filtered lists of customers: on screen, as CSV, and searched by programs.
struct FilterRoutes: Sendable {
    let desk: Desk
    let customers: FilteredCustomers

    init(desk: Desk) {
        self.desk = desk
        customers = FilteredCustomers(database: desk.database, clock: desk.clock)
    }

    var all: [Route] { [.agent(.get, "/people.csv", needs: .exportCustomers, use: export)] }

    /// What makes `/people` a filtered list.
    static func isAsked(_ query: Query) -> Bool {
        query.has("filter") || query.has("do") || query.has("field")
    }

    @Sendable func show(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let fields = try await customers.fields(organisation)
        let query = context.query
        guard !query.has("do"), !query.has("field") else {
            return try await built(query, fields, organisation, context)
        }
        let text = query.text("filter")
        let (tree, refusal) = text.isEmpty ? (nil, nil) : FilterRoutes.understood(text, fields)
        let rows = refusal == nil ? FilterRows(tree) : nil
        let builder = FilterBuilder(rows: rows, text: text, fields: fields, refusal: refusal?.phrase)
        return try await page(builder, tree, text, organisation, context)
    }

    private static func understood(_ text: String, _ fields: FilterFields) -> (FilterTree?, FilterRefusal?) {
        do throws(FilterRefusal) {
            return (try FilterTree.parse(text, fields: fields), nil)
        } catch {
            return (nil, error)
        }
    }

    /// The builder's buttons: a row more or less, or the filter they make, which then stands in the address.
    private func built(
        _ query: Query, _ fields: FilterFields, _ organisation: Organisation, _ context: AgentContext
    ) async throws -> Response {
        var rows = FilterRows(query, fields: fields)
        let button = query.text("do")
        rows.act(button, query, fields: fields)
        var builder = FilterBuilder(rows: rows, text: rows.text, fields: fields)
        guard button == "show" || button.isEmpty else {
            return try await page(builder, nil, rows.text, organisation, context)
        }
        if rows.rows.isEmpty { return .redirect(to: "/people", type: .normal) }
        let (tree, refusal) = FilterRoutes.understood(rows.text, fields)
        if let tree { return .redirect(to: "/people" + Query("").with("filter", tree.text), type: .normal) }
        builder.refusal = refusal?.phrase
        return try await page(builder, nil, rows.text, organisation, context)
    }

    private func page(
        _ builder: FilterBuilder, _ tree: FilterTree?, _ text: String, _ organisation: Organisation,
        _ context: AgentContext
    ) async throws -> Response {
        var found: FilteredCustomers.Found?
        var day: Phrase?
        if let tree {
            found = try await customers.page(
                tree, after: context.query["after"], limit: 50, organisation: organisation,
                me: context.person.id)
            if tree.asks(about: CustomerField.computed) { day = try await figuresDay() }
        }
        let page = FilteredPage(
            builder: builder, found: found, text: text, mayExport: context.may(.exportCustomers),
            maySave: context.may(.setTargets), figuresDay: day)
        let shell = try await desk.shell(for: context, here: "/people")
        return .page(page, in: shell, status: builder.refusal == nil ? .ok : .unprocessableContent)
    }

    /// Since when the computed fields are what they are.
    private func figuresDay() async throws -> Phrase {
        let latest = try await FigureStore(database: desk.database, clock: desk.clock).latest()
        guard let latest else { return Phrase("filter.noFigures") }
        return Phrase("filter.figuresOf", .day(daysSinceEpoch: latest.report.day.daysSinceEpoch))
    }

    /// Everybody who passes, page by page while it is written.
    @Sendable func export(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let tree = try await customers.parse(context.query.text("filter"), organisation: organisation)
        let (customers, me) = (customers, context.person.id)
        let head = FilteredTable.head
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: head))
            var after: String?
            repeat {
                let found = try await customers.page(
                    tree, after: after, limit: 500, organisation: organisation, me: me)
                if !found.portion.items.isEmpty {
                    try await writer.write(ByteBuffer(string: FilteredTable.lines(found.portion.items)))
                }
                after = found.portion.next
            } while after != nil
            try await writer.finish(nil)
        }
        return .download(body, named: "customers.csv", type: "text/csv; charset=utf-8")
    }
}

/// Freshdesk's search over contacts and companies.
struct FilterAPI: Sendable {
    static let pageSize = 30

    let desk: Desk
    let customers: FilteredCustomers

    init(desk: Desk) {
        self.desk = desk
        customers = FilteredCustomers(database: desk.database, clock: desk.clock)
    }

    var all: [Route] {
        [
            .api(.get, "/api/v2/search/contacts", needs: .seeCustomers) {
                try await search(.person, $0, in: $1)
            },
            .api(.get, "/api/v2/search/companies", needs: .seeCustomers) {
                try await search(.organisation, $0, in: $1)
            },
        ]
    }

    /// The query in its double quotes, whichever way they came.
    static func unwrapped(_ query: String) throws(FilterRefusal) -> String {
        let text = query.trimmed
        guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { throw .unquoted }
        return String(text.dropFirst().dropLast())
    }

    private func search(
        _ kind: Party.Kind, _ request: Request, in context: APIContext
    ) async throws -> Response {
        let organisation = try await desk.organisations.required()
        let page = try context.query.int("page", in: 1...10) ?? 1
        let text = try FilterAPI.unwrapped(context.query["query"] ?? "")
        let fields = try await customers.fields(organisation)
        let asked = try FilterTree.parse(text, fields: fields, limits: .search)
        guard let field = fields[CustomerField.kind.rawValue] else { throw NotFound() }
        let ofKind = FilterTree.condition(FilterCondition(field, .equal, .choice(kind.rawValue)))
        let found = try await customers.search(
            .all([asked, ofKind]), page: page, size: FilterAPI.pageSize, organisation: organisation,
            me: context.person.id)
        return .json(
            .object([
                ("total", .int(found.total)), ("total_is_exact", .bool(found.isExact)),
                ("results", .list(found.rows.map(CustomerAPI.json))),
            ]))
    }
}

/// The one filter language, where customers are listed.
public struct FilterFeature: Feature {
    let desk: Desk

    public init(desk: Desk) { self.desk = desk }

    public var routes: [Route] { FilterRoutes(desk: desk).all + FilterAPI(desk: desk).all }
}
