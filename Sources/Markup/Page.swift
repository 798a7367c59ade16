/// One screen: what its tab says and what stands in it. The shell round it is the same for all.
public protocol Page {
    var title: String { get }
    var main: HTML { get }
}
