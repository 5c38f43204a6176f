import JSONDocument

/// A compiled schema that stays where it is for as long as its ``SchemaProgram`` lives.
typealias NodeReference = UnsafeMutablePointer<SchemaNode>

/// Which schema object of which document a node was compiled from.
struct SchemaSource: Hashable {
    /// The position of the document among the documents of the store.
    var document: Int
    /// The entry of the schema on the document's tape.
    var entry: Int
}

/// One compiled schema: its keywords, sorted by the kind of value that they speak about.
///
/// Nodes refer to each other by address, so that judging touches no reference count.
struct SchemaNode {
    let source: SchemaSource
    /// The resource (`$id` scope) that the schema belongs to; its position among the resources of the store.
    let resource: Int

    /// Whether the schema is `true`, `false`, or has to be looked at.
    var constant = Constant.depends
    /// The schema that answers in place of this one, when this one is nothing but a reference.
    var alias: NodeReference?
    /// The kinds that `type` allows.
    var kinds = KindSet.all
    /// Whether numbers have to be integers by `type`.
    var integerOnly = false
    /// What `readOnly` and `writeOnly` of the schema itself say.
    var ownAccess = Access()
    /// The same, of the schema and of those that it may apply to the same value.
    var access = Access()

    var strings: UnsafePointer<StringRules>?
    var numbers: UnsafePointer<NumberRules>?
    var arrays: UnsafePointer<ArrayRules>?
    var objects: UnsafePointer<ObjectRules>?
    var values: UnsafePointer<ValueRules>?
    /// Keywords that apply other schemas to the same value, cheapest first.
    var applicators = Slice<Applicator>()

    enum Constant: UInt8 {
        case depends
        case always
        case never
    }

    /// Marks that depend on the way a value travels.
    struct Access: OptionSet {
        let rawValue: UInt8
        static let readOnly = Access(rawValue: 1)
        static let writeOnly = Access(rawValue: 2)
    }
}

/// A run of values in the memory of a ``SchemaProgram``.
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
        // The address exists whenever the count is above 0, and indexes come from `indices`.
        base.unsafelyUnwrapped[index]
    }

    /// Hands out an element where it lies, without copying it.
    @inline(__always)
    func withElement<Result>(_ index: Int, _ body: (UnsafePointer<Element>) -> Result) -> Result {
        body(base.unsafelyUnwrapped + index)
    }

    @inline(__always)
    var indices: Range<Int> { 0..<count }

    /// A copy, for code that is not in a hurry.
    var array: [Element] { indices.map { self[$0] } }
}

/// A set of value kinds.
struct KindSet: OptionSet, Hashable {
    let rawValue: UInt8

    static let null = KindSet(rawValue: 1)
    static let boolean = KindSet(rawValue: 2)
    static let number = KindSet(rawValue: 4)
    static let string = KindSet(rawValue: 8)
    static let array = KindSet(rawValue: 16)
    static let object = KindSet(rawValue: 32)
    static let all = KindSet(rawValue: 63)

    @inline(__always)
    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    @inline(__always)
    init(_ kind: JSONKind) {
        self =
            switch kind {
            case .null: .null
            case .boolean: .boolean
            case .number: .number
            case .string: .string
            case .array: .array
            case .object: .object
            }
    }
}
