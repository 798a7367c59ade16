public import Markup

/// A page inside the shell, ready to send.
public struct Layout: Sendable {
    public let html: HTML

    public init(_ page: some Page, in shell: Shell) {
        html = .empty
    }
}
