import JSONDocument
import JSONSchema
import OpenAPI

/// Bodies that are sequences of items (OpenAPI 3.2.0, section 4.14): JSON lines, JSON text sequences and server-sent
/// events.
struct SequenceBody: Sendable {
    /// One item and the line of the body at which it starts, from 1.
    struct Item: Sendable {
        var document: JSONDocument
        var line: Int
    }

    var items: [Item]

    /// Whether a body of this type is read item by item; events only where the contract describes items.
    static func isSequence(_ name: MediaTypeName, _ mediaType: MediaType?) -> Bool {
        guard let form = name.sequenceForm else { return false }
        guard form == .events else { return true }
        return mediaType?.itemSchema != nil || mediaType?.schema?.view?.kinds?.contains(.array) == true
    }

    /// The items of a body, or what is wrong with it.
    static func read(_ bytes: [UInt8], named name: MediaTypeName) -> ReceivedBody {
        let pieces: [Piece]
        switch name.sequenceForm {
        case .events:
            // Event streams are UTF-8 (WHATWG HTML, section 9.2.6).
            guard String(validating: bytes, as: UTF8.self) != nil else {
                return .broken(.bodyEncoding, "the body is not UTF-8, but an event stream must be", nil)
            }
            pieces = EventStream.events(bytes)
        case .records:
            if let start = bytes.first(where: { !isBlank($0) }), start != recordSeparator {
                return .broken(
                    .bodyJSON,
                    "the body is not a JSON text sequence: item 1 does not start with a record separator (1E)",
                    TextPosition(line: 1, column: 1))
            }
            pieces = records(bytes)
        case .lines, nil:
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                return .broken(
                    .bodyEncoding, "the body starts with a byte order mark, which JSON does not allow",
                    TextPosition(line: 1, column: 1))
            }
            pieces = lines(bytes)
        }
        var items: [Item] = []
        for piece in pieces {
            switch ReceivedBody.json(piece.text) {
            case .json(let document):
                if name.sequenceForm == .records, isOpenEnded(piece.text) {
                    return .broken(
                        .bodyJSON,
                        "item \(items.count + 1) of the body may be cut: a number or literal must end with a line feed",
                        TextPosition(line: piece.line, column: 1))
                }
                items.append(Item(document: document, line: piece.line))
            case .broken(let rule, let message, let position):
                let place = position.map { TextPosition(line: $0.line + piece.line - 1, column: $0.column) }
                return .broken(rule, "item \(items.count + 1) of \(message)", place)
            default: break
            }
        }
        return .sequence(SequenceBody(items: items))
    }

    /// The text of an item and the line of the body at which it starts.
    typealias Piece = (line: Int, text: [UInt8])

    private static let recordSeparator: UInt8 = 0x1E

    /// The lines that are not blank.
    private static func lines(_ bytes: [UInt8]) -> [Piece] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            line.allSatisfy(isBlank) ? nil : (index + 1, Array(line))
        }
    }

    /// The texts after record separators (RFC 7464, section 2.1) that are not blank.
    private static func records(_ bytes: [UInt8]) -> [Piece] {
        var line = 1
        var result: [Piece] = []
        for piece in bytes.split(separator: recordSeparator, omittingEmptySubsequences: false) {
            if !piece.allSatisfy(isBlank) { result.append((line, Array(piece))) }
            line += piece.count { $0 == 0x0A }
        }
        return result
    }

    /// Whether a text does not show where it ends, so that part of it may be missing (RFC 7464, section 2.4).
    private static func isOpenEnded(_ text: [UInt8]) -> Bool {
        guard let last = text.last else { return false }
        return !isBlank(last) && ![UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "\"")].contains(last)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D, 0x0A].contains(byte) }
}
