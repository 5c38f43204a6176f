import Diagnostics
import JSONDocument

/// Compiles each schema once to a ``SchemaNode`` and links the nodes.
///
/// It uses a work list instead of recursion, so depth and reference cycles do not matter. It is not safe for concurrent
/// use; the store guards it. A node is finished before it is returned and never changes afterwards.
final class SchemaCompiler {
    /// Data about a node that validation does not need.
    struct Record {
        let node: NodeReference
        var edges: [NodeReference] = []
        var problems: [Diagnostic] = []
    }

    let index: SchemaIndex
    var memory = SchemaMemory()
    /// Other resources to free at the end.
    var releases: [() -> Void] = []
    /// Whether any compiled schema has a dynamic reference.
    var hasDynamicReferences = false
    /// All discriminators, in the order of their schemas.
    var discriminators: [UnsafeMutablePointer<Discriminator>] = []
    private var nodes: [SchemaSource: Int] = [:]
    /// Values that are not schemas although a schema is required.
    private var unusableSources: Set<SchemaSource> = []
    private(set) var records: [Record] = []
    private var unbuilt = 0
    private var unfinished = 0

    init(_ documents: SchemaDocuments) {
        index = SchemaIndex(documents)
    }

    deinit {
        for release in releases { release() }
        memory.release()
    }

    /// The node of a schema; the next `compile(_:)` compiles it if necessary.
    func reference(to source: SchemaSource) -> NodeReference {
        if let number = nodes[source] { return records[number].node }
        let scope = index.scope(of: source)
        let node = memory.store(SchemaNode(source: source, resource: scope))
        nodes[source] = records.count
        records.append(Record(node: node))
        return node
    }

    /// The node of a value that is not a schema although one is required. It leaves every verdict undecided.
    func unusable(_ source: SchemaSource) -> NodeReference {
        unusableSources.insert(source)
        return reference(to: source)
    }

    /// Compiles a schema and all schemas that it refers to.
    func compile(_ source: SchemaSource) -> NodeReference {
        let node = reference(to: source)
        while unbuilt < records.count {
            build(unbuilt)
            unbuilt += 1
        }
        finish(from: unfinished)
        unfinished = records.count
        return node
    }

    /// The numbers of all nodes reachable from `node`, starting with its own.
    func reachable(from node: NodeReference) -> [Int] {
        guard let start = nodes[node.pointee.source] else { return [] }
        // A schema may reach few nodes among many, so a set is cheaper than a bitmap.
        var seen: Set<Int> = [start]
        var found = [start]
        var next = 0
        while next < found.count {
            for edge in records[found[next]].edges {
                guard let number = nodes[edge.pointee.source], seen.insert(number).inserted else { continue }
                found.append(number)
            }
            next += 1
        }
        return found
    }

    /// The diagnostics for a schema and all schemas reachable from it, by location; and the marks of these schemas.
    func summary(from node: NodeReference) -> (problems: [Diagnostic], marks: SchemaNode.Access) {
        var resources: Set<Int> = []
        var problems: [Diagnostic] = []
        var marks = SchemaNode.Access()
        for number in reachable(from: node) {
            let record = records[number]
            problems += record.problems
            marks.formUnion(record.node.pointee.ownAccess)
            if resources.insert(record.node.pointee.resource).inserted {
                problems += index.resources[record.node.pointee.resource].problems
            }
        }
        return (Diagnostics(problems).sorted, marks)
    }

    /// Adds a diagnostic to the node `number`.
    func complain(_ number: Int, _ problem: Diagnostic) {
        records[number].problems.append(problem)
    }

    /// The number of a node.
    func number(of node: NodeReference) -> Int? {
        nodes[node.pointee.source]
    }

    private func build(_ number: Int) {
        let node = records[number].node
        let source = node.pointee.source
        let json = index.node(source)
        if unusableSources.contains(source) {
            node.pointee.applicators = memory.store(all: [.unusable(.all)])
            return
        }
        if let boolean = json.boolean {
            node.pointee.constant = boolean ? .always : .never
            return
        }
        let dialect = index.resources[node.pointee.resource].dialect
        var schema = KeywordReader(node: json, source: source, dialect: dialect, compiler: self)
        var applicators: [Applicator]
        if dialect.family.ignoresSiblingsOfReference, json["$ref"] != nil {
            // Everything next to `$ref` is ignored (OpenAPI 3.0.4, section 4.7.23; draft-07 Core, section 8.3).
            applicators = references(&schema)
            schema.noteIgnoredSiblings()
        } else {
            schema.noteUnknownKeywords()
            applicators = read(&schema, into: node)
        }
        if !schema.unjudged.isEmpty { applicators.append(.unusable(schema.unjudged)) }
        node.pointee.applicators = memory.store(all: applicators)
        if node.pointee.decidesNothing { node.pointee.constant = .always }
        records[number].edges = schema.edges
        node.pointee.forEachInPlace { records[number].edges.append($0) }
        records[number].problems += schema.problems
    }

    private func read(_ schema: inout KeywordReader, into node: NodeReference) -> [Applicator] {
        readType(&schema, into: node)
        node.pointee.rules.strings = stringRules(&schema)
        node.pointee.rules.numbers = numberRules(&schema)
        node.pointee.rules.arrays = arrayRules(&schema)
        let objects = objectRules(&schema)
        node.pointee.rules.objects = objects.map { UnsafePointer($0) }
        node.pointee.rules.values = valueRules(&schema)
        let applicators = applicators(&schema)
        schema.noteFormat(node.pointee.kinds)
        if schema.boolean("readOnly") == true { node.pointee.ownAccess.insert(.readOnly) }
        if schema.boolean("writeOnly") == true { node.pointee.ownAccess.insert(.writeOnly) }
        return applicators
    }
}

extension SchemaNode {
    /// Whether no keyword of the schema can reject a value.
    var decidesNothing: Bool {
        kinds == .all && rules.isEmpty && applicators.isEmpty
    }
}
