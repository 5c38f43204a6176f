/// Of equal requests that are sent at once, one has an effect. The others receive the same response or are rejected.
public struct OneEffectPromise: Sendable, Equatable {
    /// The statuses of rejections, unless the promise lists others.
    public static let usualRefusals = [409, 422, 429]

    /// Operations that have one effect whatever their requests contain. Those under `create` have one effect for
    /// requests with the same key or the same id.
    public var operations: [String]
    /// The statuses with which the other requests may be rejected, if they are documented.
    public var refusals: [Int]
    /// How the effects are counted afterwards.
    public var counts: [Count]

    /// A list whose length shows the number of effects of an operation.
    public struct Count: Sendable, Equatable {
        /// The operation whose effects are counted.
        public var operation: String
        /// The operation that returns the list.
        public var call: String
        /// The list in its response.
        public var items: ItemPath
        /// A member of the elements: only elements with the value that was sent for it are counted. `nil` counts all.
        public var member: String?

        /// Counts the elements of `items` in the response to `call`.
        public init(of operation: String, call: String, items: ItemPath, where member: String? = nil) {
            self.operation = operation
            self.call = call
            self.items = items
            self.member = member
        }
    }

    /// Creates a promise for the operations that create the resource.
    public init(operations: [String] = [], refusals: [Int] = usualRefusals, counts: [Count] = []) {
        self.operations = operations
        self.refusals = refusals
        self.counts = counts
    }
}
