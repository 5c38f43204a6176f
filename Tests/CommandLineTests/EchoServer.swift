import TestKit

/// A server that answers one request per connection with what `answer` makes of it.
final class EchoServer: Sendable {
    private let server: RawServer

    var port: Int { server.port }

    init(_ answer: @escaping @Sendable (_ request: String) -> String) throws {
        server = try RawServer { connection in
            guard let request = connection.readRequest() else { return }
            connection.write(answer(request))
        }
    }

    func stop() { server.stop() }
}
