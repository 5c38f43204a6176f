import JSONDocument
import JSONSchema
import OpenAPI

/// Bodies that are sequences of items (OpenAPI 3.2.0, section 4.14), and the parts of multipart bodies that the
/// contract describes as a list.
struct SequenceBody: Sendable {
    /// One item and the line of the body at which it starts, from 1.
    struct Item: Sendable {
        var document: JSONDocument
        var line: Int
    }

    var items: [Item]

    /// The items of a body, or what is wrong with it.
    static func read(_ bytes: [UInt8], _ form: SequenceForm, described: MediaType?) -> ReceivedBody {
        let pieces: [SequenceText.Piece]
        do throws(SequenceText.Problem) {
            pieces = try SequenceText.pieces(bytes, form, as: described)
        } catch {
            return .broken(
                error.isEncoding ? .bodyEncoding : .bodyJSON, error.message,
                error.line.map { TextPosition(line: $0, column: 1) })
        }
        var items: [Item] = []
        for piece in pieces {
            switch ReceivedBody.json(piece.text) {
            case .json(let document): items.append(Item(document: document, line: piece.line))
            case .broken(let rule, let message, let position):
                let place = position.map { TextPosition(line: $0.line + piece.line - 1, column: $0.column) }
                return .broken(rule, "item \(items.count + 1) of \(message)", place)
            default: break
            }
        }
        return .sequence(SequenceBody(items: items))
    }
}
