import Diagnostics
import JSONDocument

/// `enum` and `const`: the allowed values.
struct ValueRules {
    var tables: Slice<ValueTable>
}

/// A list of values in a form for fast lookups.
struct ValueTable {
    /// `enum` or `const`.
    let isEnumeration: Bool
    private let document: JSONDocument
    private let strings: NameTable
    private let hasNull: Bool
    private let hasTrue: Bool
    private let hasFalse: Bool
    private let numbers: Set<JSONNumber>
    private let decimals: Set<SmallDecimal>
    private let containers: [Int: [Int]]

    /// Creates a table of the elements at `entries` of `document`.
    init(_ entries: [Int], in document: JSONDocument, isEnumeration: Bool) {
        var texts: [[UInt8]] = []
        var numbers: Set<JSONNumber> = []
        var containers: [Int: [Int]] = [:]
        var constants: Set<Bool?> = []
        document.withTape { tape in
            for entry in entries {
                switch tape.kind(at: entry) {
                case .null: constants.insert(nil)
                case .boolean: constants.insert(tape.boolean(at: entry))
                case .string: texts.append(tape.withText(at: entry) { Array($0) })
                case .number: numbers.insert(tape.number(at: entry))
                case .array, .object: containers[Self.hash(tape, entry), default: []].append(entry)
                }
            }
        }
        self.isEnumeration = isEnumeration
        self.document = document
        strings = NameTable(texts)
        hasNull = constants.contains(nil)
        hasTrue = constants.contains(true)
        hasFalse = constants.contains(false)
        self.numbers = numbers
        decimals = Set(numbers.compactMap { SmallDecimal($0) })
        self.containers = containers
    }

    /// Frees the memory of the names.
    func release() {
        strings.release()
    }

    /// Whether the value at `entry` is in the list. The list is read in place, because copying it costs more than most
    /// lookups.
    static func contains(_ table: UnsafePointer<ValueTable>, _ tape: JSONTape, _ entry: Int) -> Bool {
        switch tape.kind(at: entry) {
        case .null: return table.pointee.hasNull
        case .boolean: return tape.boolean(at: entry) ? table.pointee.hasTrue : table.pointee.hasFalse
        case .string: return table.pointee.strings.count > 0 && table.pointee.strings.find(tape, entry) >= 0
        case .number:
            if table.pointee.numbers.isEmpty { return false }
            if let decimal = tape.decimal(at: entry) { return table.pointee.decimals.contains(decimal) }
            return table.pointee.numbers.contains(tape.number(at: entry))
        case .array, .object:
            guard !table.pointee.containers.isEmpty,
                let candidates = table.pointee.containers[Self.hash(tape, entry)]
            else { return false }
            return table.pointee.document.withTape { own in
                candidates.contains { JSONTape.equal(own, $0, tape, entry) }
            }
        }
    }

    private static func hash(_ tape: JSONTape, _ entry: Int) -> Int {
        var hasher = Hasher()
        tape.hash(at: entry, into: &hasher)
        return hasher.finalize()
    }
}

extension Checker {
    @inline(__always)
    func checkValues(_ rules: UnsafePointer<ValueRules>, _ entry: Int) -> Bool {
        let tables = rules.pointee.tables
        for index in tables.indices where !tables.withElement(index, { ValueTable.contains($0, tape, entry) }) {
            return false
        }
        return true
    }
}

extension SchemaCompiler {
    /// Reads `enum` and `const`.
    func valueRules(_ schema: inout KeywordReader) -> UnsafePointer<ValueRules>? {
        guard schema.vocabularies.contains(.validation) else { return nil }
        var tables: [ValueTable] = []
        let document = index.documents.entries[schema.source.document].document
        if let values = schema.array("enum") {
            if values.isEmpty { schema.note("enum", .warning, Messages.emptyEnumeration) }
            tables.append(ValueTable(values.map(\.tapeIndex), in: document, isEnumeration: true))
        }
        if schema.family.knowsConstants, let value = schema.node["const"] {
            tables.append(ValueTable([value.tapeIndex], in: document, isEnumeration: false))
        }
        guard !tables.isEmpty else { return nil }
        releases += tables.map { table in { table.release() } }
        return UnsafePointer(memory.store(ValueRules(tables: memory.store(all: tables))))
    }
}
