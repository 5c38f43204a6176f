import Exchanges
import Testing

@testable import Reporting

/// Requests and responses as text.
@Suite struct ExchangeTextTests {
    private static func lines(_ body: String, headers: [HeaderField] = []) -> [String] {
        ExchangeText(redactor: .none).lines(
            of: ResponseMessage(status: 200, headers: headers, body: Array(body.utf8)))
    }

    @Test("the status, the headers and the body have a line each")
    func lines() {
        #expect(
            Self.lines("{\n}", headers: [HeaderField(name: "X-A", value: "1")])
                == ["< HTTP/1.1 200", "< X-A: 1", "", "  | {", "  | }"])
        #expect(Self.lines("") == ["< HTTP/1.1 200"])
    }

    @Test(
        "no text from outside begins a line, where a CI server would execute it",
        arguments: ["::error::x", "  ::add-mask::x", "a\n::stop-commands::x", "a\r\n::x", "##[error]x", "a\r::x"])
    func commands(body: String) {
        let text = Self.lines(body, headers: [HeaderField(name: "x", value: "1\r\n::error::x")])
        for line in text.joined(separator: "\n").split(whereSeparator: \.isNewline) {
            let start = line.drop { $0 == " " }
            #expect(start.hasPrefix("|") || start.hasPrefix("<"), "\(line)")
        }
    }

    @Test("bytes that are not text are counted")
    func binary() {
        let response = ResponseMessage(status: 200, headers: [], body: [0xFF, 0x00])
        #expect(
            ExchangeText(redactor: .none).lines(of: response)
                == ["< HTTP/1.1 200", "", "  2 bytes that are not text"])
    }
}
