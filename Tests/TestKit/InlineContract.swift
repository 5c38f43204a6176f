public import Diagnostics
public import OpenAPI
import SourceText

extension Contract {
    /// The contract that a document in YAML or JSON describes.
    ///
    /// - Parameters:
    ///   - text: The document. It is stored as `file` in a folder that exists only while it is loaded.
    ///   - name: The name of the contract in tables.
    ///   - file: The name of the file in the locations of diagnostics.
    ///   - others: Further files beside it, texts by path.
    ///   - overlays: The names of those of `others` that are overlays, in order.
    public static func load(
        text: String, name: String? = nil, file: String = "api.yaml", others: [String: String] = [:],
        overlays: [String] = []
    ) throws -> Contract {
        let folder = try TemporaryFolder(others)
        try folder.write(text, to: file)
        return try folder.contract(file, name: name, overlays: overlays)
    }
}

extension TemporaryFolder {
    /// Loads the contract of a document in this folder.
    public func contract(_ file: String = "api.yaml", name: String? = nil, overlays: [String] = []) throws -> Contract {
        try withExtendedLifetime(self) {
            try ContractLoader.load(file: file, overlays: overlays, name: name, reader: SourceReader(root: path))
        }
    }
}

extension Diagnostic {
    /// The diagnostic as `line:column severity rule: message`; the file is named unless it is `api.yaml`.
    public var testLine: String {
        let place = location.map { location in
            (location.file == "api.yaml" ? "" : location.file + ":") + "\(location.line):\(location.column)"
        }
        return "\(place ?? "-") \(severity.rawValue) \(rule): \(message)"
    }
}
