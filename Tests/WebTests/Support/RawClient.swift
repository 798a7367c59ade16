import NIOCore
import NIOPosix

/// Says exactly these bytes to a server and hears what comes back until it hangs up or `isEnough`.
enum RawClient {
    static func say(
        _ pieces: [String], to port: Int, pausing pause: Duration = .zero,
        until isEnough: @escaping @Sendable (String) -> Bool = { _ in false }
    ) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            for piece in pieces {
                try await outbound.write(ByteBuffer(string: piece))
                if pause > .zero { try await Task.sleep(for: pause) }
            }
            var heard = ""
            for try await buffer in inbound {
                heard += String(buffer: buffer)
                if isEnough(heard) { break }
            }
            return heard
        }
    }
}
