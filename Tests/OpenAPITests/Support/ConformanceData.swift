import Foundation
import JSONDocument
import OpenAPI
import SourceText

/// The test data that is not kept in this repository.
enum ConformanceData {
    static let root = ProcessInfo.processInfo.environment["ASSAY_CONFORMANCE_DATA"]
    static let isPresent = root != nil

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: (root ?? "") + "/" + path)))
    }

    /// The lines of an NDJSON file.
    static func lines(_ path: String) throws -> [JSONNode] {
        try bytes(path).split(separator: UInt8(ascii: "\n")).map { try JSONDocument(parsing: Array($0)).root }
    }

    /// The rows of a CSV file by column name (RFC 4180).
    static func rows(_ path: String) throws -> [[String: String]] {
        var records: [[String]] = [[]]
        var cell: [UInt8] = []
        var isQuoted = false
        func text() -> String { String(decoding: cell, as: UTF8.self) }
        var input = try bytes(path)[...]
        while let byte = input.popFirst() {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && input.first == byte:
                cell.append(byte)
                input.removeFirst()
            case UInt8(ascii: "\""):
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                records[records.count - 1].append(text())
                cell = []
            case UInt8(ascii: "\n") where !isQuoted:
                records[records.count - 1].append(text())
                cell = []
                records.append([])
            case UInt8(ascii: "\r") where !isQuoted:
                break
            default:
                cell.append(byte)
            }
        }
        let header = records[0]
        return records.dropFirst().filter { $0.count == header.count }
            .map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }
}

/// The folder of published documents beside the conformance data.
struct ConformanceFolder {
    static let published = ConformanceFolder(path: (ConformanceData.root ?? "") + "/../cashfree")

    let path: String

    func rows(_ file: String) throws -> [[String: String]] {
        try ConformanceData.rows("../cashfree/" + file)
    }

    func json(_ file: String) throws -> JSONNode {
        try JSONDocument(parsing: ConformanceData.bytes("../cashfree/" + file)).root
    }

    func contract(_ file: String, name: String) throws -> Contract {
        try ContractLoading.load(file: file, name: name, reader: SourceReader(root: path))
    }
}
