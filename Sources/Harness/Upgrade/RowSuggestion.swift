import Drafting
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios
import Versions

/// Rows that would show changes that no row shows.
struct RowSuggestion {
    let old: Contract
    let new: Contract

    /// A row that uses the place that `change` is about, as the contract that has the place describes it; `nil` where a
    /// cell cannot say it.
    func row(for change: Change) -> Upgrade.SuggestedRow? {
        guard let subject = change.subject else { return nil }
        for contract in [new, old] {
            let operation = contract.operations.first { $0.method == subject.method && $0.path == subject.path }
            if let operation, let row = row(for: change, operation, contract) { return row }
        }
        return nil
    }

    private func row(
        for change: Change, _ operation: OpenAPI.Operation, _ contract: Contract
    ) -> Upgrade.SuggestedRow? {
        switch change.place {
        case .requestBody(let type):
            guard !change.pointer.tokens.isEmpty,
                let view = Self.schema(operation.requestBody?.content ?? [], type)?.view(at: Self.names(change))
            else { return nil }
            let path = ItemWriter.path(Self.segments(change), of: operation)
            if change.rule.id.contains(".nullable-") {
                return Upgrade.SuggestedRow(call: operation.name, set: "\(path):=null")
            }
            return RequiredValue.value(for: view, in: contract)
                .flatMap { ItemWriter.item(path, $0, for: view) }
                .map { Upgrade.SuggestedRow(call: operation.name, set: $0) }
        case .parameter(let place, let name):
            guard let parameter = operation.parameters.first(where: { $0.name == name && $0.place.rawValue == place }),
                let view = parameter.valueSchema?.view, let value = RequiredValue.value(for: view, in: contract)
            else { return nil }
            let body = Self.schema(operation.requestBody?.content ?? [], nil)
            return ItemWriter.item(ItemWriter.path(parameter, of: operation, body: body), value, for: view)
                .map { Upgrade.SuggestedRow(call: operation.name, set: $0) }
        case .response(let status, let type):
            // A row expects success, unless it is about something else.
            guard status.first == "2", !change.pointer.tokens.isEmpty, !change.rule.id.contains(".nullable-"),
                let response = operation.responses.first(where: { $0.statusKey == status }),
                Self.schema(response.content, type)?.view(at: Self.names(change)) != nil
            else { return nil }
            let path = ItemWriter.path(Self.segments(change), of: operation)
            return Upgrade.SuggestedRow(call: operation.name, check: "\(path)~present")
        default: return nil
        }
    }

    private static func schema(_ content: [MediaType], _ name: String?) -> SchemaView? {
        (content.first { $0.range.description == name } ?? content.first)?.schema?.view
    }

    /// The place with the first element in place of every element.
    private static func names(_ change: Change) -> [String] { change.pointer.tokens.map { $0 == "*" ? "0" : $0 } }

    private static func segments(_ change: Change) -> [ItemPath.Segment] {
        change.pointer.tokens.map { $0 == "*" ? .index(0) : .name($0) }
    }
}
