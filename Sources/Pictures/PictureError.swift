/// Why there is no picture.
public enum PictureError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The machine has no font at all, so every word would be missing.
    case noFont
    /// What was handed over is no SVG, or none that says how large it is.
    case unreadable(String)
    /// Wider, or by its proportions taller, than `Picture.largestSide` pixels.
    case tooLarge(width: Int, height: Int)
    /// The drawing library failed, for want of memory most likely.
    case failed(String)

    public var description: String {
        switch self {
        case .noFont:
            "no font is installed, so no text can be drawn; on Debian: apt-get install fonts-dejavu-core"
        case .unreadable(let reason): "the picture cannot be read: \(reason)"
        case .tooLarge(let width, let height):
            "a picture of \(width) × \(height) pixels is outside 1 to \(Picture.largestSide) a side"
        case .failed(let reason): "the picture could not be drawn: \(reason)"
        }
    }
}
