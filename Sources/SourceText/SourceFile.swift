public import Diagnostics
public import JSONDocument

/// A YAML or JSON file as a tree in which every value has a location.
public struct SourceFile: Sendable {
    /// The file as it is shown to users: relative to the project where possible.
    public let path: String
    /// The content. Names are unique within their object; numbers keep their spelling.
    public let document: JSONDocument
    /// The bytes of the file without a byte order mark.
    public let bytes: [UInt8]
    /// Errors for content that could not be read and was left out, and warnings for content that was read although it
    /// is not well-formed.
    public internal(set) var diagnostics: [Diagnostic]
    /// Which file the values come from; more than one after an overlay.
    public let map: SourceMap

    /// Creates a file. Without `map`, every value comes from `path`.
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

    /// The file location of a position of this document.
    public func location(of position: TextPosition) -> SourceLocation {
        map.location(of: position)
    }

    /// The number of lines; a line ends with LF, CR LF or a lone CR.
    public var lineCount: Int {
        let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
        return bytes.withUnsafeBufferPointer { bytes in
            // Few texts contain a CR. Without one, this is a count that the compiler vectorises.
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
