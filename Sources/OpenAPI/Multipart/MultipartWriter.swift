public import JSONDocument
internal import JSONSchema
internal import Primitives

/// A header line of a part.
public struct PartHeader: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value, without line breaks.
    public var value: String

    /// Creates a header line.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Writes bodies of `multipart/*`.
public enum MultipartWriter {
    /// A body, and the media type with its boundary.
    public struct Body: Sendable {
        /// The bytes.
        public let bytes: [UInt8]
        /// The value of `content-type`.
        public let contentType: String
    }

    /// Writes the members of an object as named parts (RFC 7578), and the elements of a list as parts in order. Each
    /// part has the media type from the contract, otherwise the default for its value (OpenAPI 3.1.1, section
    /// 4.8.15.1).
    ///
    /// - Parameters:
    ///   - files: The values that are files, by their places in `value`. Their bytes are sent unchanged.
    ///   - headers: The headers of a part, by its place and its encoding. They replace headers of the same name.
    /// - Returns: `nil` for a value that is neither an object nor a list. Equal values give equal bytes.
    public static func body(
        _ value: JSONValue, named name: MediaTypeName, as media: MediaType?, files: [JSONPointer: PartFile] = [:],
        headers: @escaping (JSONPointer, FieldEncoding?) -> [PartHeader] = { _, _ in [] }
    ) -> Body? {
        let content = Content(media: media, files: files, headers: headers)
        let parts: [Part]
        switch value {
        case .object(let object):
            parts = object.members.flatMap { member in members(member.name, member.value, content) }
        case .array(let elements):
            parts = elements.enumerated().map { index, element in
                let view = media?.itemSchema?.view ?? media?.schema?.view?.item(index)
                return part(nil, element, media?.encoding(at: index), view, content, JSONPointer([String(index)]))
            }
        default: return nil
        }
        let given = name.parameter("boundary")
        let boundary = given ?? boundary(besides: parts)
        var bytes: [UInt8] = []
        for part in parts {
            bytes += Array("--\(boundary)\r\n\(part.header)\r\n".utf8)
            bytes += part.bytes
            bytes += [0x0D, 0x0A]
        }
        bytes += Array("--\(boundary)--\r\n".utf8)
        return Body(
            bytes: bytes, contentType: given == nil ? "\(name.description); boundary=\(boundary)" : name.description)
    }

    /// The description of the media type, and the files and headers that the caller passes.
    private struct Content {
        let media: MediaType?
        let files: [JSONPointer: PartFile]
        let headers: (JSONPointer, FieldEncoding?) -> [PartHeader]
    }

    private struct Part {
        var header: String
        var bytes: [UInt8]
    }

    /// The parts of one member: lists are written element by element, unless their media type is JSON.
    private static func members(
        _ name: String, _ value: JSONValue, _ content: Content
    ) -> [Part] {
        let encoding = content.media?.encoding(of: name)
        let schema = content.media?.schema?.view
        let view = schema?.property(name) ?? schema?.additional
        guard let elements = value.elements, encoding?.contentTypes.first?.isJSON != true, !elements.isEmpty,
            // A list of lists can only be sent as JSON.
            !elements.contains(where: { $0.elements != nil })
        else { return [part(name, value, encoding, view, content, JSONPointer([name]))] }
        return elements.enumerated().map { index, element in
            part(name, element, encoding, view?.items, content, JSONPointer([name, String(index)]))
        }
    }

    private static func part(
        _ name: String?, _ value: JSONValue, _ encoding: FieldEncoding?, _ view: SchemaView?, _ content: Content,
        _ place: JSONPointer
    ) -> Part {
        let file = content.files[place]
        let isStyled = encoding?.hasStyle ?? false
        let documented = isStyled ? [] : encoding?.contentTypes ?? []
        let type =
            file.map { Self.type(of: $0, documented, view) } ?? documented.first.map(concrete) ?? usual(value, view)
        var fields: [PartHeader] = []
        if let name {
            var disposition = "form-data; name=\"\(escaped(name))\""
            // Servers recognise a file by its file name.
            if file != nil || isFile(type, view) { disposition += "; filename=\"\(escaped(file?.name ?? name))\"" }
            fields.append(PartHeader(name: "Content-Disposition", value: disposition))
        }
        fields.append(PartHeader(name: "Content-Type", value: type.description))
        let given = content.headers(place, encoding)
        fields.removeAll { field in given.contains { $0.name.equalsIgnoringASCIICase(field.name) } }
        let header = (fields + given).map { "\($0.name): \($0.value)\r\n" }.joined()
        let text = { type.isJSON ? value.text : SequenceText.plain(value) }
        return Part(header: header, bytes: file?.bytes ?? Array(text().utf8))
    }

    /// The media type of a file: that of its extension; if that is not known, one that the contract allows.
    private static func type(of file: PartFile, _ documented: [MediaTypeName], _ view: SchemaView?) -> MediaTypeName {
        let described = view?.keyword("contentMediaType")?.string.flatMap { MediaTypeName($0) }
        let allowed = documented.isEmpty ? [described].compactMap { $0 } : documented
        if file.mediaType == nil, let first = allowed.first { return concrete(first) }
        return file.mediaType(among: allowed)
    }

    private static func usual(_ value: JSONValue, _ view: SchemaView?) -> MediaTypeName {
        let text: String
        switch value {
        case .object, .array, .null: text = "application/json"
        case .string:
            let isBinary = view?.format == "binary" || view?.keyword("contentEncoding") != nil
            text = view?.keyword("contentMediaType")?.string ?? (isBinary ? "application/octet-stream" : "text/plain")
        default: text = "text/plain"
        }
        return MediaTypeName(text) ?? plain
    }

    /// A media type that matches a range.
    private static func concrete(_ range: MediaTypeName) -> MediaTypeName {
        guard range.isRange else { return range }
        let text: String =
            switch range.type {
            case "image": "image/png"
            case "audio": "audio/mpeg"
            case "video": "video/mp4"
            case "text": "text/plain"
            default:
                // `application/*+json` matches any type with that suffix.
                range.subtype.utf8.starts(with: "*+".utf8)
                    ? "\(range.type)/vnd.part\(range.subtype.dropFirst())" : "application/octet-stream"
            }
        return MediaTypeName(text) ?? range
    }

    private static var plain: MediaTypeName { MediaTypeName(type: "text", subtype: "plain") }

    private static func isFile(_ type: MediaTypeName, _ view: SchemaView?) -> Bool {
        view?.format == "binary" || !(type.isJSON || type.type == "text")
    }

    /// Escapes the characters that browsers escape in names (WHATWG HTML, multipart/form-data).
    private static func escaped(_ name: String) -> String {
        name.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\"": text += "%22"
            case "\r": text += "%0D"
            case "\n": text += "%0A"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// A boundary that does not occur in any part.
    private static func boundary(besides parts: [Part]) -> String {
        var number = 0
        while true {
            let boundary = "assay-boundary" + (number == 0 ? "" : "-\(number)")
            let isTaken = parts.contains { part in
                part.bytes.contains("--\(boundary)".utf8) || part.header.utf8.contains(boundary.utf8)
            }
            if !isTaken { return boundary }
            number += 1
        }
    }
}
