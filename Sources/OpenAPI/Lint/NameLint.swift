internal import Diagnostics
internal import JSONDocument
internal import Primitives

/// Reports names that are invalid in HTTP, URLs or the specification, and names that are not declared.
extension DocumentLint {
    /// Component names may contain only letters, digits, `.`, `-` and `_` (OpenAPI 3.1.1, section 4.8.7).
    ///
    /// Each map is reported once: such names usually come from one generator.
    mutating func lintComponentNames(_ components: DocumentNode) {
        for (field, map) in components.members where map.node.kind == .object && !field.isExtensionName {
            let wrong = map.members.filter { member in
                !member.name.isSame(as: "$ref") && !member.name.utf8.allSatisfy(Self.isComponentByte)
                    || member.name.utf8.isEmpty
            }
            guard let first = wrong.first else { continue }
            let shown = wrong.prefix(3).map { "\"\(Reference.excerpt($0.name))\"" }.joined(separator: ", ")
            let more = wrong.count > 3 ? " and \(wrong.count - 3) more" : ""
            report(
                "component.name",
                wrong.count == 1
                    ? "the name \(shown) under `\(field)` has characters that component names cannot have"
                    : "\(wrong.count) names under `\(field)` have characters that component names cannot have:"
                        + " \(shown)\(more)",
                at: first.value,
                related: wrong.dropFirst().map { Diagnostic.Related("also here", at: documents.location(of: $0.value)) }
            )
        }
    }

    private static func isComponentByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The paths of a document are URL paths: without a query, a fragment, or a segment that clients remove (RFC 3986,
    /// sections 3.3 and 5.2.4).
    mutating func lintPaths(_ paths: DocumentNode) {
        for (path, value) in paths.members where path.utf8.first == UInt8(ascii: "/") {
            guard let template = try? PathTemplate(path) else { continue }
            let texts = template.segments.joined().compactMap { piece in
                if case .text(let text) = piece { text } else { nil }
            }
            if texts.contains(where: { $0.utf8.contains(UInt8(ascii: "?")) }) {
                report(
                    "path.template",
                    "the path contains a query, so no request matches it; queries belong in parameters",
                    at: value, help: "declare parameters with `in: query`")
            } else if texts.contains(where: { $0.utf8.contains(UInt8(ascii: "#")) }) {
                report(
                    "path.template", "the path contains a fragment, so no request matches it; fragments are never sent",
                    at: value,
                    help: "end the path before '#'")
            }
            let isDotted = template.segments.contains { segment in
                segment == [.text(".")] || segment == [.text("..")]
            }
            if isDotted {
                report(
                    "path.template", "the path contains a segment '.' or '..', which clients remove before sending",
                    at: value, help: "write the path without the segment")
            }
        }
    }

    /// Header and cookie names are tokens (RFC 9110, section 5.1; RFC 6265, section 4.1.1).
    mutating func lintParameterName(_ value: DocumentNode) {
        guard value.node.kind == .object, value.reference == nil, let name = value.text("name"), !name.utf8.isEmpty,
            let place = value.text("in").flatMap({ ParameterPlace(rawValue: $0) }), place == .header || place == .cookie
        else { return }
        let shown = Reference.excerpt(name)
        guard name.utf8.allSatisfy(\.isTokenCharacter) else {
            return report(
                "parameter.name",
                "'\(shown)' cannot be the name of a \(place.rawValue): it contains characters that HTTP"
                    + " does not allow there",
                at: value["name"] ?? value, help: "use letters, digits and '-'")
        }
    }

    /// The name of a response header is the key of its map.
    mutating func lintHeaderNames(_ headers: DocumentNode) {
        guard headers.node.kind == .object else { return }
        for (name, value) in headers.entries where !name.isSame(as: "$ref") {
            guard name.utf8.isEmpty || !name.utf8.allSatisfy(\.isTokenCharacter) else { continue }
            report(
                "response.header-name",
                "'\(Reference.excerpt(name))' cannot be the name of a header: it contains characters that HTTP does not"
                    + " allow there",
                at: value, help: "use letters, digits and '-'")
        }
    }

    /// Reports tags of operations that the document does not list, if it lists any; each once.
    mutating func lintTags(_ root: DocumentNode) {
        guard let list = root["tags"], list.node.kind == .array, list.node.count > 0 else { return }
        let declared = list.elements.compactMap { $0.text("name") }
        let known = Set(declared.map { JSONNameKey($0) })
        for tag in list.elements {
            guard let parent = tag.text("parent"), !known.contains(JSONNameKey(parent)) else { continue }
            report(
                "tag.undeclared", "the parent '\(Reference.excerpt(parent))' of the tag is not declared",
                at: tag["parent"] ?? tag,
                help: nearestName(to: parent, among: declared).map { "did you mean `\($0)`?" })
        }
        var unknown: [(name: String, operations: [Operation])] = []
        var indexes: [JSONNameKey: Int] = [:]
        for operation in contract.operations {
            for tag in operation.annotations.tags where !known.contains(JSONNameKey(tag)) {
                if let index = indexes[JSONNameKey(tag)] {
                    unknown[index].operations.append(operation)
                } else {
                    indexes[JSONNameKey(tag)] = unknown.count
                    unknown.append((tag, [operation]))
                }
            }
        }
        for (name, operations) in unknown {
            let count = operations.count == 1 ? "an operation has" : "\(operations.count) operations have"
            findings.append(
                Diagnostic(
                    "tag.undeclared",
                    .note,
                    "\(count) the tag '\(Reference.excerpt(name))', which `tags` does not declare",
                    at: operations[0].location,
                    help: nearestName(to: name, among: declared).map { "did you mean `\($0)`?" },
                    related: operations.dropFirst().map { Diagnostic.Related($0.name, at: $0.location) }
                )
            )
        }
    }
}
