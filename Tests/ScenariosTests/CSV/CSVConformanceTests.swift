import Foundation
import JSONDocument
import Scenarios
import Testing

private let dataFolder = ProcessInfo.processInfo.environment["ASSAY_CONFORMANCE_DATA"]

@Suite("CSV conformance") struct CSVConformanceTests {
    @Test(
        "every published case is accepted with its rows or rejected",
        .enabled(if: dataFolder != nil, "set ASSAY_CONFORMANCE_DATA to the folder of the conformance data"))
    func cases() throws {
        let folder = try #require(dataFolder)
        let lines = try Data(contentsOf: URL(filePath: folder).appending(path: "text/csv-open.ndjson"))
        var count = 0
        for line in lines.split(separator: 0x0A) {
            let entry = try JSONDocument(parsing: Array(line)).root
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
            count += 1
        }
        #expect(count > 20)
    }
}
