import Synchronization

/// One drawing at a time: the text library keeps caches, and a large picture is a quarter of a gigabyte.
private let turn = Mutex(())

/// Draws an SVG as a PNG file `width` pixels across, as high as its proportions ask.
///
/// Safe from any thread; calls wait for one another. It computes for some hundredths of a second and blocks, so a server
/// calls it from a thread of its own. The picture may not fetch anything: no files, no addresses.
public func png(svg: String, width: Int) throws(PictureError) -> [UInt8] {
    guard Fonts.areInstalled else { throw .noFont }
    return try turn.withLock { _ throws(PictureError) in
        try Picture(svg: svg).png(width: width)
    }
}
