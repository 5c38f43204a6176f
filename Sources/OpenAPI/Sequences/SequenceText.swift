public import JSONDocument
internal import JSONSchema

/// Bodies that are sequences of JSON values (OpenAPI 3.2.0, section 4.14): JSON lines, JSON text sequences and
/// server-sent events.
public enum SequenceText {
    /// The text of an item and the line of the body where it starts, from 1.
    public struct Piece: Sendable {
        /// The line.
        public let line: Int
        /// A JSON text, possibly invalid.
        public let text: [UInt8]
    }

    /// Why a body is not a valid sequence.
    public struct Problem: Error {
        /// The mistake, as a sentence about the body.
        public let message: String
        /// Whether the encoding is wrong.
        public let isEncoding: Bool
        /// The line of the mistake; `nil` for the whole body.
        public let line: Int?
    }

    /// The items of a body that are not blank.
    ///
    /// - Parameter described: The description of the media type, which decides how events are read.
    /// - Throws: ``Problem`` for a body that does not have the required form.
    public static func pieces(
        _ bytes: [UInt8], _ form: SequenceForm, as described: MediaType?
    ) throws(Problem) -> [Piece] {
        switch form {
        case .events:
            // Event streams are UTF-8 (WHATWG HTML, section 9.2.6).
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw Problem(
                    message: "the body is not UTF-8, as an event stream must be", isEncoding: true, line: nil)
            }
            return EventStream.events(bytes, as: EventContent(described))
        case .records:
            if let start = bytes.first(where: { !isBlank($0) }), start != recordSeparator {
                throw Problem(
                    message: "the body is not a JSON text sequence: item 1 does not start with a record separator (1E)",
                    isEncoding: false, line: 1)
            }
            let pieces = records(bytes)
            if let index = pieces.firstIndex(where: { isOpenEnded($0.text) }) {
                throw Problem(
                    message: "item \(index + 1) of the body may be cut: a number or literal must end with a line feed",
                    isEncoding: false, line: pieces[index].line)
            }
            return pieces
        case .lines:
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                throw Problem(
                    message: "the body starts with a byte order mark, which JSON must not have", isEncoding: true,
                    line: 1)
            }
            return lines(bytes)
        }
    }

    /// Whether bodies of the type are judged as sequences; event streams only if the contract describes items.
    public static func form(of name: MediaTypeName, as described: MediaType?) -> SequenceForm? {
        guard let form = name.sequenceForm else { return nil }
        guard form == .events else { return form }
        let isList = described?.itemSchema != nil || described?.schema?.view?.kinds?.contains(.array) == true
        return isList ? form : nil
    }

    /// A body with these items, as the contract describes the media type.
    public static func text(of items: [JSONValue], _ form: SequenceForm, as described: MediaType?) -> String {
        switch form {
        case .lines: items.map { $0.text + "\n" }.joined()
        case .records: items.map { "\u{1E}\($0.text)\n" }.joined()
        case .events:
            items.map { [reading = EventContent(described)] in EventStream.text(of: $0, as: reading) }.joined()
        }
    }

    /// A value as plain text: strings without quotes.
    static func plain(_ value: JSONValue) -> String {
        if case .string(let text) = value { return text }
        return value.text
    }

    private static let recordSeparator: UInt8 = 0x1E

    /// The lines that are not blank.
    private static func lines(_ bytes: [UInt8]) -> [Piece] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            line.allSatisfy(isBlank) ? nil : Piece(line: index + 1, text: Array(line))
        }
    }

    /// The texts after record separators (RFC 7464, section 2.1) that are not blank.
    private static func records(_ bytes: [UInt8]) -> [Piece] {
        var line = 1
        var result: [Piece] = []
        for piece in bytes.split(separator: recordSeparator, omittingEmptySubsequences: false) {
            if !piece.allSatisfy(isBlank) { result.append(Piece(line: line, text: Array(piece))) }
            line += piece.count { $0 == 0x0A }
        }
        return result
    }

    /// Whether a text has no visible end, so that part of it may be missing (RFC 7464, section 2.4).
    private static func isOpenEnded(_ text: [UInt8]) -> Bool {
        guard let last = text.last else { return false }
        return !isBlank(last) && ![UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "\"")].contains(last)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D, 0x0A].contains(byte) }
}

extension MediaType {
    /// The issues of a request body that is a sequence: each item is checked by `itemSchema`, and the whole list by
    /// `schema`.
    func sequenceIssues(in body: [UInt8], named name: MediaTypeName, _ form: SequenceForm) -> [RequestIssue] {
        func broken(_ message: String) -> [RequestIssue] {
            [RequestIssue(.body(.root), "json", message, at: location, expected: range.description)]
        }
        var items: [JSONValue] = []
        var issues: [RequestIssue] = []
        do throws(SequenceText.Problem) {
            for piece in try SequenceText.pieces(body, form, as: self) {
                let index = items.count
                do throws(JSONSyntaxError) {
                    let document = try JSONDocument(parsing: piece.text)
                    items.append(document.root.value)
                    issues +=
                        itemSchema?.requestIssues(in: document.root) { pointer in
                            .body(JSONPointer([String(index)] + pointer.tokens))
                        } ?? []
                } catch {
                    return broken("item \(index + 1) (line \(piece.line)) is not JSON: \(error.message)")
                }
            }
        } catch {
            return broken("cannot be read: \(error.message)")
        }
        guard let schema else { return issues }
        guard schema.view?.kinds?.contains(.array) ?? true else {
            return issues + [
                RequestIssue(
                    .body(.root), "mediaType", "is not judged: it is a sequence, and the schema describes no list",
                    at: location, isUndecided: true)
            ]
        }
        return issues + schema.requestIssues(in: JSONDocument(.array(items)).root) { .body($0) }
    }
}
