import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Primitives
import Scenarios
import TestKit
import Testing

@Suite("Hostile data files") struct HostileDataTests {
    /// A published data file whose first column names its cases.
    private func text(_ name: String, in data: ConformanceData) throws -> String {
        "case" + String(decoding: try data.bytes("inputs/data/\(name)"), as: UTF8.self).dropFirst(2)
    }

    /// The bodies that are sent, one for each data row.
    private func bodies(_ column: String, _ data: String) throws -> (bodies: [JSONValue?], problems: [String]) {
        let (plan, diagnostics) = Library.plan(
            "step,call,body,set,opts\na,addBook,b.json,isbn={{row.\(column)}},rows=d.csv\n",
            files: ["scenarios/d.csv": data, "scenarios/b.json": "{\"title\": \"{{row.\(column)}}\"}"])
        let bodies = try plan.scenarios.map { scenario in
            let scope = ValueScope(
                seed: "s", table: "t", scenario: "t", now: .init(microsecondsSinceEpoch: 0), row: scenario.row)
            let built = try RequestBuilder.build(
                scenario.steps[0], scope: scope, credentials: Credentials(), baseURL: "http://x")
            return try built.message.body.map { try JSONDocument(parsing: $0).root.value }
        }
        return (bodies, diagnostics.map(\.rule))
    }

    @Test(
        "a value with a line break or a NUL is rejected in a header",
        arguments: ConformanceData.all)
    func headers(data: ConformanceData) throws {
        let table = "step,call,set,opts\na,addBook,title=x; x-request-key={{row.token}},rows=d.csv\n"
        let whole = try text("vars-crlf.csv", in: data)
        #expect(
            Library.problems(table, files: ["scenarios/d.csv": whole]).last
                == "6:5 the file contains a NUL character | remove it; check that the file is UTF-8 text")
        #expect(
            Library.problems(
                table, files: ["scenarios/d.csv": whole.replacingOccurrences(of: "\u{0}", with: "")]) == [
                    "2:4 the value of the header 'x-request-key' contains a line break | such a request cannot be sent as "
                        + "HTTP, even in an invalid row",
                    "4:4 the value of the header 'x-request-key' contains a line break | such a request cannot be sent as "
                        + "HTTP, even in an invalid row",
                    "6:4 'header.x-request-key' has 2 characters, but at least 3 are needed | add `invalid` to `opts` if the request must violate the contract",
                ])
    }

    @Test(
        "quotes, control characters and formulas are sent unchanged, each inside its own string",
        arguments: ConformanceData.all)
    func strings(data: ConformanceData) throws {
        for (name, column) in [("vars-json.csv", "name"), ("vars-formula.csv", "v")] {
            let text = try text(name, in: data)
            let cells = CSVReader.read(Array(text.utf8), file: name).records.map { $0.cells[1].text }
            #expect(cells.count > 3)
            let (bodies, problems) = try bodies(column, text)
            #expect(problems.allSatisfy { $0 == "table.spreadsheet" })
            let expected = cells.map { JSONValue.object(JSONObject([("title", .string($0)), ("isbn", .string($0))])) }
            #expect(bodies == expected)
        }
    }
}
