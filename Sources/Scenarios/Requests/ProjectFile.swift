public import OpenAPI

/// A file of the project whose bytes a request contains unchanged: a whole body, or a part of one.
public struct ProjectFile: Sendable, Hashable {
    /// Its path below the project's root.
    public var path: String
    /// Its name and content.
    public var content: PartFile

    /// Creates a file at `path`.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        content = PartFile(name: path.split(separator: "/").last.map(String.init) ?? path, bytes: bytes)
    }

    /// The content as text; of binary content, each octet is one character.
    var text: String {
        String(validating: content.bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(content.bytes.map { Unicode.Scalar($0) }))
    }

    /// Whether the content is text.
    var isText: Bool { String(validating: content.bytes, as: UTF8.self) != nil }
}
