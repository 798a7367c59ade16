import CRsvg

/// An SVG that has been read, and the only owner of the library's handles to it.
///
/// Lives and dies inside one call of `png`, on one thread.
final class Picture {
    /// The most pixels a side may have: 8,192 squared is 256 MB while it is drawn.
    static let largestSide = 8192

    let handle: UnsafeMutablePointer<RsvgHandle>
    private var surface: OpaquePointer?

    init(svg: String) throws(PictureError) {
        var failure: UnsafeMutablePointer<GError>?
        var svg = svg
        let read = svg.withUTF8 { rsvg_handle_new_from_data($0.baseAddress, gsize($0.count), &failure) }
        guard let read else { throw .unreadable(Picture.words(of: failure)) }
        handle = read
    }

    deinit {
        if let surface { cairo_surface_destroy(surface) }
        g_object_unref(UnsafeMutableRawPointer(handle))
    }

    /// The picture `width` pixels across and as high as its proportions ask, as the bytes of a PNG file.
    func png(width: Int) throws(PictureError) -> [UInt8] {
        let height = try height(forWidth: width)
        let surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, Int32(width), Int32(height))
        self.surface = surface
        try check(cairo_surface_status(surface))
        try draw(on: surface, RsvgRectangle(x: 0, y: 0, width: Double(width), height: Double(height)))
        return try encoded(surface)
    }

    private func height(forWidth width: Int) throws(PictureError) -> Int {
        var natural = (width: 0.0, height: 0.0)
        if rsvg_handle_get_intrinsic_size_in_pixels(handle, &natural.width, &natural.height) == 0 {
            natural = try proportions()
        }
        guard natural.width > 0, natural.height > 0 else { throw .unreadable("it has no size") }
        let height = min((Double(width) * natural.height / natural.width).rounded(), 1e9)
        guard height.isFinite else { throw .unreadable("it has no size") }
        let largest = Picture.largestSide
        guard width > 0, width <= largest, height <= Double(largest) else {
            throw .tooLarge(width: width, height: Int(height))
        }
        return max(1, Int(height))
    }

    private func proportions() throws(PictureError) -> (width: Double, height: Double) {
        var (hasWidth, hasHeight, hasBox): (gboolean, gboolean, gboolean) = (0, 0, 0)
        var (width, height) = (RsvgLength(), RsvgLength())
        var box = RsvgRectangle()
        rsvg_handle_get_intrinsic_dimensions(
            handle, &hasWidth, &width, &hasHeight, &height, &hasBox, &box)
        guard hasBox != 0 else { throw .unreadable("it has neither a size nor a viewBox") }
        return (box.width, box.height)
    }

    private func draw(on surface: OpaquePointer?, _ frame: RsvgRectangle) throws(PictureError) {
        let context = cairo_create(surface)
        defer { cairo_destroy(context) }
        var frame = frame
        var failure: UnsafeMutablePointer<GError>?
        guard rsvg_handle_render_document(handle, context, &frame, &failure) != 0 else {
            throw .failed(Picture.words(of: failure))
        }
        try check(cairo_status(context))
        cairo_surface_flush(surface)
    }

    private func encoded(_ surface: OpaquePointer?) throws(PictureError) -> [UInt8] {
        var bytes: [UInt8] = []
        let status = withUnsafeMutablePointer(to: &bytes) { bytes in
            cairo_surface_write_to_png_stream(
                surface,
                { target, piece, count in
                    guard let target, let piece else { return CAIRO_STATUS_WRITE_ERROR }
                    target.assumingMemoryBound(to: [UInt8].self).pointee
                        .append(contentsOf: UnsafeBufferPointer(start: piece, count: Int(count)))
                    return CAIRO_STATUS_SUCCESS
                }, bytes)
        }
        try check(status)
        return bytes
    }

    private func check(_ status: cairo_status_t) throws(PictureError) {
        guard status != CAIRO_STATUS_SUCCESS else { return }
        throw .failed(cairo_status_to_string(status).map { String(cString: $0) } ?? "unknown")
    }

    /// Takes the library's complaint over and frees it.
    private static func words(of failure: UnsafeMutablePointer<GError>?) -> String {
        guard let failure else { return "no reason given" }
        defer { g_error_free(failure) }
        return failure.pointee.message.map { String(cString: $0) } ?? "no reason given"
    }
}
