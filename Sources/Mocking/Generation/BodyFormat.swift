import JSONDocument
import JSONSchema
import OpenAPI

/// The format of a body, by its media type.
enum BodyFormat {
    case json
    /// One JSON value per line.
    case lines
    /// JSON text sequences (RFC 7464).
    case records
    /// Server-sent events.
    case events
    case form
    case xml
    case csv
    case multipart
    /// Text that consists of one string. It includes YAML, because JSON is YAML.
    case text
    /// Any other type: bytes that only an authored example or a string can provide.
    case bytes

    private static let lineSubtypes = [
        "x-ndjson", "ndjson", "jsonl", "x-jsonlines", "json-lines", "jsonlines", "x-jsonl",
    ]

    init(_ name: MediaTypeName) {
        let subtype = name.subtype
        self =
            if name.isJSON {
                .json
            } else if name.type == "application", Self.lineSubtypes.contains(subtype) {
                .lines
            } else if subtype == "json-seq" || subtype.hasSuffix("+json-seq") {
                .records
            } else if name.type == "text", subtype == "event-stream" {
                .events
            } else if name.isForm {
                .form
            } else if subtype == "xml" || subtype.hasSuffix("+xml") {
                .xml
            } else if subtype == "csv" {
                .csv
            } else if name.type == "multipart" {
                .multipart
            } else if name.type == "text" || subtype == "yaml" || subtype == "x-yaml" || subtype.hasSuffix("+yaml") {
                .text
            } else {
                .bytes
            }
    }

    /// Whether a body is a sequence of values.
    var isSequence: Bool {
        switch self {
        case .lines, .records, .events: true
        default: false
        }
    }
}

extension MediaTypeName {
    /// The media type of a body in this range: the one that the client accepts if the range contains it, otherwise a
    /// common type that suits the value.
    ///
    /// - Parameters:
    ///   - value: The body; `nil` for bytes.
    ///   - isBinary: Whether the value is a string of bytes.
    ///   - accept: The `accept` header of the request.
    func concrete(for value: JSONValue, isBinary: Bool, accept: String?) -> MediaTypeName {
        guard isRange else { return self }
        let isText = value.kind == .string
        let wanted = (accept ?? "").split(separator: ",").lazy
            .compactMap { MediaTypeName(String($0)) }
            .first { name in
                guard !name.isRange, self.matches(name), name.parameter("q") == nil else { return false }
                // A string suits any type except JSON; other values need a type that can represent them.
                return isText ? !name.isJSON : name.isJSON
            }
        let parameters = description.drop { $0 != ";" }
        return wanted ?? MediaTypeName(usual(isText: isText, isBinary: isBinary) + parameters) ?? self
    }

    private func usual(isText: Bool, isBinary: Bool) -> String {
        if subtype.utf8.starts(with: "*+".utf8) { return "\(type)/x.mock\(subtype.dropFirst())" }
        return switch type {
        case "*": isBinary ? "application/octet-stream" : isText ? "text/plain" : "application/json"
        case "application": isBinary ? "application/octet-stream" : "application/json"
        case "text": isText ? "text/plain" : "text/json"
        case "image": "image/png"
        case "audio": "audio/mpeg"
        case "video": "video/mp4"
        case "font": "font/woff2"
        case "multipart": "multipart/mixed"
        case "message": "message/rfc822"
        case "model": "model/stl"
        default: "\(type)/x.mock"
        }
    }
}
