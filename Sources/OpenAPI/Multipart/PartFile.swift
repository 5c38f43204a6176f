/// The content of a file that is sent as a part of a `multipart/*` body, or as a whole body.
public struct PartFile: Sendable, Hashable {
    /// The name of the file, without folders.
    public var name: String
    /// The bytes, which are sent unchanged.
    public var bytes: [UInt8]

    /// Creates the content of a file.
    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    /// The usual media type of files with this extension; `nil` if the extension is not known.
    public var mediaType: MediaTypeName? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) else { return nil }
        let ending = String(Substring(name.utf8[name.utf8.index(after: dot)...])).lowercased()
        return Self.types[ending].flatMap { MediaTypeName($0) }
    }

    /// Media types by extension, as registered with IANA.
    private static let types = [
        "bmp": "image/bmp", "css": "text/css", "csv": "text/csv", "gif": "image/gif", "gz": "application/gzip",
        "html": "text/html", "jpeg": "image/jpeg", "jpg": "image/jpeg", "json": "application/json",
        "md": "text/markdown", "mp3": "audio/mpeg", "mp4": "video/mp4", "pdf": "application/pdf", "png": "image/png",
        "svg": "image/svg+xml", "tif": "image/tiff", "tiff": "image/tiff", "txt": "text/plain", "wav": "audio/wav",
        "webp": "image/webp", "xml": "application/xml", "yaml": "application/yaml", "yml": "application/yaml",
        "zip": "application/zip",
    ]

    /// The media type to send the file with: the type of its extension, or a documented type with the same syntax. Without
    /// a known extension it is the only documented type, otherwise that of any octets.
    ///
    /// A file of a type that the document does not allow keeps its type, so that the check of the request reports it.
    ///
    /// - Parameter documented: The media types and ranges that the document allows.
    public func mediaType(among documented: [MediaTypeName]) -> MediaTypeName {
        guard let own = mediaType else {
            let only = documented.count == 1 ? documented.first { !$0.isRange } : nil
            return only ?? MediaTypeName(type: "application", subtype: "octet-stream")
        }
        if documented.contains(where: { $0.matches(own) }) { return own }
        return documented.first { !$0.isRange && $0.isRelated(to: own) } ?? own
    }
}

extension MediaTypeName {
    /// Whether both types have one syntax: JSON, or XML (RFC 7303, section 4).
    fileprivate func isRelated(to other: MediaTypeName) -> Bool {
        isJSON && other.isJSON || isXMLBased && other.isXMLBased
    }

    private var isXMLBased: Bool { subtype == "xml" || subtype.utf8.suffix(4).elementsEqual("+xml".utf8) }
}
