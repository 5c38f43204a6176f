import Foundation
import JSONDocument

/// The test data that is not kept in this repository.
enum ConformanceData {
    static let root = ProcessInfo.processInfo.environment["ASSAY_CONFORMANCE_DATA"]
    static let isPresent = root != nil

    /// The lines of an NDJSON file.
    static func lines(_ path: String) throws -> [JSONNode] {
        let data = try Data(contentsOf: URL(fileURLWithPath: (root ?? "") + "/" + path))
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDocument(parsing: Array($0)).root }
    }
}
