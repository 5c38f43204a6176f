import Conformance
import Exchanges
import Primitives

/// Writes the shell line that repeats a request. It is the same for every run.
struct ReproductionLine {
    private let run: JournalHeader
    private let redactor: Redactor

    init(_ run: JournalHeader, redactor: Redactor) {
        self.run = run
        self.redactor = redactor
    }

    /// For findings without a request.
    static let none = ReproductionLine(
        JournalHeader(seed: "", startedAt: Instant(microsecondsSinceEpoch: 0), target: "", baseURL: ""),
        redactor: .none)

    /// The origin of the mock that repeats a request: `assay mock --port 4010`. A run's own mock listened on a port of
    /// that run only.
    private static let mockOrigin = "http://127.0.0.1:4010"

    /// The address below which requests were sent, without the port of the run's own mock.
    var baseURL: String { withoutOwnPort(run.baseURL) }

    /// The address of a request, without the port of the run's own mock; secrets are not masked.
    func url(_ request: RequestMessage) -> String { withoutOwnPort(request.url) }

    /// A curl line with secrets masked.
    func text(_ request: RequestMessage) -> String {
        var request = request
        request.url = withoutOwnPort(request.url)
        return curlLine(request, redactor: redactor)
    }

    /// An address without the port of the run's own mock.
    func url(_ url: String) -> String { withoutOwnPort(url) }

    private func withoutOwnPort(_ url: String) -> String {
        let loopback = "http://127.0.0.1:"
        guard run.target.isSame(as: "mock"), run.baseURL.utf8.starts(with: loopback.utf8) else {
            return url
        }
        let port = run.baseURL.utf8.dropFirst(loopback.utf8.count).prefix { $0 != UInt8(ascii: "/") }
        let origin = Array(loopback.utf8) + port
        guard url.utf8.starts(with: origin) else { return url }
        let rest = url.utf8.dropFirst(origin.count)
        guard rest.first == nil || rest.first == UInt8(ascii: "/") || rest.first == UInt8(ascii: "?") else {
            return url
        }
        return Self.mockOrigin + String(decoding: rest, as: UTF8.self)
    }
}
