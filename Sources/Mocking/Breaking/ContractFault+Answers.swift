import Exchanges
import Generation
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

extension ContractFault {
    /// The response with this rule broken; `nil` where the fault does not apply to this response or is not possible in
    /// it.
    func broken(_ message: ResponseMessage, of operation: OpenAPI.Operation, _ schemas: SchemaStore) -> ResponseMessage?
    {
        guard let answer, let response = operation.response(status: message.status),
            response.statusKey.isSame(as: answer)
        else { return nil }
        var message = message
        switch way {
        case .status(let status): message.status = status
        case .contentType(let lines):
            guard !message.body.isEmpty else { return nil }
            message.headers.removeAll { $0.isNamed("content-type") }
            message.headers += lines.map { HeaderField(name: "Content-Type", value: $0) }
        case .header(let text):
            message.headers.removeAll { $0.isNamed(place) }
            if let text { message.headers.append(HeaderField(name: place, value: text)) }
        case .bodyText(let fault):
            guard let body = Self.bytes(message.body, with: fault) else { return nil }
            message.body = body
            if body.isEmpty { message.headers.removeAll { $0.isNamed("content-type") } }
        case .body(let wanted):
            guard let type = message.header("content-type").first, let media = response.mediaType(for: type),
                media.range.isJSON, let place = media.schema?.place,
                let document = try? JSONDocument(parsing: message.body),
                let breaker = ValueBreaker(place: place, schemas: schemas),
                let broken = breaker.broken(document.root.value, by: wanted)
            else { return nil }
            message.body = Array(broken.text.utf8)
        case .rounds(let members):
            guard let document = try? JSONDocument(parsing: message.body) else { return nil }
            var amounts = RoundedAmounts(members)
            let body = amounts.rounded(document.root.value)
            guard amounts.isChanged else { return nil }
            message.body = Array(body.text.utf8)
        case .accepts, .ignores, .refuses, .delivery, .keyGap: return nil
        }
        return message
    }

    private static func bytes(_ body: [UInt8], with fault: BodyFault) -> [UInt8]? {
        guard let document = try? JSONDocument(parsing: body) else { return nil }
        switch fault {
        case .missing: return []
        case .notJSON: return Array("<html>not JSON</html>".utf8)
        case .notUTF8:
            // Inside of a string, so the rest stays valid.
            let quote = UInt8(ascii: "\"")
            guard let first = body.firstIndex(of: quote) else { return [quote, 0xFF, quote] }
            return Array(body[...first]) + [0xFF] + Array(body[(first + 1)...])
        case .duplicateName:
            guard case .object(let object) = document.root.value, let member = object.members.first else { return nil }
            let text = JSONValue.object([member.name: member.value]).text
            return Array((text.dropLast() + "," + document.root.value.text.dropFirst()).utf8)
        }
    }
}
