import JSONDocument
import JSONSchema
import OpenAPI

extension BehaviourReader {
    /// Reports a reference that can never find anything where it stands.
    mutating func check(_ reference: Reference, at node: JSONNode, _ context: ReferenceContext) {
        switch reference {
        case .entity(let path):
            guard let collection = context.collection.flatMap(names.collection) else {
                return reportMisplaced("entity.\(path.joined(separator: "."))", "no entity is available", at: node)
            }
            requireName(path.first, among: collection.fields, "field of collection '\(collection.name)'", at: node)
        case .owner(let path):
            guard let collection = context.owner.flatMap(names.collection) else {
                return reportMisplaced(
                    "owner.\(path.joined(separator: "."))", "the operation is not within a collection", at: node)
            }
            requireName(path.first, among: collection.fields, "field of collection '\(collection.name)'", at: node)
        case .item(let path):
            guard let fields = context.itemFields else {
                return reportMisplaced(
                    "item.\(path.joined(separator: "."))", "no element of a sub-collection is created", at: node)
            }
            requireName(path.first, among: fields, "field of this sub-collection", at: node)
        case .input(let path):
            guard let inputs = context.inputs else {
                return reportMisplaced("input.\(path.joined(separator: "."))", "no event is available", at: node)
            }
            requireName(path.first, among: inputs, "input of this event", at: node)
        case .counter(let name):
            requireName(name, among: names.counters, "counter", at: node)
        case .field, .received, .reason:
            if !context.isError { reportMisplaced("\(reference)", "this is not the response to a situation", at: node) }
        case .body, .pathValue, .query, .header, .method:
            checkRequest(reference, at: node, context)
        case .now, .token, .digits, .id, .state, .list, .version:
            break
        }
    }

    private mutating func checkRequest(_ reference: Reference, at node: JSONNode, _ context: ReferenceContext) {
        guard context.hasRequest else {
            return reportMisplaced("request", "an event has no request; its values are `input.…`", at: node)
        }
        for operation in context.operations {
            switch reference {
            case .body(let path): checkBody(path, of: operation, at: node)
            case .pathValue(let name): checkParameter(name, .path, of: operation, at: node)
            case .query(let name): checkParameter(name, .query, of: operation, at: node)
            default: break
            }
        }
    }

    private mutating func checkParameter(
        _ name: String, _ place: ParameterPlace, of operation: Operation, at node: JSONNode
    ) {
        guard operation.parameter(name, in: place) == nil else { return }
        let known = operation.parameters.filter { $0.place == place }.map(\.name)
        reportUnknown(
            "behaviour.unknown-parameter", "\(operation.name) has no \(place.rawValue) parameter '\(name)'",
            name: name, known: known, at: node.position)
    }

    private mutating func checkBody(_ path: [String], of operation: Operation, at node: JSONNode) {
        guard var view = operation.requestBody?.content.first?.schema?.view else {
            if operation.requestBody == nil {
                report("behaviour.unknown-member", "\(operation.name) has no request body", at: node)
            }
            return
        }
        for (index, name) in path.enumerated() {
            if let next = view.property(name) ?? view.additional ?? view.view(at: [name]) {
                view = next
                continue
            }
            guard !view.propertyNames.isEmpty else { return }
            let place = path.prefix(index + 1).joined(separator: ".")
            reportUnknown(
                "behaviour.unknown-member", "the body of \(operation.name) declares no member '\(place)'",
                name: name, known: view.propertyNames, at: node.position)
            return
        }
    }

    private mutating func reportMisplaced(_ text: String, _ reason: String, at node: JSONNode) {
        report("behaviour.misplaced-reference", "'\(text)' has no value here: \(reason)", at: node)
    }

    mutating func requireName(_ name: String?, among known: [String], _ what: String, at node: JSONNode) {
        guard let name, !known.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return }
        reportUnknown(
            "behaviour.unknown-name", "'\(name)' is not a known \(what)", name: name, known: known, at: node.position)
    }
}
