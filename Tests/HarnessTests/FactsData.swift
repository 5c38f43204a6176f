import Foundation
import JSONDocument
import Scenarios

/// Facts about the shipped documents from their publisher. They are not kept in this repository.
enum FactsData {
    static let versions = ["2022-09-01", "2023-08-01"]

    static let folder: URL? = {
        guard let data = ProcessInfo.processInfo.environment["ASSAY_CONFORMANCE_DATA"] else { return nil }
        let folder = URL(filePath: data).deletingLastPathComponent().appending(path: "cashfree")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    static var isPresent: Bool { folder != nil }

    private static func bytes(_ name: String) throws -> [UInt8] {
        guard let folder else { return [] }
        return Array(try Data(contentsOf: folder.appending(path: name)))
    }

    /// The rows of a table by column name.
    static func rows(_ name: String) throws -> [[String: String]] {
        let file = CSVReader.read(try bytes(name), file: name, style: .rfc4180)
        let names = file.header.map(\.text)
        return file.records.map { record in
            Dictionary(uniqueKeysWithValues: zip(names, record.cells.map(\.text)))
        }
    }

    static func json(_ name: String) throws -> JSONNode {
        try JSONDocument(parsing: try bytes(name)).root
    }
}
