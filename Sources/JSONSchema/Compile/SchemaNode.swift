import JSONDocument

/// A compiled schema; its address is valid as long as its ``SchemaProgram`` lives.
typealias NodeReference = UnsafeMutablePointer<SchemaNode>

/// The document and schema object that a node was compiled from.
struct SchemaSource: Hashable {
    /// The index of the document in the store.
    var document: Int
    /// The index of the schema on the document's tape.
    var entry: Int
}

/// One compiled schema: its keywords, grouped by the kind of value that they apply to.
///
/// Nodes refer to each other by address, so that validation touches no reference count.
struct SchemaNode {
    let source: SchemaSource
    /// The index of the resource (`$id` scope) that the schema belongs to.
    let resource: Int

    /// Whether the schema is `true`, `false`, or must be evaluated.
    var constant = Constant.depends
    /// The target schema, if this schema is only a reference.
    var alias: NodeReference?
    /// The kinds that `type` allows.
    var kinds = KindSet.all
    /// Whether `type` requires numbers to be integers.
    var integerOnly = false
    /// Whether ``kinds`` is everything that the schema requires. Set when the node is finished.
    var isOnlyKinds = false
    /// `readOnly` and `writeOnly` of the schema itself.
    var ownAccess = Access()
    /// `readOnly` and `writeOnly` of the schema and of the schemas that it may apply to the same value.
    var access = Access()

    var rules = KindRules()
    /// Keywords that apply other schemas to the same value, cheapest first.
    var applicators = Slice<Applicator>()

    /// Whether no keyword but `type` decides.
    var requiresOnlyKinds: Bool {
        constant == .depends && alias == nil && !integerOnly && rules.isEmpty && applicators.isEmpty
    }

    /// The keywords for each kind of value, and those for all kinds.
    struct KindRules {
        var strings: UnsafePointer<StringRules>?
        var numbers: UnsafePointer<NumberRules>?
        var arrays: UnsafePointer<ArrayRules>?
        var objects: UnsafePointer<ObjectRules>?
        /// `enum` and `const`.
        var values: UnsafePointer<ValueRules>?

        var isEmpty: Bool {
            strings == nil && numbers == nil && arrays == nil && objects == nil && values == nil
        }
    }

    enum Constant: UInt8 {
        case depends
        case always
        case never
    }

    /// Marks that depend on the direction of a value: `readOnly` and `writeOnly`.
    struct Access: OptionSet {
        let rawValue: UInt8
        static let readOnly = Access(rawValue: 1)
        static let writeOnly = Access(rawValue: 2)
    }
}

/// A range of values in the memory of a ``SchemaProgram``.
struct Slice<Element> {
    private let base: UnsafePointer<Element>?
    let count: Int

    init() {
        base = nil
        count = 0
    }

    init(_ base: UnsafePointer<Element>, count: Int) {
        self.base = base
        self.count = count
    }

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    @inline(__always)
    subscript(_ index: Int) -> Element {
        // The address exists if the count is above 0, and indexes come from `indices`.
        base.unsafelyUnwrapped[index]
    }

    /// Calls `body` with a pointer to an element, without copying it.
    @inline(__always)
    func withElement<Result>(_ index: Int, _ body: (UnsafePointer<Element>) -> Result) -> Result {
        body(base.unsafelyUnwrapped + index)
    }

    @inline(__always)
    var indices: Range<Int> { 0..<count }

    /// A copy, for code that is not performance-critical.
    var array: [Element] { indices.map { self[$0] } }
}

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
