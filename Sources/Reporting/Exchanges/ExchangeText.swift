package import Exchanges
import Primitives

/// Requests and responses as they were transmitted, for people: lines that were sent begin with `>`, lines that were
/// received with `<`.
///
/// Secrets are masked, and text from outside is escaped.
package struct ExchangeText: Sendable {
    /// The most bytes of a body that are shown.
    private static let maximumBody = 64 << 10

    private let redactor: Redactor

    /// Masks secrets with `redactor`.
    package init(redactor: Redactor) {
        self.redactor = redactor
    }

    /// A request and its response or failure, one line each for the request line, a header and a line of a body.
    package func lines(of exchange: Exchange) -> [String] {
        let exchange = redactor.redact(exchange)
        let request = exchange.request
        // The target sent the request of a delivery, and we the response.
        let (asking, answering) = request.isReceived ? ("<", ">") : (">", "<")
        var lines = [visibleText("\(asking) \(request.method) \(request.url)")]
        lines += message(request.headers, request.body ?? [], request.cut, asking)
        switch exchange.outcome {
        case .failure(let failure): lines.append(visibleText("< \(failure.class.rawValue): \(failure.message)"))
        case .response(let response): lines += self.lines(ofRedacted: response, answering)
        }
        return lines
    }

    /// A response.
    package func lines(of response: ResponseMessage) -> [String] {
        lines(ofRedacted: redactor.redact(response))
    }

    private func lines(ofRedacted response: ResponseMessage, _ sign: String = "<") -> [String] {
        [visibleText("\(sign) \(response.version) \(response.status)")]
            + message(response.headers, response.body, response.cut, sign)
    }

    private func message(_ headers: [HeaderField], _ body: [UInt8], _ cut: BodyCut?, _ sign: String) -> [String] {
        headers.map { visibleText("\(sign) \($0.name): \($0.value)") } + text(of: body) + (cut.map(note) ?? [])
    }

    private func text(of body: [UInt8]) -> [String] {
        guard !body.isEmpty else { return [] }
        guard let text = String(validating: body, as: UTF8.self) else {
            return ["", "  \(body.count) bytes that are not text"]
        }
        let shown = visibleText(truncated(text, to: Self.maximumBody), multiline: true)
        // The bar keeps a body from starting a line: CI servers execute lines that begin with `::`, also after blanks.
        return [""] + shown.split(separator: "\n", omittingEmptySubsequences: false).map { "  | " + $0 }
    }

    private func note(_ cut: BodyCut) -> [String] {
        cut == .unrecorded ? ["  (the body was not recorded)"] : ["  (a part of a body of \(cut.length) bytes)"]
    }
}
