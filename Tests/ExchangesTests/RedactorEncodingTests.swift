import Diagnostics
import Exchanges
import Foundation
import Testing

/// Secrets in every encoding that is claimed, and what is left of them where a text was cut.
@Suite struct RedactorEncodingTests {
    private static let secrets = [
        "Qz7vKw3xRt9pLm2s", "a1b2c3", "sk_live/Ab+9=%z&<\"q\\'>", "pass word: Üß 1", "mit 😀 drin",
    ]

    private static func percent(_ text: String) -> String {
        text.utf8.map { "%" + (String($0, radix: 16, uppercase: true).count == 1 ? "0" : "") + String($0, radix: 16) }
            .joined()
    }

    private static func units(_ text: String) -> String {
        text.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    private static func json(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    private static func html(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }

    private static func hex(_ text: String) -> String {
        text.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    private static let allEncodings: [(name: String, encode: @Sendable (String) -> String)] = [
        ("raw", { $0 }),
        ("upper case", { $0.uppercased() }),
        ("lower case", { $0.lowercased() }),
        ("mixed case", { String($0.enumerated().map { $0 % 2 == 0 ? Character($1.uppercased()) : $1 }) }),
        ("percent", percent),
        ("percent twice", { percent($0).replacing("%", with: "%25") }),
        ("percent three times", { percent($0).replacing("%", with: "%2525") }),
        ("units", units),
        ("JSON", json),
        ("JSON in JSON", { json(json($0)) }),
        ("units in JSON", { json(units($0)) }),
        ("HTML", html),
        ("HTML in JSON", { json(html($0)) }),
        ("HTML decimal", { $0.unicodeScalars.map { "&#\($0.value);" }.joined() }),
        ("HTML hexadecimal", { $0.unicodeScalars.map { "&#x\(String($0.value, radix: 16));" }.joined() }),
        ("HTML twice", { html(html($0)) }),
        ("hexadecimal", hex),
        ("hexadecimal, upper case", { hex($0).uppercased() }),
        ("hexadecimal of upper case", { hex($0.uppercased()) }),
        ("base64", base64),
        ("base64 of upper case", { base64($0.uppercased()) }),
        ("base64 twice", { base64(base64($0)) }),
        ("base64, percent", { percent(base64($0)) }),
        ("base64, only its signs percent", { base64($0).replacing("+", with: "%2B").replacing("/", with: "%2F") }),
        ("base64, JSON", { base64($0).replacing("/", with: "\\/") }),
        ("base64 in lines", { String(base64($0).enumerated().flatMap { $0 % 8 == 7 ? [$1, "\r", "\n"] : [$1] }) }),
    ]

    @Test("a secret is masked in every encoding", arguments: secrets, allEncodings.map(\.name))
    func encodings(secret: String, name: String) throws {
        let encode = try #require(Self.allEncodings.first { $0.name == name }).encode
        // A case that changes the length is one of the derived secrets of a run.
        guard !name.contains("case") || secret.utf8.allSatisfy({ $0 < 0x80 }) else { return }
        let redactor = Redactor(secrets: [("KEY", secret)])
        let masked = redactor.redact("<<" + encode(secret) + ">>")
        // Base64 pads with what does not depend on the secret.
        let rest = masked.replacing("=", with: "").replacing("%3d", with: "").replacing("\r\n", with: "")
        // A symbol behind a line break has fewer bits of the secret than a byte.
        let isWhole = name == "base64 in lines" ? rest.utf8.count <= "<<‹secret KEY›x>>".utf8.count : false
        #expect(rest == "<<‹secret KEY›>>" || isWhole && rest.contains("‹secret KEY›"), "\(masked)")
        let bytes = redactor.redact(Array(("{\"a\":\"" + encode(secret) + "\"}").utf8))
        #expect(String(decoding: bytes, as: UTF8.self).contains("‹secret KEY›"))
    }

    @Test("the part of a secret next to any cut is masked", arguments: secrets)
    func cut(secret: String) {
        let redactor = Redactor(secrets: [("KEY", secret)])
        let forms = [secret, Self.percent(secret), Self.units(secret), Self.hex(secret), Self.base64(secret)]
        var tried = 0
        for form in forms {
            let scalars = Array(form.unicodeScalars)
            let unit = (form.utf8.count + secret.utf8.count - 1) / secret.utf8.count
            for length in scalars.indices.dropFirst(4 * unit) {
                let head = String(String.UnicodeScalarView(scalars.prefix(length)))
                let tail = String(String.UnicodeScalarView(scalars.suffix(length)))
                let masked = redactor.redact("value \(head)… end").replacing("=", with: "")
                #expect(masked.contains("‹secret KEY›…"), "\(head)")
                #expect(!redactor.redact("…\(head)…").contains(head), "\(head)")
                if form == secret || form == Self.hex(secret) {
                    #expect(redactor.redact("… end, and …\(tail)").contains("…‹secret KEY›"), "\(tail)")
                }
                tried += 1
            }
        }
        #expect(tried > 0)
    }

    @Test("other texts keep their ellipsis")
    func innocent() {
        let redactor = Redactor(secrets: [("KEY", "payments-test")])
        for text in ["test…", "pa…", "…st", "a list of payments and 5 more…", "…", "……", "pay"] {
            #expect(redactor.redact(text) == text)
        }
    }

    @Test("a compressed body is not kept, because it cannot be masked", arguments: ["gzip", "BR", "x, identity"])
    func compressed(coding: String) {
        let redactor = Redactor(secrets: [("KEY", "Qz7vKw3xRt9pLm2s")])
        let body: [UInt8] = [0x1F, 0x8B, 8, 0, 1, 2, 3]
        let response = ResponseMessage(
            status: 200, headers: [HeaderField(name: "Content-Encoding", value: coding)], body: body)
        let redacted = redactor.redact(response)
        #expect(redacted.body == [])
        #expect(redacted.cut?.length == body.count)
        let plain = ResponseMessage(
            status: 200, headers: [HeaderField(name: "content-encoding", value: "identity")], body: body)
        #expect(redactor.redact(plain).body == body)
        #expect(Redactor.none.redact(response).body == body)
    }

    @Test("every text of a diagnostic is masked, and its mark stays in place")
    func diagnostics() {
        let redactor = Redactor(secrets: [("KEY", "Qz7vKw3xRt9pLm2s")])
        let place = SourceLocation(file: "a-qz7vkw3xrt9plm2s.csv", line: 2, column: 3)
        let diagnostic = Diagnostic(
            "x", .error, "no 'Qz7vKw3xRt9pLm2s'", at: place, place: "/Qz7vKw3xRt9pLm2s",
            excerpt: .init("id=Qz7vKw3xRt9pLm2s; nmae=1", offset: 21, length: 4), help: "write Qz7vKw3xRt9pLm2s",
            related: [.init("Qz7vKw3xRt9pLm2s", at: place)])
        let masked = redactor.redact(diagnostic)
        #expect(!"\(masked)".lowercased().contains("qz7vkw"))
        #expect(masked.excerpt?.meant == "nmae")
        let within = Diagnostic("x", .error, "x", excerpt: .init("Qz7vKw3xRt9pLm2s", offset: 4, length: 4))
        #expect(redactor.redact(within).excerpt?.meant == "‹secret KEY›")
    }

    @Test("a hostile text of escapes and ellipses takes linear time")
    func hostile() {
        let redactor = Redactor(secrets: (0..<4).map { ("K\($0)", "secret-number-\($0)-of-four") })
        for piece in ["%25", "\\", "\\\\u005c", "&amp;", "…", "s", "%73", "secret-number-"] {
            func time(_ count: Int) -> Duration {
                let text = String(repeating: piece, count: count)
                let start = ThreadTime.now
                #expect(redactor.redact(text).utf8.count == text.utf8.count)
                return ThreadTime.now - start
            }
            // Sixteen times the length takes about sixteen times the time; in quadratic time, 256 times. The smallest of
            // several ratios counts, since the first run also fills caches.
            let ratio = (0..<3).map { _ in time(1 << 12) / max(.microseconds(1), time(1 << 8)) }.min() ?? 0
            #expect(ratio < 64, "\(piece)")
        }
    }
}

/// The processor time of a thread, which does not grow while other threads run.
private enum ThreadTime {
    static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
