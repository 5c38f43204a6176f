internal import Exchanges
internal import JSONDocument
internal import OpenAPI

/// Builds the body of one step from its source, its items and its media type.
struct RequestBodyBuilder {
    /// A body and its description.
    struct Body {
        /// The bytes; `nil` if there is no body.
        var bytes: [UInt8]?
        /// The serialised value; `nil` for the bytes of an earlier step.
        var value: JSONValue?
        /// The value of `content-type`, unless the row sets it.
        var contentType: String?
    }

    var step: Step
    let scope: ValueScope
    let set: SetValues

    func build() throws(ValueFailure) -> Body {
        var editor = BodyEditor()
        var contentType = chosenType
        switch step.request.body {
        case .none:
            return Body()
        case .unset:
            break
        case .template(let template, _):
            editor.value = try template.expand(scope, at: ValueSite(step: step.name, column: "body", place: 0))
        case .example(let value, _):
            editor.value = value
        case .file(let file, _):
            let type = set.headerText("content-type") ?? file.content.mediaType(among: documentedTypes).description
            return Body(bytes: file.content.bytes, value: nil, contentType: type)
        case .asStep(let name):
            let earlier = try earlierBody(name)
            contentType = earlier.contentType ?? contentType
            if set.leavesBody {
                return Body(bytes: earlier.bytes, value: nil, contentType: contentType)
            }
            do {
                editor.value = try JSONDocument(parsing: earlier.bytes).root.value
            } catch {
                throw .invalid("the body of step '\(name)' is not JSON, so nothing can be set in it")
            }
        }
        try set.apply(to: &editor, schema: mediaType?.schema?.view)
        guard let value = editor.value else { return Body() }
        let written = set.headerText("content-type") ?? contentType ?? "application/json"
        let described = step.call.operation?.requestBody?.mediaType(for: written)
        let encoded = try BodyEncoder.bytes(
            value, contentType: written, media: described, files: set.files, headers: set.partHeaders)
        return Body(bytes: encoded.bytes, value: value, contentType: encoded.contentType)
    }

    /// The documented media type of the body: the one in the `content-type` that is set, otherwise the first JSON one,
    /// otherwise the first.
    private var mediaType: MediaType? {
        guard let content = step.call.operation?.requestBody?.content else { return nil }
        if let set = set.headerText("content-type"),
            let match = step.call.operation?.requestBody?.mediaType(for: set)
        {
            return match
        }
        return content.first { $0.range.isJSON } ?? content.first
    }

    private var documentedTypes: [MediaTypeName] {
        step.call.operation?.requestBody?.content.map(\.range) ?? []
    }

    private var chosenType: String? {
        guard let range = mediaType?.range, !range.isRange else { return nil }
        return range.description
    }

    private func earlierBody(_ name: String) throws(ValueFailure) -> (bytes: [UInt8], contentType: String?) {
        guard let request = scope.exchange(of: name)?.exchange.request else {
            throw .missing(step: name, path: "req.body")
        }
        guard let bytes = request.body else {
            throw .invalid("step '\(name)' sent no body")
        }
        guard request.cut == nil else {
            throw .invalid("only the first part of the body of step '\(name)' was stored")
        }
        return (bytes, request.header("content-type").first)
    }
}
