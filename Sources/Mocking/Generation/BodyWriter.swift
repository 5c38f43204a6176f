import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import SourceText

/// Writes values as bodies of a media type.
struct BodyWriter {
    let media: MediaType
    /// The `accept` header of the request, which selects a type from a media range.
    let accept: String?
    /// The value of a documented header of a part, generated if the document has no example.
    let headerText: (Header) -> String?

    /// A value as the body of the media type. A string is the text of every type except JSON, because documents use
    /// strings for examples that JSON cannot represent (OpenAPI 3.0.4, section 4.7.14, Working with Examples).
    func body(_ value: JSONValue, isAuthored: Bool = false) -> AnswerBody {
        let schema = media.schema?.view
        let isBinary = value.kind == .string && isBinary(schema)
        let name = media.range.concrete(for: value, isBinary: isBinary, accept: accept)
        let format = BodyFormat(name)
        let contentType = name.description
        let isText = value.kind == .string && (isAuthored || schema?.allows(.object) == false)
        if format == .multipart, !isText {
            let value = value.object == nil && value.elements == nil ? ["value": value] : value
            if let body = MultipartWriter.body(value, named: name, as: media, headers: partHeaders) {
                return AnswerBody(contentType: body.contentType, bytes: body.bytes)
            }
        }
        if !isAuthored, isBinary, name.type == "image", name.subtype == "png", !isBounded(schema) {
            return AnswerBody(contentType: contentType, bytes: Self.pixel)
        }
        // Any text is checked as the scalar that it spells.
        let isScalar = name.type == "text" && format != .json && [.number, .boolean].contains(value.kind)
        let text = isScalar ? plainText(value) : text(value, format, schema, isAuthored: isAuthored)
        return AnswerBody(contentType: contentType, bytes: Self.bytes(text, charset: name.parameter("charset")))
    }

    private func partHeaders(_ part: JSONPointer, _ encoding: FieldEncoding?) -> [PartHeader] {
        (encoding?.headers ?? []).compactMap { header in
            headerText(header).map { PartHeader(name: header.name, value: headerSafe($0)) }
        }
    }

    // MARK: Formats

    private func text(
        _ value: JSONValue, _ format: BodyFormat, _ schema: SchemaView?, isAuthored: Bool
    ) -> String {
        if format == .json { return value.text }
        if case .string(let text) = value {
            // A generated string is an item of a sequence. The text of events is checked as a whole where no items are
            // described, so it stays as its schema describes it.
            let isWhole = format == .events && media.itemSchema == nil && isBounded(schema)
            let isItem = format.isSequence && !isAuthored && !isWhole
            guard isItem else { return text }
        }
        switch format {
        case .lines: return SequenceText.text(of: items(value), .lines, as: media)
        case .records: return SequenceText.text(of: items(value), .records, as: media)
        case .events: return SequenceText.text(of: items(value), .events, as: media)
        case .form: return Self.form(value)
        case .xml: return XMLText(schema: schema).text(of: value)
        case .csv: return Self.csv(value)
        case .json, .text, .bytes, .multipart: return plainText(value)
        }
    }

    private func items(_ value: JSONValue) -> [JSONValue] { value.elements ?? [value] }

    private static func form(_ value: JSONValue) -> String {
        guard case .object(let object) = value else { return plainText(value) }
        return object.members.flatMap { member in
            (member.value.elements ?? [member.value]).map { element in
                ParameterCodec.percentEncode(member.name) + "=" + ParameterCodec.percentEncode(plainText(element))
            }
        }.joined(separator: "&")
    }

    /// Rows with a header line (RFC 4180).
    private static func csv(_ value: JSONValue) -> String {
        let rows = value.elements ?? [value]
        var names: [String] = []
        for name in rows.flatMap({ $0.object?.names ?? [] }) where !names.contains(name) { names.append(name) }
        var writer = CSVWriter(lineEnd: .crlf)
        if names.isEmpty {
            for row in rows { writer.row((row.elements ?? [row]).map(plainText)) }
        } else {
            writer.row(names)
            for row in rows { writer.row(names.map { row[$0].map(plainText) ?? "" }) }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    // MARK: Bytes

    private func isBinary(_ schema: SchemaView?) -> Bool {
        guard let schema else { return BodyFormat(media.range) == .bytes || media.range.type == "*" }
        return schema.format.map { $0 == "binary" } ?? false
    }

    private func isBounded(_ schema: SchemaView?) -> Bool {
        ["minLength", "maxLength", "pattern", "enum", "const"].contains { schema?.keyword($0) != nil }
    }

    private static func bytes(_ text: String, charset: String?) -> [UInt8] {
        switch charset?.lowercased() {
        case "us-ascii"?: text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?") }
        case "iso-8859-1"?, "latin1"?: text.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
        default: Array(text.utf8)
        }
    }

    /// An image of one pixel (PNG).
    private static let pixel: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
        0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1F, 0x15, 0xC4, 0x89, 0x00, 0x00, 0x00,
        0x0D, 0x49, 0x44, 0x41, 0x54, 0x78, 0xDA, 0x63, 0x64, 0xF8, 0xCF, 0x50, 0x0F, 0x00, 0x03, 0x86, 0x01, 0x80,
        0x5A, 0x34, 0x7D, 0x6B, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
}
