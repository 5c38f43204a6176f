public import Diagnostics
public import JSONDocument
internal import JSONSchema
internal import Primitives

/// The value of a `multipart/*` body, read by the description of its media type.
///
/// Named parts give an object (`multipart/form-data`, and any other type whose parts have names and whose schema does
/// not describe a list). Unnamed parts give a list, if the contract describes one (OpenAPI 3.2.0, section 4.15).
public struct MultipartContent: Sendable {
    /// The value of the parts.
    public enum Value: Sendable {
        /// Parts by name.
        case object(JSONValue)
        /// Parts in order, each with the line of the body where it starts.
        case list([(value: JSONValue, line: Int)])
        /// The contract does not say how the parts become a value; the text says why.
        case undescribed(String)
    }

    /// A part whose media type its Encoding Object does not allow.
    public struct WrongType: Sendable {
        /// The place of the part in the value.
        public let place: JSONPointer
        /// The media types that the contract allows.
        public let expected: String
        /// The media type received; `nil` if the part has none.
        public let received: String?
        /// The line of the body where the part starts.
        public let line: Int
        /// The location of the Encoding Object.
        public let location: SourceLocation

        /// The mistake, as a clause about the part.
        public var message: String {
            guard let received else {
                return "names no media type, which means text/plain, but the contract allows \(expected)"
            }
            return "is of the media type \(received), but the contract allows \(expected)"
        }
    }

    /// Why a body cannot be split into parts.
    public enum Problem: Error {
        /// The media type has no boundary.
        case noBoundary
        /// The body is not a valid multipart body.
        case malformed

        /// The mistake, as a clause about the body.
        public var message: String {
            switch self {
            case .noBoundary: "has no boundary, so the body cannot be divided into parts"
            case .malformed:
                "is not a multipart body: it needs parts between lines of '--' and the boundary, and an end line"
            }
        }
    }

    /// The value.
    public let value: Value
    /// The parts of wrong media types, in order.
    public let wrongTypes: [WrongType]
    /// The headers of parts that violate their declarations, in the order of the parts.
    public let headerIssues: [PartHeaderIssue]

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - name: The media type as received, with its boundary.
    ///   - media: Its description in the contract.
    /// - Throws: ``Problem`` for a body that cannot be split into parts.
    public init(_ body: [UInt8], named name: MediaTypeName, as media: MediaType) throws(Problem) {
        let view = media.schema?.view
        // Some documents describe the whole body as binary data.
        if media.itemSchema == nil, let view, let kinds = view.kinds, kinds.isDisjoint(with: [.object, .array]) {
            value = .undescribed("its schema describes neither an object nor a list of parts")
            wrongTypes = []
            headerIssues = []
            return
        }
        guard let boundary = name.parameter("boundary") else { throw .noBoundary }
        guard let parts = MultipartBody(body, boundary: boundary)?.parts else { throw .malformed }
        let isList = media.itemSchema != nil || view?.kinds?.contains(.array) == true
        if isList {
            value = .list(
                parts.enumerated().map { index, part in
                    (PartValue.value(part, media.itemSchema?.view ?? view?.item(index)), part.line)
                })
            wrongTypes = parts.enumerated().compactMap { index, part in
                Self.wrongType(part, media.encoding(at: index), JSONPointer([String(index)]))
            }
            headerIssues = parts.enumerated().flatMap { index, part in
                media.encoding(at: index)?.headerIssues(of: part, at: JSONPointer([String(index)])) ?? []
            }
        } else if name.subtype == "form-data" || parts.allSatisfy({ $0.name != nil }) {
            value = .object(PartValue.object(parts, view))
            wrongTypes = parts.compactMap { part in
                guard let name = part.name else { return nil }
                return Self.wrongType(part, media.encoding(of: name), JSONPointer([name]))
            }
            headerIssues = parts.flatMap { part in
                part.name.flatMap { name in
                    media.encoding(of: name)?.headerIssues(of: part, at: JSONPointer([name]))
                } ?? []
            }
        } else {
            value = .undescribed("its parts have no names, and the contract describes no list of parts")
            wrongTypes = []
            headerIssues = []
        }
    }

    private static func wrongType(
        _ part: MultipartBody.Part, _ encoding: FieldEncoding?, _ place: JSONPointer
    ) -> WrongType? {
        guard let encoding, !encoding.hasStyle, let text = encoding.contentType else { return nil }
        let allowed = encoding.contentTypes
        guard !allowed.isEmpty else { return nil }
        if let type = part.type, allowed.contains(where: { $0.matches(type) }) { return nil }
        let received = part.writtenType.map { text in
            String(String.UnicodeScalarView(text.unicodeScalars.drop { $0 == " " }.prefix(100)))
        }
        return WrongType(place: place, expected: text, received: received, line: part.line, location: encoding.location)
    }
}

