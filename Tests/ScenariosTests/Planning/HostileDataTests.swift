import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Primitives
import Scenarios
import Testing

private let dataFolder = ProcessInfo.processInfo.environment["ASSAY_CONFORMANCE_DATA"]

@Suite("Hostile data files") struct HostileDataTests {
    /// A published data file whose first column names its cases.
    private func data(_ name: String) throws -> String {
        let folder = try #require(dataFolder)
        let bytes = try Data(contentsOf: URL(filePath: folder).appending(path: "inputs/data/\(name)"))
        return "case" + String(decoding: bytes, as: UTF8.self).dropFirst(2)
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
        .enabled(if: dataFolder != nil, "set ASSAY_CONFORMANCE_DATA to the folder of the conformance data"))
    func headers() throws {
        let table = "step,call,set,opts\na,addBook,title=x; x-request-key={{row.token}},rows=d.csv\n"
        let whole = try data("vars-crlf.csv")
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
        .enabled(if: dataFolder != nil, "set ASSAY_CONFORMANCE_DATA to the folder of the conformance data"))
    func strings() throws {
        for (name, column) in [("vars-json.csv", "name"), ("vars-formula.csv", "v")] {
            let text = try data(name)
            let cells = CSVReader.read(Array(text.utf8), file: name).records.map { $0.cells[1].text }
            #expect(cells.count > 3)
            let (bodies, problems) = try bodies(column, text)
            #expect(problems.allSatisfy { $0 == "table.spreadsheet" })
            let expected = cells.map { JSONValue.object(JSONObject([("title", .string($0)), ("isbn", .string($0))])) }
            #expect(bodies == expected)
        }
    }
}
