import Drafting
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios

/// Items of `set` for what a contract requires and a row does not send.
struct NewValues {
    private let contract: Contract

    init(_ contract: Contract) {
        self.contract = contract
    }

    /// `path=value` for a member of the request body.
    func item(member tokens: [String], of operation: Operation, _ body: SchemaView?) -> String? {
        guard let view = body?.view(at: tokens), let value = RequiredValue.value(for: view, in: contract) else {
            return nil
        }
        let segments = tokens.map { token in Int(token).map { ItemPath.Segment.index($0) } ?? .name(token) }
        return ItemWriting.item(ItemWriting.path(segments, of: operation), value, for: view)
    }

    /// `name=value` for a parameter.
    func item(parameter name: String, _ place: String, of operation: Operation) -> String? {
        guard
            let parameter = operation.parameters.first(where: {
                $0.isNamed(name) && $0.place.rawValue.utf8.elementsEqual(place.utf8)
            }), let view = parameter.valueSchema?.view,
            let value = parameter.example?.value ?? RequiredValue.value(for: view, in: contract)
        else { return nil }
        return ItemWriting.item(
            ItemWriting.path(parameter, of: operation, body: operation.bodyView), value, for: view)
    }
}
