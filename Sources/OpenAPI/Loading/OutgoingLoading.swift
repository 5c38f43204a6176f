internal import JSONDocument

extension ContractReader {
    /// Reads the webhooks of a document (OpenAPI 3.1.1, section 4.8.1).
    mutating func readWebhooks(_ root: DocumentNode) {
        guard let webhooks = inner(root["webhooks"]), webhooks.node.kind == .object else { return }
        for member in webhooks.members where !member.name.isExtensionName {
            readOutgoing(member.value, name: member.name, path: member.name)
        }
    }

    /// Reads the callbacks of an operation (OpenAPI 3.0.4, section 4.7.18). Callbacks of callbacks are ignored.
    mutating func readCallbacks(of operation: DocumentNode) {
        guard !isReadingOutgoing, let callbacks = inner(operation["callbacks"]), callbacks.node.kind == .object else {
            return
        }
        for member in callbacks.members where !member.name.isExtensionName {
            guard let callback = resolved(member.value), callback.node.kind == .object else { continue }
            for item in callback.members where !item.name.isExtensionName {
                readOutgoing(item.value, name: member.name, path: item.name)
            }
        }
    }

    private mutating func readOutgoing(_ item: DocumentNode, name: String, path: String) {
        guard let template = try? PathTemplate("/") else { return }
        isReadingOutgoing = true
        let scope = PathItemScope(servers: [], security: [])
        let operations = readPathItem(item, path: path, template: template, inherited: scope)
        isReadingOutgoing = false
        outgoing += operations.map { OutgoingCall(name: name, operation: $0) }
    }
}
