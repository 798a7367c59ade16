import Kernel
import Markup
import Web

/// One import: how its file is read, how far it is, what came of it.
struct ImportPage: Page {
    let item: Import
    let progress: ImportProgress
    let refusals: [RefusedRow]
    let mayUndo: Bool
    /// The top of the file, while its columns may still be changed.
    var head: TableHead?
    var refusal: Phrase?
    /// Fields of the house's own that are asked.
    var fields: [CustomField] = []

    var title: String { item.fileName }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(item.fileName)</h1>\
        <p class="muted">\(t: "imports.kind.\(item.kind.rawValue)") · \(.instant(item.createdAt.milliseconds)) · \
        \(ImportChip.html(item.state))</p></div>\(undo)</header>
        \(warning)\(problem)\(under)\(report)\(columns)</section>
        """
    }

    private var address: String { "/imports/\(item.id.value)" }

    private var warning: HTML? {
        refusal.map { #"<p class="flash flash-warning" role="alert">\#($0)</p>"# }
    }

    private var undo: HTML? {
        if item.isSample { return ##"<a class="btn" href="/sample/removal">\##(t: "imports.undo")</a>"## }
        guard item.canBeUndone, mayUndo else { return nil }
        return ##"<a class="btn" href="\##(address)/undoing">\##(t: "imports.undo")</a>"##
    }

    private var problem: HTML? {
        guard let problem = item.problem else { return nil }
        return """
            <section class="card"><h2>\(t: "imports.problem")</h2><p role="alert">\(problem.phrase)</p>\
            <p class="muted">\(t: "imports.problem.kept")</p><div class="actions">\
            \(form: "\(address)/start", unless: item.print == nil, button: Phrase("imports.goOn"))\
            \(form: "\(address)/dropping", unless: !item.canBeDropped, button: Phrase("imports.drop"))</div></section>
            """
    }

    /// Looked at again every second until the work is done.
    private var under: HTML? {
        guard item.state.isRunning else { return nil }
        return """
            <section class="card progress" id="import-progress" data-progress="1" data-live="imports">
            <h2>\(t: "imports.state.\(item.state.rawValue)")</h2>
            \(bar)<p>\(pace)</p><p class="muted">\(t: "imports.progress.leave")</p>
            <p><a class="btn small" href="\(address)">\(t: "imports.progress.again")</a></p></section>
            """
    }

    private var bar: HTML {
        item.state == .undoing
            ? #"<progress aria-label="\#(t: "imports.progress")"></progress>"#
            : #"<progress max="100" value="\#(Int(progress.share * 100))" aria-label="\#(t: "imports.progress")"></progress>"#
    }

    private var pace: HTML {
        guard let left = progress.secondsLeft else { return "\(t: "imports.progress.rows", progress.rows)" }
        guard let rate = progress.rowsPerSecond else {
            return "\(t: "imports.progress.left", Int(left.rounded(.up)))"
        }
        return """
            \(t: "imports.progress.pace", .count(progress.rows), .count(Int(rate)), .count(Int(left.rounded(.up))))
            """
    }

    private var report: HTML? {
        guard item.rowsRead > 0, !item.state.isRunning else { return nil }
        return "\(ImportReportCard(item: item, refusals: refusals).html)"
    }

    private var columns: HTML? {
        head.map {
            ImportColumns(item: item, head: $0, ownFields: item.kind == .customers ? fields : []).html
        }
    }
}
