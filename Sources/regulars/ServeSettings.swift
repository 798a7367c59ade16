import Foundation
import Logging
import Web

/// One setting of the server: the source of its flag, its variable, its check, the help and the docs.
struct ServeSetting: Sendable {
    let name: String
    /// What stands after the flag in help.
    let placeholder: String
    let standard: String
    let help: String
    /// What is wrong with a value; nil when it may stand.
    let refusal: @Sendable (String) -> String?

    /// `trusted-proxies` is REGULARS_TRUSTED_PROXIES.
    var variable: String { "REGULARS_" + name.uppercased().replacing("-", with: "_") }
}

/// How the server runs: flags win over variables, variables over what is built in.
struct ServeSettings: Sendable {
    static let table: [ServeSetting] = [
        ServeSetting(
            name: "host", placeholder: "ADDRESS", standard: "127.0.0.1",
            help: "The address to listen on. Beyond this machine, put a proxy with TLS in front.",
            refusal: { $0.isEmpty ? "needs an address" : nil }),
        ServeSetting(
            name: "port", placeholder: "NUMBER", standard: "8080", help: "The port to listen on.",
            refusal: { Int($0).map((1...65535).contains) == true ? nil : "must be a number from 1 to 65535" }),
        ServeSetting(
            name: "address", placeholder: "URL", standard: "",
            help:
                "Where people reach the desk, such as https://desk.example.com. Else http:// and host and port.",
            refusal: { $0.isEmpty || SiteAddress($0) != nil ? nil : "must be like https://desk.example.com" }),
        ServeSetting(
            name: "trusted-proxies", placeholder: "NETWORKS", standard: "",
            help: "Proxies whose X-Forwarded-For is believed, such as 127.0.0.1/32,10.0.0.0/8.",
            refusal: { networks($0) == nil ? "must be addresses or networks with commas between" : nil }),
        ServeSetting(
            name: "metrics-token", placeholder: "TOKEN", standard: "",
            help: "Lets another machine read /metrics with this as bearer token.",
            refusal: { $0.isEmpty || $0.utf8.count >= 16 ? nil : "must have 16 characters or more" }),
        ServeSetting(
            name: "calls-per-minute", placeholder: "NUMBER", standard: "1000000",
            help: "How many API calls one key may make in a minute.",
            refusal: { Int($0).map { $0 > 0 } == true ? nil : "must be a number above 0" }),
        ServeSetting(
            name: "log-level", placeholder: "LEVEL", standard: "info",
            help: "trace, debug, info, notice, warning, error or critical.",
            refusal: { Logger.Level(rawValue: $0) == nil ? "must be one of the levels" : nil }),
    ]

    private let values: [String: String]

    /// Reads flags like `--port 8080` or `--port=8080`, then the environment.
    init(words: [String], environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        var values: [String: String] = [:]
        for setting in ServeSettings.table {
            values[setting.name] = environment[setting.variable] ?? setting.standard
        }
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            guard let setting = ServeSettings.table.first(where: { "--\($0.name)" == parts[0] }) else {
                throw Failure("\"\(word)\" is not understood; see --help", code: Failure.wrongWords)
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw Failure("--\(setting.name) needs a value", code: Failure.wrongWords)
            }
            values[setting.name] = value
        }
        for setting in ServeSettings.table {
            if let reason = setting.refusal(values[setting.name] ?? "") {
                throw Failure("\(setting.name) \(reason)", code: Failure.wrongWords)
            }
        }
        self.values = values
    }

    subscript(name: String) -> String { values[name] ?? "" }

    var host: String { self["host"] }
    var port: Int { Int(self["port"]) ?? 8080 }

    /// Whether only this machine can reach the desk: it listens here, and no proxy offers it elsewhere.
    var isLoopback: Bool {
        ["127.0.0.1", "::1", "localhost"].contains(host) && self["address"].isEmpty && proxies.isEmpty
    }

    var address: SiteAddress? {
        SiteAddress(self["address"].isEmpty ? "http://\(host):\(port)" : self["address"])
    }

    var proxies: [Network] { ServeSettings.networks(self["trusted-proxies"]) ?? [] }

    private static func networks(_ text: String) -> [Network]? {
        let parts = text.split(separator: ",").map { Network(String($0.filter { !$0.isWhitespace })) }
        return parts.contains { $0 == nil } ? nil : parts.compactMap(\.self)
    }

    /// The table as help shows it, and `docs/operations/README.md` too.
    static var help: String {
        table.map { setting in
            let standard = setting.standard.isEmpty ? "" : " Standard: \(setting.standard)."
            return
                "  --\(setting.name) <\(setting.placeholder)>  or \(setting.variable)\n      \(setting.help)\(standard)"
        }.joined(separator: "\n")
    }
}
