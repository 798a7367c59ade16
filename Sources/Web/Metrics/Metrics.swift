import HTTPTypes
import Synchronization

/// What the site counts about itself, in the text form Prometheus reads.
///
/// Names and labels come from code, never from requests, so the number of lines stays bounded.
public final class Metrics: Sendable {
    static let buckets: [Double] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct Histogram {
        var counts = [Int](repeating: 0, count: buckets.count)
        var count = 0
        var sum = 0.0
    }

    private struct State {
        var counters: [String: Double] = [:]
        var gauges: [String: Double] = [:]
        var durations: [String: Histogram] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// `count("regulars_jobs_total", ["kind": "import"])`
    public func count(_ name: String, _ labels: [String: String] = [:], by amount: Double = 1) {
        state.withLock { $0.counters[Metrics.series(name, labels), default: 0] += amount }
    }

    public func set(_ name: String, _ labels: [String: String] = [:], to value: Double) {
        state.withLock { $0.gauges[Metrics.series(name, labels)] = value }
    }

    func count(
        _ method: HTTPRequest.Method, _ route: String, _ status: HTTPResponse.Status, _ duration: Duration
    ) {
        let known: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        let verb = known.contains(method.rawValue) ? method.rawValue : "other"
        count("regulars_requests_total", ["method": verb, "route": route, "status": String(status.code)])
        let seconds = duration / .seconds(1)
        state.withLock { state in
            var histogram = state.durations[route, default: Histogram()]
            histogram.count += 1
            histogram.sum += seconds
            for (index, bound) in Metrics.buckets.enumerated() where seconds <= bound {
                histogram.counts[index] += 1
            }
            state.durations[route] = histogram
        }
    }

    /// Everything, as text.
    public var text: String {
        let state = state.withLock { $0 }
        var lines: [String] = []
        lines += Metrics.lines(state.counters, kind: "counter") + Metrics.lines(state.gauges, kind: "gauge")
        let name = "regulars_request_seconds"
        if !state.durations.isEmpty { lines.append("# TYPE \(name) histogram") }
        for (route, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            for (bound, count) in zip(Metrics.buckets, histogram.counts) {
                let labels = ["route": route, "le": String(bound)]
                lines.append("\(Metrics.series("\(name)_bucket", labels)) \(count)")
            }
            let all = Metrics.series("\(name)_bucket", ["route": route, "le": "+Inf"])
            lines.append("\(all) \(histogram.count)")
            lines.append("\(Metrics.series("\(name)_sum", ["route": route])) \(histogram.sum)")
            lines.append("\(Metrics.series("\(name)_count", ["route": route])) \(histogram.count)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ values: [String: Double], kind: String) -> [String] {
        var lines: [String] = []
        var current: Substring = ""
        for (series, value) in values.sorted(by: { $0.key < $1.key }) {
            let name = series.prefix { $0 != "{" }
            if name != current { lines.append("# TYPE \(name) \(kind)") }
            current = name
            lines.append("\(series) \(value)")
        }
        return lines
    }

    private static func series(_ name: String, _ labels: [String: String]) -> String {
        if labels.isEmpty { return name }
        let pairs = labels.sorted { $0.key < $1.key }.map { label, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
                "\n", with: "\\n")
            return "\(label)=\"\(escaped)\""
        }
        return "\(name){\(pairs.joined(separator: ","))}"
    }
}
