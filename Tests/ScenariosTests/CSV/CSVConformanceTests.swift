import Foundation
import JSONDocument
import Scenarios
import TestKit
import Testing

@Suite("CSV conformance") struct CSVConformanceTests {
    @Test(
        "every published case is accepted with its rows or rejected",
        arguments: ConformanceData.all)
    func cases(data: ConformanceData) throws {
        for entry in try data.lines("text/csv-open.ndjson", atLeast: 21) {
            let name = try #require(entry["name"]?.string)
            let encoded = try #require(entry["bytes"]?.string)
            let bytes = try #require(Data(base64Encoded: encoded))
            let file = CSVReader.read(Array(bytes), file: "\(name).csv", style: .rfc4180)
            if entry["expect"]?.string == "accept" {
                let rows = try #require(entry["rows"]).elements.map {
                    $0.elements.map { Array(($0.string ?? "").utf8) }
                }
                let read = [file.header] + file.records.map(\.cells)
                #expect(file.diagnostics.isEmpty, "\(name)")
                #expect(read.map { $0.map { Array($0.text.utf8) } } == rows, "\(name)")
            } else {
                #expect(!file.diagnostics.isEmpty, "\(name)")
            }
        }
    }
}
