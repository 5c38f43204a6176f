import Foundation
public import JSONDocument
public import Testing

/// Test data in files: cases with the verdict that the standards give them.
///
/// The repository contains a sample, which every run uses. The folder that `ASSAY_CONFORMANCE_DATA` names contains more of
/// the same kinds. A suite takes ``all`` as its arguments and so runs over both.
public struct ConformanceData: Sendable, CustomTestStringConvertible {
    /// The sample of this repository.
    public static let sample = ConformanceData(
        name: "sample", root: Repository.root.appendingPathComponent("Tests/TestKit/Conformance").path)

    /// The larger data, where this machine has it.
    public static let larger = ProcessInfo.processInfo.environment["ASSAY_CONFORMANCE_DATA"].map {
        ConformanceData(name: "larger", root: $0)
    }

    /// The sample, and the larger data where it exists.
    public static let all = [sample] + (larger.map { [$0] } ?? [])

    private let name: String
    /// The path of the folder.
    public let root: String

    /// The name in reports of tests.
    public var testDescription: String { name }

    /// Whether this is the sample, which is small.
    public var isSample: Bool { name == "sample" }

    /// The path of a file.
    public func path(_ file: String) -> String { root + "/" + file }

    /// The bytes of a file.
    public func bytes(_ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path(file))))
    }

    /// The lines of an NDJSON file.
    ///
    /// - Parameter least: How many there must be. A file that was cut or replaced is an error.
    public func lines(_ file: String, atLeast least: Int = 10) throws -> [JSONNode] {
        let lines = try bytes(file).split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDocument(parsing: Array(line)).root
        }
        guard lines.count >= least else {
            throw NothingToTest(what: "\(path(file)) has \(lines.count) lines; at least \(least) are needed")
        }
        return lines
    }

    /// The rows of a CSV file by column name (RFC 4180).
    public func rows(_ file: String, atLeast least: Int = 10) throws -> [[String: String]] {
        var records = Self.records(in: try bytes(file))
        let header = records.removeFirst()
        let rows = records.filter { $0.count == header.count }
        guard rows.count >= least else {
            throw NothingToTest(what: "\(path(file)) has \(rows.count) rows; at least \(least) are needed")
        }
        return rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    /// A reader of CSV of its own, so that the reader under test does not read its own cases.
    private static func records(in bytes: [UInt8]) -> [[String]] {
        var records: [[String]] = [[]]
        var cell: [UInt8] = []
        var isQuoted = false
        var input = bytes[...]
        func endCell() {
            records[records.count - 1].append(String(decoding: cell, as: UTF8.self))
            cell = []
        }
        while let byte = input.popFirst() {
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && input.first == byte:
                cell.append(byte)
                input.removeFirst()
            case UInt8(ascii: "\""):
                isQuoted.toggle()
            case UInt8(ascii: ",") where !isQuoted:
                endCell()
            case UInt8(ascii: "\n") where !isQuoted:
                endCell()
                records.append([])
            case UInt8(ascii: "\r") where !isQuoted:
                break
            default:
                cell.append(byte)
            }
        }
        return records
    }
}
