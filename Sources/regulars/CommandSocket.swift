import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle

/// The door for commands beside a running server: a socket in the desk's folder that only its owner may open.
///
/// A command sends one line of JSON with its words; what it prints comes back as lines of JSON, the last with its exit
/// code.
struct CommandSocket: Service {
    let folder: String
    let open: OpenDesk
    let logger: Logger

    static func path(_ folder: String) -> String { folder + "/regulars.sock" }

    /// What a command sends.
    struct Request: Codable {
        let words: [String]
        let directory: String
        let line: String?
        let columns: Int
        let isInteractive: Bool
        let isUnicode: Bool
    }

    /// What it gets back, piece by piece.
    struct Reply: Codable {
        var out: String?
        var say: String?
        var path: String?
        var bytes: Data?
        var code: Int32?
    }

    func run() async throws {
        let listener = try SocketListener(path: CommandSocket.path(folder))
        await withTaskCancellationOrGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await connection in listener.connections {
                    group.addTask { await serve(connection) }
                }
            }
        } onCancelOrGracefulShutdown: {
            listener.stop()
        }
    }

    private func serve(_ connection: SocketConnection) async {
        defer { connection.close() }
        guard let line = await connection.readLine(),
            let request = try? JSONDecoder().decode(Request.self, from: Data(line.utf8))
        else { return }
        let terminal = Terminal(
            directory: request.directory, columns: request.columns, isInteractive: request.isInteractive,
            isUnicode: request.isUnicode,
            write: { frame in
                switch frame {
                case .out(let text): connection.send(Reply(out: text))
                case .say(let text): connection.send(Reply(say: text))
                case .file(let path, let bytes): connection.send(Reply(path: path, bytes: Data(bytes)))
                }
            },
            read: { request.line })
        connection.send(Reply(code: await perform(request.words, terminal)))
    }

    private func perform(_ words: [String], _ terminal: Terminal) async -> Int32 {
        do {
            guard let command = try Regulars.parseAsRoot(words) as? any DeskCommand else {
                terminal.say("regulars: a server is running here; stop it first")
                return 1
            }
            logger.info("A command came through the socket", metadata: ["command": "\(words.first ?? "")"])
            try await command.perform(on: open, terminal)
            return 0
        } catch let code as ExitCode {
            return code.rawValue
        } catch {
            terminal.say("regulars: \(Failure.sentence(for: error))")
            return (error as? Failure)?.code ?? 1
        }
    }

    /// Hands a command to the server that has the folder, and prints what comes back. Answers the exit code.
    static func forward(_ words: [String], line: String?, to folder: String, from terminal: Terminal) throws
        -> Int32
    {
        guard let connection = SocketConnection(connectingTo: path(folder)) else {
            throw Failure("another regulars command is at work in \(folder); try again when it is done")
        }
        defer { connection.close() }
        connection.send(
            Request(
                words: words, directory: terminal.directory, line: line, columns: terminal.columns,
                isInteractive: terminal.isInteractive, isUnicode: terminal.isUnicode))
        while let text = connection.readLineBlocking() {
            guard let reply = try? JSONDecoder().decode(Reply.self, from: Data(text.utf8)) else { break }
            if let out = reply.out { try Terminal.perform(.out(out)) }
            if let say = reply.say { try Terminal.perform(.say(say)) }
            if let path = reply.path {
                try Terminal.perform(.file(path: path, bytes: Array(reply.bytes ?? Data())))
            }
            if let code = reply.code { return code }
        }
        throw Failure("the server ended before the command was done")
    }
}
