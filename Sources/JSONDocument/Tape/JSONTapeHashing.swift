extension JSONTape {
    /// Values nested deeper than this contribute only their kind to the hash, which bounds the recursion.
    private static let maximumHashedDepth = 256

    /// Feeds a value; equal values feed the same.
    public func hash(at index: Int, into hasher: inout Hasher) { hash(at: index, depth: 0, into: &hasher) }

    private func hash(at index: Int, depth: Int, into hasher: inout Hasher) {
        let kind = kind(at: index)
        hasher.combine(kind)
        switch kind {
        case .null: break
        case .boolean: hasher.combine(boolean(at: index))
        case .number: DecimalView(bytes(at: index)).hash(into: &hasher)
        case .string: withText(at: index) { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        case .array:
            hasher.combine(childCount(at: index))
            guard depth < Self.maximumHashedDepth else { return }
            var element = firstChild(of: index)
            while element < end(of: index) {
                hash(at: element, depth: depth + 1, into: &hasher)
                element = end(of: element)
            }
        case .object:
            guard depth < Self.maximumHashedDepth else { return }
            // A sum is independent of the members' order.
            var sum = 0
            var name = firstChild(of: index)
            while name < end(of: index) {
                if isEffective(name, in: index) {
                    var member = Hasher()
                    withText(at: name) { member.combine(bytes: UnsafeRawBufferPointer($0)) }
                    hash(at: name + 1, depth: depth + 1, into: &member)
                    sum &+= member.finalize()
                }
                name = end(of: name + 1)
            }
            hasher.combine(sum)
        }
    }
}
