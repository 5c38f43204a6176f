import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Puts the errors of a rejected request into the error body that the document describes.
///
/// The message becomes the value of `message` or a similar member, at the top or inside of `error`. Lists of errors get
/// one element for each error. Changes that the document's schema would reject are not made, and other members, such as
/// a code, stay the same.
struct RejectionWriter {
    let rejection: Rejection
    let status: Int
    let schema: SchemaView?
    /// Whether the body is an example of the document, whose short texts may be codes.
    let isAuthored: Bool
    /// Generates a value for a part of the schema.
    let make: (SchemaView) -> JSONValue?
    /// Whether the schema accepts a body.
    let fits: (JSONValue) -> Bool

    /// Deeper members are ignored.
    private static let maximumDepth = 3
    /// Longer sentences are cut.
    private static let maximumLength = 4_000

    private static let messages = [
        "message", "detail", "errordescription", "errormessage", "msg", "description", "text", "summary",
    ]
    /// Members that some APIs use for a sentence and others for a code or a general title.
    private static let titles = ["error", "title", "reason"]
    private static let statuses = ["status", "statuscode", "httpstatus", "httpstatuscode"]
    private static let lists = [
        "errors", "details", "detail", "violations", "issues", "invalidparams", "validationerrors", "fielderrors",
        "causes", "error", "messages",
    ]
    private static let fields = [
        "field", "path", "pointer", "param", "parameter", "property", "propertypath", "fieldname", "name", "attribute",
        "target", "location", "loc", "key",
    ]

    private var message: String {
        String(String.UnicodeScalarView(rejection.message.unicodeScalars.prefix(Self.maximumLength)))
    }

    /// The body with the errors in it; `nil` when it has no member for them.
    func written(into value: JSONValue) -> JSONValue? {
        if value.kind == .string { return fits(.string(message)) ? .string(message) : nil }
        var result = isAuthored ? value : numbered(value)
        var isWritten = false
        if !rejection.fieldErrors.isEmpty, let listed = listed(in: result) {
            result = listed
            isWritten = true
        }
        if let complete = withMessage(in: result) { return complete }
        return isWritten ? result : listed(in: result)
    }

    /// The body, with a generated status member replaced by the status of the response.
    private func numbered(_ value: JSONValue) -> JSONValue {
        paths(to: Self.statuses, in: value, schema, .number)
            .reduce(value) { changed($0, $1, .integer(status)) ?? $0 }
    }

    // MARK: The sentence

    private func withMessage(in value: JSONValue) -> JSONValue? {
        for path in paths(to: Self.messages, in: value, schema, .string) {
            if let changed = changed(value, path, .string(message)) { return changed }
        }
        for path in paths(to: Self.titles, in: value, schema, .string) {
            // A single word by the document's author is a code, such as invalid_request.
            let current = value.value(at: JSONPointer(path)).map(plainText) ?? ""
            guard !isAuthored || current.isEmpty || current.utf8.contains(0x20) else { continue }
            if let changed = changed(value, path, .string(message)) { return changed }
        }
        return nil
    }

    private func changed(_ value: JSONValue, _ path: [String], _ part: JSONValue) -> JSONValue? {
        var changed = value
        guard changed.set(part, at: JSONPointer(path)), fits(changed) else { return nil }
        return changed
    }

    // MARK: Lists of errors

    private func listed(in value: JSONValue) -> JSONValue? {
        if value.kind == .array {
            return lists(value.elements?.first, schema?.items).lazy.first { fits($0) }
        }
        for path in paths(to: Self.lists, in: value, schema, .array) {
            let example = value.value(at: JSONPointer(path))?.elements?.first
            for list in lists(example, schema?.view(at: path)?.items) {
                if let changed = changed(value, path, list) { return changed }
            }
        }
        // Errors by field: {"name": ["is too short"]}.
        for path in paths(to: Self.lists, in: value, schema, .object) where !rejection.fieldErrors.isEmpty {
            guard let view = schema?.view(at: path), view.propertyNames.isEmpty else { continue }
            for isList in [true, false] {
                var object = JSONObject()
                for error in rejection.fieldErrors {
                    let others = isList ? object[error.field]?.elements ?? [] : []
                    let text = JSONValue.string(error.reason)
                    object[error.field] = isList ? .array(others + [text]) : text
                }
                if let changed = changed(value, path, .object(object)) { return changed }
            }
        }
        return nil
    }

    /// The errors as lists that a schema can accept, best first.
    private func lists(_ example: JSONValue?, _ item: SchemaView?) -> [JSONValue] {
        let template = example ?? item.flatMap(make)
        let fieldErrors = rejection.fieldErrors.map { ($0.field, $0.reason, $0.sentence) }
        let errors = fieldErrors.isEmpty ? [("", message, message)] : fieldErrors
        guard case .object(let object)? = template else {
            guard template.map({ $0.kind == .string }) ?? (item?.allows(.string) ?? true) else { return [] }
            return [.array(errors.map { .string($0.2) })]
        }
        let names = object.names + (item?.propertyNames ?? []).filter { object[$0] == nil }
        let isText = { (name: String) in object[name]?.kind == .string || item?.property(name)?.allows(.string) == true
        }
        guard let messageName = Self.first(Self.messages, among: names.filter(isText)) else { return [] }
        let isPlace = { (name: String) in isText(name) || object[name]?.kind == .array }
        let fieldName = Self.first(Self.fields, among: names.filter { isPlace($0) && $0 != messageName })
        let withField = errors.map { field, reason, sentence in
            var element = object
            element[messageName] = .string(fieldName == nil ? sentence : reason)
            if let fieldName, !field.isEmpty {
                let isList = object[fieldName]?.kind == .array
                element[fieldName] = isList ? .array([.string(field)]) : .string(field)
            }
            return JSONValue.object(element)
        }
        let messageOnly = errors.map { _, _, sentence in
            var element = object
            element[messageName] = .string(sentence)
            return JSONValue.object(element)
        }
        return [.array(withField), .array(messageOnly)]
    }

    // MARK: Finding members

    /// The places of members with one of the names that have, or can have, a value of the kind. The outermost are
    /// first, then the order of `names` decides.
    private func paths(to names: [String], in value: JSONValue, _ view: SchemaView?, _ kind: JSONKind) -> [[String]] {
        var found: [[String]] = []
        var level: [(path: [String], value: JSONValue?, view: SchemaView?)] = [([], value, view)]
        for _ in 0..<Self.maximumDepth {
            var next: [(path: [String], value: JSONValue?, view: SchemaView?)] = []
            for place in level {
                let object = place.value?.object ?? JSONObject()
                let members = object.names + (place.view?.propertyNames ?? []).filter { object[$0] == nil }
                let fitting = members.filter { name in
                    if let present = object[name] { return present.kind == kind }
                    return place.view?.property(name)?.allows(kind) == true
                }
                for name in names {
                    found += fitting.filter { ResourceLinks.folded($0) == name }.map { place.path + [$0] }
                }
                for member in object.members where member.value.kind == .object {
                    next.append((place.path + [member.name], member.value, place.view?.property(member.name)))
                }
            }
            level = next
        }
        return found
    }

    private static func first(_ names: [String], among members: [String]) -> String? {
        names.lazy.compactMap { name in members.first { ResourceLinks.folded($0) == name } }.first
    }
}
