import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import SourceText

/// Checks the names and references that a behaviour file uses: the last stage of reading it.
struct NameChecker {
    let names: DeclaredNames
    let contract: Contract

    /// The diagnostics of a draft, with those of names and references that never have a value.
    func diagnostics(of draft: BehaviourDraft) -> Diagnostics {
        var reader = draft.reader
        for use in draft.uses {
            switch use {
            case .reference(let reference, let node, let context): check(reference, at: node, context, &reader)
            case .name(let name, let what, let known, let node): check(name, among: known, what, at: node, &reader)
            }
        }
        return reader.diagnostics
    }

    private func check(
        _ name: String?, among known: [String], _ what: String, at node: JSONNode, _ reader: inout DiagnosingReader
    ) {
        guard let name, !known.contains(where: { $0.isSame(as: name) }) else { return }
        reader.reportUnknown(
            "unknown-name", "\(quoted(name)) is not a known \(what)", name: name, known: known, at: node.position,
            otherwise: reader.all(known))
    }

    // MARK: References

    private func check(
        _ reference: ValueReference, at node: JSONNode, _ context: ReferenceContext, _ reader: inout DiagnosingReader
    ) {
        switch reference {
        case .entity(let path):
            guard let collection = context.collection.flatMap(names.collection) else {
                return reportMisplaced("entity", path, "no entity is available", at: node, &reader)
            }
            check(path.first, among: collection.fields, field(of: collection), at: node, &reader)
        case .owner(let path):
            guard let collection = context.owner.flatMap(names.collection) else {
                return reportMisplaced("owner", path, "the operation is not within a collection", at: node, &reader)
            }
            check(path.first, among: collection.fields, field(of: collection), at: node, &reader)
        case .item(let path):
            guard let fields = context.itemFields else {
                return reportMisplaced("item", path, "no element of a sub-collection is created", at: node, &reader)
            }
            check(path.first, among: fields, "field of this sub-collection", at: node, &reader)
        case .input(let path):
            guard let inputs = context.inputs else {
                return reportMisplaced("input", path, "no event is available", at: node, &reader)
            }
            check(path.first, among: inputs, "input of this event", at: node, &reader)
        case .counter(let name):
            check(name, among: names.counters, "counter", at: node, &reader)
        case .field, .received, .reason:
            if !context.isError {
                reportMisplaced("\(reference)", [], "this is not the response to a situation", at: node, &reader)
            }
        case .body, .pathValue, .query, .header, .method: checkRequest(reference, at: node, context, &reader)
        case .now, .token, .digits, .id, .state, .list, .version: break
        }
    }

    private func field(of collection: DeclaredCollection) -> String {
        "field of collection \(quoted(collection.name))"
    }

    private func reportMisplaced(
        _ root: String, _ path: [String], _ reason: String, at node: JSONNode, _ reader: inout DiagnosingReader
    ) {
        let text = ([root] + path).joined(separator: ".")
        reader.report("misplaced-reference", "\(quoted(text)) has no value here: \(reason)", at: node)
    }

    // MARK: Requests

    private func checkRequest(
        _ reference: ValueReference, at node: JSONNode, _ context: ReferenceContext, _ reader: inout DiagnosingReader
    ) {
        guard context.hasRequest else {
            let reason = "an event has no request; its values are `input.…`"
            return reportMisplaced("request", [], reason, at: node, &reader)
        }
        for operation in context.operations {
            switch reference {
            case .body(let path): checkBody(path, of: operation, at: node, &reader)
            case .pathValue(let name): checkParameter(name, .path, of: operation, at: node, &reader)
            case .query(let name): checkParameter(name, .query, of: operation, at: node, &reader)
            default: break
            }
        }
    }

    private func checkParameter(
        _ name: String, _ place: ParameterPlace, of operation: Operation, at node: JSONNode,
        _ reader: inout DiagnosingReader
    ) {
        guard operation.parameter(name, in: place) == nil else { return }
        let known = operation.parameters.filter { $0.place == place }.map(\.name)
        reader.reportUnknown(
            "unknown-parameter", "\(operation.name) has no \(place.rawValue) parameter \(quoted(name))", name: name,
            known: known, at: node.position, otherwise: reader.all(known))
    }

    private func checkBody(
        _ path: [String], of operation: Operation, at node: JSONNode, _ reader: inout DiagnosingReader
    ) {
        guard var view = operation.requestBody?.content.first?.schema?.view else {
            if operation.requestBody == nil {
                reader.report("unknown-member", "\(operation.name) has no request body", at: node)
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
            reader.reportUnknown(
                "unknown-member", "the body of \(operation.name) declares no member \(quoted(place))", name: name,
                known: view.propertyNames, at: node.position, otherwise: reader.all(view.propertyNames))
            return
        }
    }
}
