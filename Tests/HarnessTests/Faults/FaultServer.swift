import Exchanges
import Foundation
import TestKit

/// A server that answers every request with the bytes that a test gives.
final class FaultServer: Sendable {
    private let server: RawServer

    var port: Int { server.port }

    /// Listens; a connection is closed where `answer` gives no bytes.
    init(_ answer: @escaping @Sendable (RequestMessage) -> [UInt8]) throws {
        server = try RawServer { connection in
            while let (head, body) = connection.readMessage() {
                guard let request = Self.request(head, body) else { return }
                let bytes = answer(request)
                guard !bytes.isEmpty, connection.write(bytes) else { return }
            }
        }
    }

    func stop() { server.stop() }

    private static func request(_ head: String, _ body: [UInt8]) -> RequestMessage? {
        let lines = head.components(separatedBy: "\r\n")
        let first = lines[0].components(separatedBy: " ")
        guard first.count == 3 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> HeaderField? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return HeaderField(name: String(line[..<colon]), value: value)
        }
        let hasBody = headers.contains { $0.isNamed("content-length") }
        return RequestMessage(
            method: first[0], url: "http://mock" + first[1], headers: headers, body: hasBody ? body : nil)
    }
}

extension ResponseMessage {
    /// The response as it goes over the wire; the length is that of the body unless a header says otherwise.
    var wire: [UInt8] {
        var text = "HTTP/1.1 \(status) X\r\n"
        for field in headers { text += "\(field.name): \(field.value)\r\n" }
        let hasBody = status != 204 && status != 304
        if hasBody, !headers.contains(where: { $0.isNamed("content-length") }) {
            text += "content-length: \(body.count)\r\n"
        }
        return Array((text + "\r\n").utf8) + (hasBody ? body : [])
    }
}