/// Parts as values.
private enum PartValue {
    /// The object for named parts, its values typed by the schema; unnamed parts are ignored.
    static func object(_ all: [MultipartBody.Part], _ schema: SchemaView?) -> JSONValue {
        var names: [String] = []
        var byName: [JSONNameKey: [MultipartBody.Part]] = [:]
        for part in all {
            guard let name = part.name else { continue }
            if byName[JSONNameKey(name)] == nil { names.append(name) }
            byName[JSONNameKey(name), default: []].append(part)
        }
        var object = JSONObject()
        for name in names {
            let parts = byName[JSONNameKey(name)] ?? []
            let view = schema?.property(name) ?? schema?.additional
            if let kinds = view?.kinds, kinds.contains(.array), !kinds.contains(.string) {
                // One part may contain the whole array as JSON.
                if parts.count == 1, let whole = json(parts[0]), whole.kind == .array {
                    object[name] = whole
                } else {
                    object[name] = .array(parts.map { value($0, view?.items) })
                }
            } else if parts.count == 1 {
                object[name] = value(parts[0], view)
            } else {
                object[name] = .array(parts.map { value($0, view) })
            }
        }
        return .object(object)
    }

    static func value(_ part: MultipartBody.Part, _ view: SchemaView?) -> JSONValue {
        let kinds = view?.kinds
        let isObject = kinds.map { $0.contains(.object) && !$0.contains(.string) } ?? false
        // Objects are JSON unless the document says otherwise (OpenAPI 3.0.4, section 4.7.15).
        if part.contentType?.isJSON == true || isObject, let value = json(part) { return value }
        // Binary data still has a length: each octet counts as one character.
        guard let text = String(validating: part.bytes, as: UTF8.self) else {
            return .string(String(String.UnicodeScalarView(part.bytes.map { Unicode.Scalar($0) })))
        }
        guard let kinds, !kinds.contains(.string) else { return .string(text) }
        if kinds.contains(.number), let number = JSONNumber(text) { return .number(number) }
        if kinds.contains(.boolean), let boolean = ["true": true, "false": false][text] { return .boolean(boolean) }
        return .string(text)
    }

    private static func json(_ part: MultipartBody.Part) -> JSONValue? {
        (try? JSONDocument(parsing: Array(part.bytes)))?.root.value
    }
}

extension MediaType {
    /// The encoding of the part with a name.
    func encoding(of name: String) -> FieldEncoding? {
        encodings.first { $0.name.isSame(as: name) }
    }

    /// The encoding of a part of a body: the first token of its place is a name, or an index of a list of parts.
    package func encoding(of part: JSONPointer) -> FieldEncoding? {
        guard let token = part.tokens.first else { return nil }
        return encoding(of: token) ?? Int(token).flatMap(encoding(at:))
    }

    /// The encoding of the part at an index of a list.
    func encoding(at index: Int) -> FieldEncoding? {
        prefixEncodings.indices.contains(index) ? prefixEncodings[index] : itemEncoding
    }

    /// The issues of a `multipart/*` request body.
    func multipartIssues(in body: [UInt8], named name: MediaTypeName) -> [RequestIssue] {
        let reading: MultipartContent
        do throws(MultipartContent.Problem) {
            reading = try MultipartContent(body, named: name, as: self)
        } catch {
            switch error {
            case .noBoundary:
                return [
                    RequestIssue(
                        .mediaType, "mediaType", error.message, at: location,
                        expected: "\(name.type)/\(name.subtype); boundary=…", actual: name.description)
                ]
            case .malformed:
                return [RequestIssue(.body(.root), "form", error.message, at: location)]
            }
        }
        let wrongTypes = reading.wrongTypes.map { wrong in
            RequestIssue(
                .body(wrong.place), "mediaType", wrong.message, at: wrong.location, expected: wrong.expected,
                actual: wrong.received ?? "nothing")
        }
        let types = wrongTypes + reading.headerIssues.map(\.ofRequest)
        switch reading.value {
        case .object(let value):
            return types + (schema?.requestIssues(in: JSONDocument(value).root) { .body($0) } ?? [])
        case .list(let parts):
            let values = parts.map(\.value)
            let items = values.enumerated().flatMap { index, value in
                itemSchema?.requestIssues(in: JSONDocument(value).root) { pointer in
                    .body(JSONPointer([String(index)] + pointer.tokens))
                } ?? []
            }
            return types + items + (schema?.requestIssues(in: JSONDocument(.array(values)).root) { .body($0) } ?? [])
        case .undescribed(let reason):
            return types + [
                RequestIssue(.body(.root), "mediaType", "is not judged: \(reason)", at: location, isUndecided: true)
            ]
        }
    }
}
