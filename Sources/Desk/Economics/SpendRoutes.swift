import Hummingbird
import Kernel
import Markup
import Storage
import Tabular
import Web

/// Acquisition spend on screen: the list, one entry, a file, and taking off the books with undo.
struct SpendRoutes: Sendable {
    let desk: Desk

    private var store: SpendStore { SpendStore(database: desk.database) }

    /// The largest file of spend a browser may send.
    private static let uploadLimit: Int64 = 10 << 20

    var all: [Route] {
        [
            .agent(.get, "/economics/spend", needs: .seeEconomics, use: list),
            .agent(.post, "/economics/spend", needs: .recordSpend, use: add),
            .agent(.post, "/economics/spend/:id/removal", needs: .recordSpend, use: remove),
            .agent(.post, "/economics/spend/:id/restoring", needs: .recordSpend, use: restore),
            .upload(
                "/economics/spend/file", needs: .recordSpend, limit: SpendRoutes.uploadLimit, use: bring),
        ]
    }

    @Sendable func list(_ request: Request, in context: AgentContext) async throws -> Response {
        var page = try await page(context)
        page.removed = try await removed(context)
        return .page(page, in: try await desk.shell(for: context, here: "/economics"))
    }

    /// The entry that was just taken off, to offer it back.
    private func removed(_ context: AgentContext) async throws -> Spend? {
        guard let id = try context.query.int("removed"), let spend = try await store.find(Int64(id)) else {
            return nil
        }
        return spend.isRemoved ? spend : nil
    }

    private func page(_ context: AgentContext, _ answers: Answers = Answers()) async throws -> SpendPage {
        let organisation = try await desk.organisations.required()
        let found = try await store.list(after: SpendKey(context.query["after"])?.pair, limit: 51)
        return SpendPage(
            portion: Portion(found, limit: 50) { SpendKey($0).text }, currency: organisation.currency,
            sources: try await store.sources(), mayRecord: context.may(.recordSpend), answers: answers,
            isFirst: context.query["after"] == nil)
    }

    @Sendable func add(_ request: Request, in context: AgentContext) async throws -> Response {
        let organisation = try await desk.organisations.required()
        do {
            let spend = try SpendForm(form: context.form, organisation: organisation).spend()
            let (_, isNew) = try await store.record(
                spend, today: organisation.zone.day(of: desk.clock.now), by: desk.act(by: context.person.id))
            return .redirect(
                to: "/economics/spend", saying: Phrase(isNew ? "spend.recorded" : "spend.known"))
        } catch let refusal as any Refusal {
            let page = try await page(context, Answers(context.form, refusal))
            return .page(
                page, in: try await desk.shell(for: context, here: "/economics"), status: refusal.status)
        }
    }

    @Sendable func remove(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Spend.self).value
        guard try await store.remove(id, by: desk.act(by: context.person.id)) else { throw NotFound() }
        return .redirect(to: "/economics/spend?removed=\(id)", saying: Phrase("spend.removed"))
    }

    @Sendable func restore(_ request: Request, in context: AgentContext) async throws -> Response {
        let id = try context.parameters.id(of: Spend.self).value
        guard try await store.restore(id, by: desk.act(by: context.person.id)) else { throw NotFound() }
        return .redirect(to: "/economics/spend", saying: Phrase("spend.restored"))
    }

    @Sendable func bring(_ upload: Upload, in context: AgentContext) async throws -> Response {
        var page = try await page(context)
        do {
            guard let file = upload.file("file"), file.size > 0 else { throw SpendRefusal.noFile }
            let organisation = try await desk.organisations.required()
            var report = try SpendRoutes.read(
                file, organisation, today: organisation.zone.day(of: desk.clock.now))
            let isCheck = upload.form["wish"] == "check"
            if !isCheck, report.refused.isEmpty {
                report.outcome = try await store.bring(report.accepted, by: desk.act(by: context.person.id))
                page = try await self.page(context)
            }
            page.report = report
            return .page(
                page, in: try await desk.shell(for: context, here: "/economics"),
                status: report.refused.isEmpty ? .ok : .unprocessableContent)
        } catch let refusal as any Refusal {
            page.fileRefusal = refusal.phrase
            return .page(
                page, in: try await desk.shell(for: context, here: "/economics"), status: refusal.status)
        }
    }

    private static func read(
        _ file: UploadedFile, _ organisation: Organisation, today: LocalDate
    ) throws -> SpendFileReport {
        do {
            return try SpendFile(
                path: file.path, fileName: file.name, organisation: organisation, today: today
            ).read()
        } catch let problem as TableProblem {
            throw FileRefusal(problem)
        }
    }
}

/// Where a list of spend goes on: the day and id of the last entry seen.
struct SpendKey {
    let day: Int
    let id: Int64

    init(_ spend: Spend) {
        day = spend.days.lowerBound.daysSinceEpoch
        id = spend.id
    }

    init?(_ text: String?) {
        let parts = (text ?? "").split(separator: "~")
        guard parts.count == 2, let day = Int(parts[0]), let id = Int64(parts[1]) else { return nil }
        self.day = day
        self.id = id
    }

    var text: String { "\(day)~\(id)" }
    var pair: (day: Int, id: Int64) { (day, id) }
}

/// What somebody typed, read as spend.
struct SpendForm {
    let form: PostedForm
    let organisation: Organisation

    func spend() throws -> NewSpend {
        let code = try form.line("currency")
        guard let currency = code.isEmpty ? organisation.currency : Currency(code) else {
            throw SpendRefusal.unknownCurrency
        }
        guard let from = try form.day("from") else { throw FieldRefusal.missing(field: "from") }
        let to = try form.day("to") ?? from
        guard from <= to else { throw SpendRefusal.backwards }
        return NewSpend(
            days: from...to, source: try form.line("source"), campaign: try form.line("campaign"),
            amount: Money(minor: try minor(in: currency), currency: currency))
    }

    private func minor(in currency: Currency) throws -> Int64 {
        let text = try form.required("amount", limit: 40)
        if SpendAmount.isOpen(text, exponent: currency.exponent) { throw SpendRefusal.openAmount }
        let isComma = SpendAmount.hasDecimalComma(text) ?? false
        var bytes = Array(text.utf8)
        let minor = bytes.withUnsafeMutableBufferPointer { bytes in
            try? parseAmount(
                UnsafeBufferPointer(bytes), exponent: currency.exponent, decimalComma: isComma)
        }
        guard let minor else { throw SpendRefusal.badAmount }
        return minor
    }
}
