import Foundation
import TestKit
import Testing

/// Secrets that a server sends back in every way it can, looked for in everything that leaves the process.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct CanaryTests {
    /// Values with everything that encodings change.
    private static let canaries = ["SHOP_KEY": #"kanarie"one\/+=?&%"#, "TRACE": "canary two: 100%<b>'x'"]

    /// The texts by which a value can be recognised: as it is, percent-encoded, escaped in JSON, and in base64 with any
    /// count of bytes in front of it.
    private static func traces(of value: String) -> [String] {
        let bytes = Array(value.utf8)
        let escaped = value.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        let percent = bytes.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
        let json = value.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
        let base64 = (0..<3).map { lead -> String in
            let text = (Data(repeating: 0x61, count: lead) + Data(bytes)).base64EncodedString()
            // The characters that depend on the value alone.
            return String(text.dropFirst(lead == 0 ? 0 : lead + 1).prefix((bytes.count - 3) / 3 * 4))
        }
        let urlSafe = base64.map {
            $0.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
        }
        let form = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? percent
        return [
            value, json, json.replacingOccurrences(of: "/", with: "\\/"), escaped, percent, form, percent.lowercased(),
        ]
            + base64 + urlSafe
    }

    /// An answer that shows what the request carried in every spelling, in headers and body.
    private static func answer(status: String) -> String {
        let shown = canaries.values.sorted().flatMap { value -> [String] in
            let spelled = traces(of: value).prefix(7)
            let packed = (0..<3).map { lead in
                (Data(repeating: 0x61, count: lead) + Data(value.utf8)).base64EncodedString()
            }
            let urlSafe = packed.map {
                $0.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            }
            return spelled + packed + urlSafe
        }
        let members = shown.enumerated().map { index, text in
            // Escapes of JSON stand as they are, the rest is escaped.
            let isEscaped = text.contains("\\\\") || text.contains("\\u") || text.contains("\\\"")
            let json =
                isEscaped
                ? text : text.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
            return "\"m\(index)\":\"\(json)\""
        }
        let body =
            "{\"sku\":\"\(canaries["TRACE"] ?? "")\",\"id\":\"\(canaries["TRACE"] ?? "")\",\(members.joined(separator: ","))}"
        let headers = canaries.values.sorted().enumerated().map { "x-echo-\($0): \($1)\r\n" }.joined()
        return
            "HTTP/1.1 \(status)\r\nConnection: close\r\nContent-Type: application/json\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n"
            + body
    }

    @Test(
        "no canary is found in terminal, reports, journal or error output, in any encoding",
        arguments: ["200 OK", "500 Oh"])
    func canaries(status: String) async throws {
        try await onOwnThread { try Self.look(status: status) }
    }

    private static func look(status: String) throws {
        let server = try EchoServer { _ in Self.answer(status: status) }
        defer { server.stop() }
        try TemporaryProject.with(TemporaryProject.orders) { project in
            try project.write(
                """
                scenario,step,call,body,set,expect,check
                leak,create,createOrder,bodies/order.json,header.x-trace={{secret.TRACE}}; body.note={{secret.TRACE}},200,sku={{secret.SHOP_KEY}}
                ,again,createOrder,bodies/order.json,body.sku={{create.sku}}; body.note={{create.sku}},200,
                ,query,readOrder,,id=7; view={{secret.SHOP_KEY}},200,sku={{secret.TRACE}}
                """, to: "scenarios/orders.csv")
            let run = try project.run(
                [
                    "run", "--base-url", "http://127.0.0.1:\(server.port)/v1", "--journal", "run.ndjson",
                    "--report", "json=out.json", "--report", "text=out.txt", "--record", "recorded",
                ], environment: Self.canaries)
            #expect(run.status == 1, "\(run.error)")
            var outputs = ["standard output": run.output, "standard error": run.error]
            for path in [
                "run.ndjson", "recorded/orders/leak.har", "out.json", "out.txt", "reports/latest/report.txt",
                "reports/latest/report.json",
            ] {
                outputs[path] = try project.read(path)
            }
            let again = try project.run(["report", "run.ndjson", "--report", "json"], environment: Self.canaries)
            // A finding about a masked value cannot be judged again.
            #expect(again.status == (status == "200 OK" ? 0 : 1), "\(again.output)\(again.error)")
            outputs["assay report"] = again.output + again.error
            #expect(outputs["run.ndjson"]?.contains("‹secret SHOP_KEY›") == true)
            for (name, text) in outputs {
                for (secret, value) in Self.canaries {
                    for trace in Self.traces(of: value) where text.contains(trace) {
                        Issue.record("\(name) shows \(secret) as \(trace)")
                    }
                }
            }
        }
    }
}
