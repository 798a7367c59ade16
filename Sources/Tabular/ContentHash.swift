/// A fast 64-bit hash of a stream of bytes. It notices change; it does not stop a forger.
///
/// The result does not depend on how the stream was cut into pieces.
struct ContentHash {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var pending: UInt64 = 0
    private var pendingCount = 0
    private var length: UInt64 = 0

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var index = 0
        while pendingCount != 0, index < bytes.count {
            take(bytes[index])
            index += 1
        }
        while index + 8 <= bytes.count {
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            index += 8
        }
        while index < bytes.count {
            take(bytes[index])
            index += 1
        }
    }

    /// The hash of everything added so far.
    var value: UInt64 {
        var last = self
        last.mix(pending ^ 0xA076_1D64_78BD_642F)
        last.mix(length)
        return last.state
    }

    private mutating func take(_ byte: UInt8) {
        pending |= UInt64(byte) << (8 * UInt64(pendingCount))
        pendingCount += 1
        if pendingCount == 8 {
            mix(pending)
            (pending, pendingCount) = (0, 0)
        }
    }

    @inline(__always)
    private mutating func mix(_ word: UInt64) {
        let product = (state ^ word).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
        state = (product.high ^ product.low) &+ 0x8EBC_6AF0_9C88_C6E3
    }
}
