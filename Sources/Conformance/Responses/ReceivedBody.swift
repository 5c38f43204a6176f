import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A response body, parsed once, as far as its media type is supported.
enum ReceivedBody: Sendable {
    /// No bytes.
    case empty
    /// JSON, with the places of its values.
    case json(JSONDocument)
    /// Text as one value, or a form as an object.
    case text(JSONDocument)
    /// A sequence of JSON values.
    case sequence(SequenceBody)
    /// Not the JSON or text that it should be, or beyond a limit; the sentence has no place.
    case broken(Rule, String, TextPosition?)
    /// Bytes that are not parsed, and why.
    case unread(String, isCut: Bool)

    /// Parses the body of `message`, which has the media type `name`; `nil` when that is not known.
    ///
    /// - Parameters:
    ///   - described: What the contract says of that media type.
    ///   - parsed: The body as JSON, where it is JSON and was parsed before.
    init(
        _ message: ResponseMessage, named name: MediaTypeName?, described: MediaType?, parsed: JSONDocument? = nil
    ) {
        if let cut = message.cut {
            self = .unread(Self.sentence(cut, kept: message.body.count), isCut: true)
            return
        }
        let codings = message.header("content-encoding").filter { !isSameName($0, "identity") && !$0.isEmpty }
        guard codings.isEmpty || message.body.isEmpty else {
            self = .unread("it has the content encoding \(shown(codings.joined(separator: ", ")))", isCut: false)
            return
        }
        guard let name else {
            self = message.body.isEmpty ? .empty : .unread("its media type is unknown", isCut: false)
            return
        }
        if let form = SequenceText.form(of: name, as: described) {
            self = SequenceBody.read(message.body, form, described: described)
        } else if name.type == "multipart", let described, !message.body.isEmpty,
            described.schema != nil || described.itemSchema != nil
        {
            self = Self.multipart(message.body, name, described)
        } else if name.isJSON {
            self = message.body.isEmpty ? .empty : parsed.map { .json($0) } ?? Self.json(message.body)
        } else if name.type == "text" {
            self = Self.text(message.body, charset: name.parameter("charset")).typed(by: described?.schema?.view, name)
        } else if name.isForm {
            self = Self.form(message.body, described)
        } else if message.body.isEmpty {
            self = .empty
        } else {
            self = .unread("bodies of type \(name.type)/\(name.subtype) are not supported", isCut: false)
        }
    }

    private static func sentence(_ cut: BodyCut, kept: Int) -> String {
        if cut == .unrecorded { return "it was not recorded" }
        if kept == 0 { return "its \(cut.length) bytes were not stored" }
        return cut.length > kept
            ? "only the first \(kept) of its \(cut.length) bytes were stored"
            : "only its first \(kept) bytes were stored"
    }

    /// JSON is UTF-8, whatever a charset parameter says (RFC 8259, sections 8.1 and 11).
    static func json(_ bytes: [UInt8]) -> ReceivedBody {
        do {
            return .json(try JSONDocument(parsing: bytes))
        } catch {
            let (rule, what): (Rule, String) =
                switch error.reason {
                case .invalidUTF8, .otherEncoding: (.bodyEncoding, "the body is not UTF-8")
                case .loneSurrogate: (.bodyEncoding, "the body is not Unicode text")
                case .tooLarge, .tooDeep, .tooManyValues: (.bodyUndecided, "the body exceeds the judge's limits")
                case .syntax, .unexpectedEnd, .trailingText: (.bodyJSON, "the body is not JSON")
                }
            return .broken(rule, "\(what): \(error.message)", error.position)
        }
    }

    /// Text is judged as one string where its bytes can be read: as UTF-8, US-ASCII or ISO 8859-1.
    private static func text(_ bytes: [UInt8], charset: String?) -> ReceivedBody {
        switch charset.map(\.lowercasedASCII) {
        case "iso-8859-1", "latin1":
            let text = bytes.reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar($1)) }
            return .text(JSONDocument(.string(text)))
        case let name where [nil, "utf-8", "utf8", "us-ascii", "ascii"].contains(name):
            // US-ASCII has seven bits (RFC 2046, section 4.1.2).
            let isWrong = name?.utf8.suffix(5).elementsEqual("ascii".utf8) == true && !bytes.allSatisfy { $0 < 0x80 }
            if !isWrong, let text = String(validating: bytes, as: UTF8.self) {
                return .text(JSONDocument(.string(text)))
            }
            guard let charset else {
                return .unread("it is text that is not UTF-8, and its charset is not declared", isCut: false)
            }
            return .broken(
                .bodyEncoding, "the body is not valid \(shown(charset)), the charset that its content type declares",
                nil)
        case let other:
            return .unread("its charset \(shown(other ?? "")) is not supported", isCut: false)
        }
    }

    /// A form is an object of its fields (OpenAPI 3.1.1, section 4.8.14.3).
    private static func form(_ bytes: [UInt8], _ described: MediaType?) -> ReceivedBody {
        guard let form = FormReader.form(bytes, as: described) else {
            return .broken(.bodyForm, "the body is not a valid form: an escape is broken, or it is not UTF-8", nil)
        }
        guard let problem = form.problems.first else { return .text(JSONDocument(form.value)) }
        let message = "member \(shown(problem.name)): \(problem.message)"
        return problem.isUndefined ? .unread(message, isCut: false) : .broken(.bodyForm, message, nil)
    }

    /// Named parts are an object, parts in order a list (OpenAPI 3.2.0, section 4.15).
    private static func multipart(
        _ bytes: [UInt8], _ name: MediaTypeName, _ described: MediaType
    ) -> ReceivedBody {
        do throws(MultipartContent.Problem) {
            switch try MultipartContent(bytes, named: name, as: described).value {
            case .object(let value): return .text(JSONDocument(value))
            case .list(let parts):
                return .sequence(
                    SequenceBody(items: parts.map { .init(document: JSONDocument($0.value), line: $0.line) }))
            case .undescribed(let reason): return .unread(reason, isCut: false)
            }
        } catch {
            return .broken(.bodyForm, "the body \(error.message)", nil)
        }
    }

    /// Text where the schema requires a number or boolean is the value that it spells. Where the schema only allows an
    /// object or list, no rule says how text represents it.
    private func typed(by view: SchemaView?, _ name: MediaTypeName) -> ReceivedBody {
        guard case .text(let document) = self, let text = document.root.string, let view, view.kinds != nil,
            !view.allows(.string)
        else { return self }
        // A number in a text does not include a line break at its end.
        let line = text.unicodeScalars.last?.value == 0x0A ? String(text.dropLast()) : text
        if case .value(let value) = TypedText.value(line, for: view) { return .text(JSONDocument(value)) }
        guard !view.allows(.number), !view.allows(.boolean), view.allows(.object) || view.allows(.array) else {
            return self
        }
        return .unread("text of type \(name.type)/\(name.subtype) cannot represent lists and objects", isCut: false)
    }

    /// The value that checks and schemas are applied to.
    var document: JSONDocument? {
        switch self {
        case .json(let document), .text(let document): document
        case .sequence(let sequence): JSONDocument(.array(sequence.items.map(\.document.root.value)))
        case .empty, .broken, .unread: nil
        }
    }
}

/// A received text for a message: cut, without control characters.
func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(81).map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars.prefix(80))
    return String(view) + (scalars.count > 80 ? "…" : "")
}

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
