public import Markup

/// Stands above every screen while invented customers are in the books.
public struct SampleBanner: Sendable {
    /// Whether whoever reads may remove it.
    let mayRemove: Bool

    public init(mayRemove: Bool) { self.mayRemove = mayRemove }

    public var html: HTML {
        """
        <aside class="banner" aria-label="\(t: "figure.sample")"><span>\(t: "sample.banner")</span>\
        \(#"<a href="/sample/removal">\#(t: "sample.banner.remove")</a>"#, if: mayRemove)</aside>
        """
    }
}

extension SampleStore {
    /// The banner, where there is something to say.
    public func banner(mayRemove: Bool) async throws -> HTML? {
        try await isPresent ? SampleBanner(mayRemove: mayRemove).html : nil
    }
}
