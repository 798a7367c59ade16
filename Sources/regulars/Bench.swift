import ArgumentParser

/// Measures the desk on generated data.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure the desk on generated data.",
        discussion: "Example: regulars bench --customers 10000 --data /tmp/bench")

    func run() async throws {}
}
