import JSONDocument
package import OpenAPI
import Primitives

/// A step's request, built before any response is received. Values known only during a run are replaced by
/// placeholders, whose places are recorded.
struct PlannedRequest {
    let step: Step
    /// Parameters with placeholders.
    var parameters: [ItemPath] = []
    /// Places in the body with placeholders.
    var pointers: [JSONPointer] = []
    /// Whether the whole body comes from a response.
    var bodyIsUnknown = false

    var isComplete: Bool { parameters.isEmpty && pointers.isEmpty && !bodyIsUnknown }

    private static let placeholder = JSONValue.string("0")

    /// Replaces values of earlier steps with placeholders.
    ///
    /// - Parameter earlierBodies: The bodies of earlier steps, if known.
    init(_ step: Step, scope: ValueScope, earlierBodies: [String: PlannedBody]) throws(ValueFailure) {
        var body = step.request.body
        switch body {
        case .template(let template, let location):
            let site = ValueSite(step: step.name, column: "body", place: 0)
            let value = try template.expand(scope, at: site, holes: &pointers, placeholder: PlannedRequest.placeholder)
            body = .template(JSONTemplate(constant: value), location: location)
        case .asStep(let name):
            if let earlier = earlierBodies[name], let value = earlier.value {
                body = .example(value, location: step.location)
                pointers = earlier.holes
            } else {
                body = .unset
                bodyIsUnknown = true
            }
        default: break
        }
        var set = step.request.set
        for index in set.indices where set[index].value?.templates.contains(where: \.asksStep) ?? false {
            set[index].op = .literal
            set[index].value = .json(PlannedRequest.placeholder)
            let path = set[index].path
            if case .body = path.root { pointers.append(path.pointer) } else { parameters.append(ItemPath(path.root)) }
        }
        self.step = step.with(request: StepRequest(auth: step.request.auth, body: body, set: set))
    }
}

extension PlannedRequest {
    /// Whether a placeholder may be the cause of an issue, so that only a run can decide it.
    func leavesOpen(_ issue: RequestIssue) -> Bool {
        switch issue.place {
        case .path(let name): return parameters.contains(ItemPath(.path(name)))
        case .query(let name): return parameters.contains(ItemPath(.query(name)))
        case .header(let name):
            // Header names are case-insensitive (RFC 9110, section 5.1).
            return parameters.contains { path in
                guard case .header(let own) = path.root else { return false }
                return own.lowercasedASCII.isSame(as: name.lowercasedASCII)
            }
        case .cookie(let name): return parameters.contains(ItemPath(.cookie(name)))
        case .partHeader: return bodyIsUnknown || parameters.contains { $0.isPlace(issue.place) }
        case .method: return false
        case .mediaType: return bodyIsUnknown
        case .body(let pointer):
            if bodyIsUnknown { return true }
            // A placeholder leaves open its own value and the keywords above it that depend on values.
            let aboutNames = [
                "required", "additionalProperties", "unevaluatedProperties", "propertyNames", "minProperties",
                "maxProperties", "minItems", "maxItems", "type", "dependentRequired",
            ]
            return pointers.contains { hole in
                hole.isPrefix(of: pointer) || (pointer.isPrefix(of: hole) && !aboutNames.contains(issue.keyword))
            }
        }
    }
}

extension ItemPath {
    /// Whether this is the header of the part at the place of an issue.
    package func isPlace(_ place: RequestIssue.Place) -> Bool {
        guard case .partHeader(let own, let name) = root, case .partHeader(let part, let header) = place else {
            return false
        }
        return name.equalsIgnoringASCIICase(header) && ItemPath(.body, own).pointer.isPrefix(of: part)
    }
}

extension Template {
    /// Whether the value is known only in a run: it depends on a response, or is the URL for deliveries.
    var asksStep: Bool {
        references.contains { reference in
            switch reference {
            case .step, .session, .receiver: true
            default: false
            }
        }
    }
}

extension ItemPath {
    /// The place in the body. Wildcards, which `set` does not allow, count as the first element.
    var pointer: JSONPointer {
        JSONPointer(
            segments.map { segment in
                switch segment {
                case .name(let name): name
                case .index(let index): String(index)
                case .every, .some: "0"
                }
            })
    }
}

extension JSONTemplate {
    /// The document with every template expanded that refers to no earlier step; the others become `placeholder`.
    func expand(
        _ scope: ValueScope, at site: ValueSite, holes: inout [JSONPointer], placeholder: JSONValue
    ) throws(ValueFailure) -> JSONValue {
        try JSONTemplate.expand(root, scope, site, &holes, placeholder)
    }

    private static func expand(
        _ node: Node, _ scope: ValueScope, _ site: ValueSite, _ holes: inout [JSONPointer], _ placeholder: JSONValue
    ) throws(ValueFailure) -> JSONValue {
        switch node {
        case .constant(let value): return value
        case .text(let template, let pointer):
            if template.asksStep {
                holes.append(pointer)
                return placeholder
            }
            var placed = site
            placed.detail = pointer.description
            return try template.expand(scope, at: placed)
        case .array(let elements):
            var values: [JSONValue] = []
            for element in elements { values.append(try expand(element, scope, site, &holes, placeholder)) }
            return .array(values)
        case .object(let members):
            var values: [(String, JSONValue)] = []
            for member in members {
                values.append((member.name, try expand(member.node, scope, site, &holes, placeholder)))
            }
            return .object(JSONObject(values))
        }
    }
}
