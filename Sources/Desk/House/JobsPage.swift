import Kernel
import Markup
import Storage

/// What waits to be done, and what was given up, with the reason and a way to try again.
struct JobsPage: Page {
    let counts: [JobCount]
    let dead: [Job]
    let mayRetry: Bool

    var title: String { Phrase("jobs.title").text }

    var main: HTML {
        """
        <section class="page"><header class="page-head"><div><h1>\(title)</h1>\
        <p class="muted">\(t: "jobs.lead")</p></div></header>\
        <section class="card"><h2>\(t: "jobs.waiting")</h2>\(waiting)</section>\
        <section class="card"><h2>\(t: "jobs.dead")</h2>\(graveyard)</section></section>
        """
    }

    private var waiting: HTML {
        guard !counts.isEmpty else { return #"<p class="muted">\#(t: "jobs.none")</p>"# }
        return """
            <table class="table"><thead><tr><th scope="col">\(t: "jobs.kind")</th>\
            <th scope="col">\(t: "jobs.state")</th><th scope="col">\(t: "jobs.count")</th>\
            <th scope="col">\(t: "jobs.due")</th></tr></thead><tbody>\(counts.map(row))</tbody></table>
            """
    }

    private func row(_ count: JobCount) -> HTML {
        """
        <tr><td>\(JobsPage.name(of: count.kind))</td><td>\(t: "jobs.state.\(count.state.rawValue)")</td>\
        <td>\(Phrase(count.isCapped ? "jobs.atLeast" : "jobs.exactly", .count(count.number)))</td>\
        <td>\(.instant(count.firstAt.milliseconds))</td></tr>
        """
    }

    /// What the job does, in words. Every worker's kind has its phrase; tests see to that.
    private static func name(of kind: String) -> Phrase { Phrase("jobs.kind.\(kind)") }

    private var graveyard: HTML {
        guard !dead.isEmpty else { return #"<p class="muted">\#(t: "jobs.dead.none")</p>"# }
        return """
            <table class="table"><thead><tr><th scope="col">\(t: "jobs.kind")</th>\
            <th scope="col">\(t: "jobs.argument")</th><th scope="col">\(t: "jobs.attempts")</th>\
            <th scope="col">\(t: "jobs.reason")</th><td></td></tr></thead>\
            <tbody>\(dead.map(grave))</tbody></table>
            """
    }

    private func grave(_ job: Job) -> HTML {
        """
        <tr><td>\(JobsPage.name(of: job.kind))</td><td>\(job.argument)</td><td>\(job.attempt)</td>\
        <td class="reason">\(job.lastError ?? "")</td>\
        <td>\(form: "/jobs/\(job.id)/revival", unless: !mayRetry, button: Phrase("jobs.retry"))</td></tr>
        """
    }
}
