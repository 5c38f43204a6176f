internal import JSONDocument
internal import JSONSchema
internal import Primitives

/// Server-sent events (WHATWG HTML, section 9.2.6) as JSON texts.
enum EventStream {
    /// The events with the lines where they start. Comments, unknown fields, events without data, and an unterminated
    /// last event are ignored.
    static func events(_ bytes: [UInt8], as reading: EventContent) -> [SequenceText.Piece] {
        var result: [SequenceText.Piece] = []
        var event = Event()
        for (index, line) in lines(bytes).enumerated() {
            guard !line.isEmpty else {
                if !event.data.isEmpty { result.append(event.piece(reading)) }
                event = Event(start: index + 2)
                continue
            }
            event.take(line, at: index + 1)
        }
        // Many streams end with an event that is not JSON and only marks the end.
        if reading == .json, let last = result.last, last.text.elementsEqual("[DONE]".utf8) { result.removeLast() }
        return result
    }

    /// An event while it is being read.
    private struct Event {
        var fields = JSONObject([])
        var data: [String] = []
        /// The line where the event starts.
        var start = 1
        /// The line of the first data.
        var dataStart = 1

        mutating func take(_ line: ArraySlice<UInt8>, at number: Int) {
            let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
            var value = line[colon...].dropFirst()
            if value.first == 0x20 { value = value.dropFirst() }
            let text = String(decoding: value, as: UTF8.self)
            switch String(decoding: line[..<colon], as: UTF8.self) {
            case "data":
                if data.isEmpty { dataStart = number }
                data.append(text)
            case "event": fields["event"] = .string(text)
            case "id" where !value.contains(0): fields["id"] = .string(text)
            case "retry" where !value.isEmpty && value.allSatisfy(\.isASCIIDigit):
                let digits = text.utf8.drop { $0 == UInt8(ascii: "0") }
                fields["retry"] = JSONNumber(digits.isEmpty ? "0" : String(Substring(digits))).map { .number($0) }
            default: break
            }
        }

        func piece(_ reading: EventContent) -> SequenceText.Piece {
            let text = data.joined(separator: "\n")
            switch reading {
            case .json: return SequenceText.Piece(line: dataStart, text: Array(text.utf8))
            case .text: return SequenceText.Piece(line: dataStart, text: JSONValue.string(text).utf8)
            case .fields(let readsData):
                var fields = fields
                let value = readsData ? (try? JSONDocument(parsing: Array(text.utf8)))?.root.value : nil
                fields["data"] = value ?? .string(text)
                return SequenceText.Piece(line: start, text: JSONValue.object(fields).utf8)
            }
        }
    }

    /// The lines, each ended by CR LF, LF or CR, after an optional byte order mark. The rest after the last line end is
    /// not a line: its event is incomplete.
    private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var result: [ArraySlice<UInt8>] = []
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x0A || byte == 0x0D else {
                index += 1
                continue
            }
            result.append(bytes[start..<index])
            index += byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
            start = index
        }
        return result
    }

    /// An event as text. If fields are described, an object with `data` provides them; any other value is the data.
    static func text(of value: JSONValue, as reading: EventContent) -> String {
        var text = ""
        if case .fields = reading, case .object(let object) = value, let data = object["data"] {
            for name in ["event", "id", "retry"] {
                // A line break would end the field.
                guard let field = object[name].map(SequenceText.plain), !field.utf8.contains(0x0A),
                    !field.utf8.contains(0x0D)
                else { continue }
                text += "\(name): \(field)\n"
            }
            for line in lines(SequenceText.plain(data)) { text += "data: \(line)\n" }
        } else {
            for line in lines(SequenceText.plain(value)) { text += "data: \(line)\n" }
        }
        return text + "\n"
    }

    /// The lines of a data text. Other line separators of Unicode are ordinary characters in a stream.
    private static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    }
}

/// The part of an event that its schema describes.
///
/// OpenAPI 3.2.0, section 4.14.3, models an event as an object of its fields, whose data is text. Older documents, and
/// many newer ones, describe the JSON inside the data. A schema for the data can be recognised because it declares
/// members that are not fields.
enum EventContent: Equatable {
    /// The event as an object of its fields. `readsData` is true if only JSON in the data can match the schema of
    /// `data`.
    case fields(readsData: Bool)
    /// The data, which is JSON.
    case json
    /// The data, which is text.
    case text

    /// - Parameter item: The schema of each event; `nil` if none is described.
    init(_ item: SchemaView?) {
        self = .fields(readsData: false)
        guard let item else { return }
        guard item.kinds == nil || item.allows(.object) else {
            self = item.allows(.string) ? .text : .json
            return
        }
        let names = item.propertyNames
        if names.contains(where: { !["data", "event", "id", "retry"].contains($0) }) {
            self = .json
        } else if names.contains("data") {
            let data = item.branches.compactMap { branch in
                branch.ownKeyword("properties")?["data"].flatMap { branch.subschema($0) }
            }
            self = .fields(readsData: data.allSatisfy { $0.kinds != nil && !$0.allows(.string) })
        }
    }

    init(_ described: MediaType?) {
        self.init(described?.itemSchema?.view ?? described?.schema?.view?.items)
    }
}
