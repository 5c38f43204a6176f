public import Diagnostics
public import JSONDocument

/// A YAML or JSON file as a tree in which every value knows its place.
public struct SourceFile: Sendable {
    /// The file as it is shown to users: relative to the project where possible.
    public let path: String
    /// The content. Names are unique within their object; numbers keep their spelling.
    public let document: JSONDocument
    /// The bytes of the file without a byte order mark.
    public let bytes: [UInt8]
    /// What was left out of the content because it could not be read (errors), and what was read although it is not as
    /// the format asks (warnings), each with its place.
    public internal(set) var diagnostics: [Diagnostic]
    /// Which file the values come from; more than one after an overlay.
    public let map: SourceMap

    /// Bundles what was read. Without `map` every value comes from `path`.
    public init(
        path: String,
        document: JSONDocument,
        bytes: [UInt8],
        map: SourceMap? = nil,
        diagnostics: [Diagnostic] = []
    ) {
        self.path = path
        self.document = document
        self.bytes = bytes
        self.diagnostics = diagnostics
        self.map = map ?? SourceMap(file: path)
    }

    /// Where a value starts.
    public func location(of node: JSONNode) -> SourceLocation {
        map.location(of: node.position)
    }

    /// What a position of this document stands for.
    public func location(of position: TextPosition) -> SourceLocation {
        map.location(of: position)
    }

    /// The number of lines; a line ends with LF, CR LF or a lone CR.
    public var lineCount: Int {
        let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        return bytes.withUnsafeBufferPointer { bytes in
            // Almost no text has a CR, and without one this is a count that the compiler makes wide.
            var feeds = 0
            var carriages = 0
            for byte in bytes {
                feeds &+= byte == feed ? 1 : 0
                carriages &+= byte == carriage ? 1 : 0
            }
            guard carriages > 0 else { return feeds + 1 }
            let pairs = zip(bytes, bytes.dropFirst()).count { $0 == carriage && $1 == feed }
            return feeds + carriages - pairs + 1
        }
    }
}
