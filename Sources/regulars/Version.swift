/// The version, as the newest heading of CHANGELOG.md says it; `bin/lint` compares the two.
enum Version {
    static let text = "0.3.0"
}
