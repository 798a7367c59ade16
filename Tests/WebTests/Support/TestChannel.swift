import NIOCore
import NIOEmbedded

/// A connection that leads nowhere.
enum TestChannel {
    static var new: any Channel { NIOAsyncTestingChannel() }
}
