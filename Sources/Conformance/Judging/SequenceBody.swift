import JSONDocument
import JSONSchema
import OpenAPI

/// Bodies that are sequences of items (OpenAPI 3.2, section 4.14.1): JSON lines, JSON text sequences and server-sent
/// events.
struct SequenceBody: Sendable {
    /// One item and the line of the body at which it starts, from 1.
    struct Item: Sendable {
        var document: JSONDocument
        var line: Int
    }

    var items: [Item]

    private enum Form {
        case lines, records, events
    }

    private static func form(of name: MediaTypeName) -> Form? {
        switch (name.type, name.subtype) {
        case ("application", "x-ndjson"), ("application", "ndjson"), ("application", "jsonl"),
            ("application", "x-jsonlines"), ("application", "json-lines"), ("application", "jsonlines"):
            .lines
        case ("application", "json-seq"): .records
        case ("text", "event-stream"): .events
        default: name.subtype.utf8.suffix(9).elementsEqual("+json-seq".utf8) ? .records : nil
        }
    }

    /// Whether a body of this type is read item by item; events only where the contract describes items.
    static func isSequence(_ name: MediaTypeName, _ mediaType: MediaType?) -> Bool {
        guard let form = form(of: name) else { return false }
        guard form == .events else { return true }
        return mediaType?.itemSchema != nil || mediaType?.schema?.view?.kinds?.contains(.array) == true
    }

    /// The items of a body.
    static func read(_ bytes: [UInt8], named name: MediaTypeName) -> ReceivedBody {
        var items: [Item] = []
        for (line, text) in form(of: name) == .events ? events(bytes) : pieces(bytes, form(of: name) ?? .lines) {
            switch ReceivedBody.json(text) {
            case .json(let document): items.append(Item(document: document, line: line))
            case .broken(let rule, let message, let position):
                let place = position.map { TextPosition(line: $0.line + line - 1, column: $0.column) }
                return .broken(rule, "item \(items.count + 1) of \(message)", place)
            default: break
            }
        }
        return .sequence(SequenceBody(items: items))
    }

    /// The texts between line breaks, or record separators (RFC 7464), that are not blank.
    private static func pieces(_ bytes: [UInt8], _ form: Form) -> [(line: Int, text: [UInt8])] {
        let separator: UInt8 = form == .records ? 0x1E : 0x0A
        var line = 1
        var result: [(Int, [UInt8])] = []
        for piece in bytes.split(separator: separator, omittingEmptySubsequences: false) {
            if !piece.allSatisfy({ [0x20, 0x09, 0x0D, 0x0A].contains($0) }) { result.append((line, Array(piece))) }
            line += form == .records ? piece.count { $0 == 0x0A } : 1
        }
        return result
    }

    /// Server-sent events as objects of their fields; comments and events without data are left out (HTML, 9.2.6).
    private static func events(_ bytes: [UInt8]) -> [(line: Int, text: [UInt8])] {
        var result: [(Int, [UInt8])] = []
        var fields = JSONObject([])
        var data: [String] = []
        var start = 1
        func finish() -> [UInt8]? {
            guard !data.isEmpty else { return nil }
            fields["data"] = .string(data.joined(separator: "\n"))
            return JSONValue.object(fields).utf8
        }
        var line = 0
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { raw in
            String(decoding: raw.last == 0x0D ? raw.dropLast() : raw, as: UTF8.self)
        }
        for text in lines {
            line += 1
            if text.utf8.isEmpty {
                if let event = finish() { result.append((start, event)) }
                (fields, data, start) = (JSONObject([]), [], line + 1)
                continue
            }
            let parts = text.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(Substring(parts[0]))
            var value = parts.count > 1 ? parts[1] : ""[...].utf8
            if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
            switch name {
            case "data": data.append(String(Substring(value)))
            case "event", "id": fields[name] = .string(String(Substring(value)))
            case "retry": fields[name] = Int(String(Substring(value))).map { .number(JSONNumber($0)) }
            default: break
            }
        }
        return result
    }
}
