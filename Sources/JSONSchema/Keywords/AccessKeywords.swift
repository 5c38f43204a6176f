import JSONDocument

/// `readOnly` and `writeOnly`: what they take away from `required`.
extension Checker {
    /// Whether a missing member is not demanded because of the way the value travels: a `readOnly` one in a
    /// request, a `writeOnly` one in a response (OpenAPI 3.0.4 §4.7.24.1).
    ///
    /// The member may be declared by any schema applied to the object, so the search starts at `root`.
    func isExempt(_ name: UnsafePointer<JSONNameKey>, _ root: NodeReference) -> Bool {
        let mark: SchemaNode.Access
        switch direction {
        case .request: mark = .readOnly
        case .response: mark = .writeOnly
        case .none: return false
        }
        var pending = [root]
        var seen: Set<NodeReference> = []
        while let next = pending.popLast() {
            guard seen.insert(next).inserted else { continue }
            if let objects = next.pointee.objects {
                let number = name.pointee.utf8.withUnsafeBufferPointer { objects.pointee.names.find($0) }
                if number >= 0, let schema = objects.pointee.slots[number].schema,
                    schema.pointee.access.contains(mark)
                {
                    return true
                }
            }
            next.pointee.forEachInPlace { pending.append($0) }
        }
        return false
    }
}
