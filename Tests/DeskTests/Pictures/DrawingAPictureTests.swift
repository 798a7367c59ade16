import CRsvg
import Foundation
import Testing

@testable import Pictures

@Suite struct `Drawing a picture` {
    static let words = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100" fill="#fff"/>\
        <text x="20" y="60" font-size="40" font-family="sans-serif">1,788</text></svg>
        """

    @Test func `makes a PNG as wide as asked and as high as its proportions ask`() throws {
        let file = try png(svg: Self.words, width: 640)

        #expect(Array(file.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        #expect(number(file, at: 16) == 640)
        #expect(number(file, at: 20) == 320)
    }

    @Test func `draws the words, not boxes of nothing`() throws {
        let blank = Self.words.replacing("1,788", with: " ")

        let file = try png(svg: Self.words, width: 640)

        #expect(file.count > (try png(svg: blank, width: 640)).count + 500)
        let pixels = try Raster(png: file)
        #expect(pixels.dark(x: 64..<400, y: 100..<200) > 1000)
        #expect(pixels.dark(x: 450..<640, y: 0..<320) == 0)
    }

    @Test func `is the same each time, from many threads at once`() async throws {
        let expected = try png(svg: Self.words, width: 300)

        let all = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<24 { group.addTask { @concurrent in try png(svg: Self.words, width: 300) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(all.allSatisfy { $0 == expected })
    }

    @Test func `lets go of the picture and its handle`() throws {
        var handle: UnsafeMutableRawPointer?
        try withUnsafeMutablePointer(to: &handle) { place in
            let picture = try Picture(svg: Self.words)
            place.pointee = UnsafeMutableRawPointer(picture.handle)
            g_object_add_weak_pointer(
                UnsafeMutableRawPointer(picture.handle).assumingMemoryBound(to: GObject.self), place)
            _ = try picture.png(width: 100)
        }

        #expect(handle == nil)
    }

    @Test func `needs no more memory the hundredth time than the tenth`() throws {
        for _ in 0..<10 { _ = try png(svg: Self.words, width: 1600) }
        let before = residentBytes()

        for _ in 0..<90 { _ = try png(svg: Self.words, width: 1600) }

        // A picture is 5 MB of pixels, so keeping them would show as 450. Other tests run meanwhile.
        #expect(residentBytes() - before < 150_000_000)
    }

    @Test func `refuses what it cannot read, and says why`() {
        #expect(throws: PictureError.self) { try png(svg: "no picture", width: 100) }
        #expect(throws: PictureError.self) { try png(svg: "", width: 100) }
        #expect(throws: PictureError.tooLarge(width: 0, height: 0)) { try png(svg: Self.words, width: 0) }
        #expect(throws: PictureError.tooLarge(width: 9000, height: 4500)) {
            try png(svg: Self.words, width: 9000)
        }
        let tower = #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 5000"/>"#
        #expect(throws: PictureError.tooLarge(width: 100, height: 500_000)) {
            try png(svg: tower, width: 100)
        }
    }

    @Test func `names the package when there is no font`() {
        let none = FcConfigCreate()
        defer { FcConfigDestroy(none) }

        #expect(!Fonts.contains(none))
        #expect(Fonts.areInstalled)
        #expect(PictureError.noFont.description.contains("fonts-dejavu-core"))
    }

    private func number(_ file: [UInt8], at offset: Int) -> Int {
        file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private func residentBytes() -> Int {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return (fields.flatMap { Int($0[1]) } ?? 0) * 4096
    }
}

/// A PNG turned back into pixels by the same library that wrote it.
struct Raster {
    let width: Int
    private let pixels: [UInt8]
    private let stride: Int

    init(png: [UInt8]) throws {
        let path = NSTemporaryDirectory() + "raster-\(UUID().uuidString).png"
        try Data(png).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let surface = cairo_image_surface_create_from_png(path)
        defer { cairo_surface_destroy(surface) }
        width = Int(cairo_image_surface_get_width(surface))
        stride = Int(cairo_image_surface_get_stride(surface))
        let count = stride * Int(cairo_image_surface_get_height(surface))
        pixels = Array(UnsafeBufferPointer(start: cairo_image_surface_get_data(surface), count: count))
    }

    /// How many pixels of a rectangle are darker than a middle grey.
    func dark(x: Range<Int>, y: Range<Int>) -> Int {
        y.reduce(0) { sum, row in
            sum
                + x.count { column in
                    let start = row * stride + column * 4
                    return pixels[start..<start + 3].reduce(0) { $0 + Int($1) } < 3 * 128
                }
        }
    }
}
