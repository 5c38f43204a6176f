internal import JSONDocument
internal import JSONSchema

/// Bodies of `multipart/form-data` (RFC 7578; RFC 2046, section 5.1).
struct MultipartBody {
    /// One part.
    struct Part {
        /// The name of the field; `nil` when the part has none.
        var name: String?
        var contentType: MediaTypeName?
        var bytes: ArraySlice<UInt8>
    }

    /// More parts are not a form that anybody fills in.
    private static let maximumParts = 10_000

    let parts: [Part]

    /// Splits a body at its boundary; `nil` when it is not built that way.
    init?(_ body: [UInt8], boundary: String) {
        // RFC 2046, section 5.1.1: 1 to 70 characters.
        guard (1...70).contains(boundary.utf8.count) else { return nil }
        let delimiter = Array("--".utf8) + boundary.utf8
        var parts: [Part] = []
        var start: Int?
        var index = 0
        while let found = Self.next(delimiter, in: body, from: index) {
            if let start {
                // The line break in front of a delimiter belongs to the delimiter.
                guard parts.count < Self.maximumParts, found - 2 >= start,
                    let part = Self.part(body[start..<(found - 2)])
                else { return nil }
                parts.append(part)
            }
            var end = found + delimiter.count
            if body[end...].starts(with: "--".utf8) {
                self.parts = parts
                return
            }
            while end < body.count, body[end] == 0x20 || body[end] == 0x09 { end += 1 }
            guard body[end...].starts(with: [0x0D, 0x0A]) else { return nil }
            start = end + 2
            // The first line of a part may be the line break in front of the next delimiter.
            index = end
        }
        return nil
    }

    /// The next place where a line begins with the delimiter.
    private static func next(_ delimiter: [UInt8], in body: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + delimiter.count <= body.count {
            let isLineStart = index == 0 || (index >= 2 && body[index - 1] == 0x0A && body[index - 2] == 0x0D)
            if isLineStart, body[index] == delimiter[0], body[index...].starts(with: delimiter) { return index }
            index += 1
        }
        return nil
    }

    private static func part(_ bytes: ArraySlice<UInt8>) -> Part? {
        var part = Part(name: nil, contentType: nil, bytes: [])
        var rest = bytes
        while true {
            guard let end = rest.firstIndex(of: 0x0D), rest[end...].starts(with: [0x0D, 0x0A]) else { return nil }
            let line = rest[..<end]
            rest = rest[(end + 2)...]
            if line.isEmpty { break }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self)
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
            if equalIgnoringCase(name, "content-type") { part.contentType = MediaTypeName(value) }
            if equalIgnoringCase(name, "content-disposition") { part.name = fieldName(value) }
        }
        part.bytes = rest
        return part
    }

    /// The `name` of `form-data; name="a"`; browsers escape quotes and line breaks in it with percent signs.
    private static func fieldName(_ disposition: String) -> String? {
        var scanner = FieldScanner(disposition)
        scanner.skipBlanks()
        guard scanner.token() != nil else { return nil }
        scanner.skipBlanks()
        while scanner.take(UInt8(ascii: ";")) {
            scanner.skipBlanks()
            guard let parameter = scanner.token() else { continue }
            guard scanner.take(UInt8(ascii: "=")), let value = scanner.quotedString() ?? scanner.token() else {
                return nil
            }
            if equalIgnoringCase(parameter, "name") {
                return PercentEncoding.text(Array(value.utf8)[...], plusIsBlank: false) ?? value
            }
            scanner.skipBlanks()
        }
        return nil
    }

    // MARK: Values

    /// The object that the parts stand for, its values typed by the schema; parts without a name are left out.
    func value(_ schema: SchemaView?) -> JSONValue {
        var names: [String] = []
        var byName: [String: [Part]] = [:]
        for part in parts {
            guard let name = part.name else { continue }
            if byName[name] == nil { names.append(name) }
            byName[name, default: []].append(part)
        }
        var object = JSONObject()
        for name in names {
            let parts = byName[name] ?? []
            let view = schema?.property(name) ?? schema?.additional
            if let kinds = view?.kinds, kinds.contains(.array), !kinds.contains(.string) {
                // One part may contain the whole array as JSON.
                if parts.count == 1, let whole = Self.json(parts[0]), whole.kind == .array {
                    object[name] = whole
                } else {
                    object[name] = .array(parts.map { Self.value($0, view?.items) })
                }
            } else if parts.count == 1 {
                object[name] = Self.value(parts[0], view)
            } else {
                object[name] = .array(parts.map { Self.value($0, view) })
            }
        }
        return .object(object)
    }

    private static func value(_ part: Part, _ view: SchemaView?) -> JSONValue {
        let kinds = view?.kinds
        let isObject = kinds.map { $0.contains(.object) && !$0.contains(.string) } ?? false
        // OpenAPI 3.0.4, section 4.7.15: objects are JSON unless the document says otherwise.
        if part.contentType?.isJSON == true || isObject, let value = json(part) { return value }
        // Octets that are not text still have a length: each counts as one character.
        guard let text = String(validating: part.bytes, as: UTF8.self) else {
            return .string(String(String.UnicodeScalarView(part.bytes.map { Unicode.Scalar($0) })))
        }
        guard let kinds, !kinds.contains(.string) else { return .string(text) }
        if kinds.contains(.number), let number = JSONNumber(text) { return .number(number) }
        if kinds.contains(.boolean), let boolean = ["true": true, "false": false][text] { return .boolean(boolean) }
        return .string(text)
    }

    private static func json(_ part: Part) -> JSONValue? {
        (try? JSONDocument(parsing: Array(part.bytes)))?.root.value
    }
}

extension MediaType {
    /// What a body of `multipart/form-data` breaks.
    func multipartIssues(in body: [UInt8], named name: MediaTypeName, _ schema: Schema) -> [RequestIssue] {
        guard let boundary = name.parameter("boundary") else {
            return [
                RequestIssue(
                    .mediaType, "mediaType", "has no boundary, so the parts of the body cannot be separated",
                    at: location, expected: "\(name.type)/\(name.subtype); boundary=…", actual: name.description)
            ]
        }
        guard let parts = MultipartBody(body, boundary: boundary) else {
            return [
                RequestIssue(
                    .body(.root), "form",
                    "is not a multipart body: parts need lines of '--' and the boundary around them, and an end line",
                    at: location)
            ]
        }
        return schema.requestIssues(in: JSONDocument(parts.value(schema.view)).root) { .body($0) }
    }
}
