/// Memory for compiled schemas: stored values keep their address until all memory is released.
struct SchemaMemory {
    private var releases: [() -> Void] = []

    /// Stores one value.
    mutating func store<Value>(_ value: Value) -> UnsafeMutablePointer<Value> {
        let address = UnsafeMutablePointer<Value>.allocate(capacity: 1)
        address.initialize(to: value)
        releases.append {
            address.deinitialize(count: 1)
            address.deallocate()
        }
        return address
    }

    /// Stores values in adjacent memory.
    mutating func store<Value>(all values: [Value]) -> Slice<Value> {
        guard !values.isEmpty else { return Slice() }
        let address = UnsafeMutablePointer<Value>.allocate(capacity: values.count)
        for (index, value) in values.enumerated() {
            (address + index).initialize(to: value)
        }
        let count = values.count
        releases.append {
            address.deinitialize(count: count)
            address.deallocate()
        }
        return Slice(address, count: count)
    }

    /// Destroys everything stored. No address may be used afterwards.
    mutating func release() {
        for release in releases { release() }
        releases = []
    }
}
