import Diagnostics
import JSONDocument

/// Turns schemas into ``SchemaNode``s, each once, and links them.
///
/// Works off a list instead of calling itself, so neither depth nor cycles of references matter. Not safe for
/// concurrent use; the store guards it. A node is finished before it is handed out and never changed afterwards.
final class SchemaCompiler {
    /// What is kept about a node besides what judging needs.
    struct Record {
        let node: NodeReference
        var edges: [NodeReference] = []
        var problems: [Diagnostic] = []
    }

    let index: SchemaIndex
    var memory = SchemaMemory()
    /// What else has to be given back at the end.
    var releases: [() -> Void] = []
    /// Whether any compiled schema has a dynamic reference.
    var hasDynamicReferences = false
    private var nodes: [SchemaSource: Int] = [:]
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

    /// The node of a schema; compiled by the next `compile(_:)`, if it is not yet.
    func reference(to source: SchemaSource) -> NodeReference {
        if let number = nodes[source] { return records[number].node }
        let scope = index.scope(of: source)
        let node = memory.store(SchemaNode(source: source, resource: scope))
        nodes[source] = records.count
        records.append(Record(node: node))
        return node
    }

    /// Compiles a schema and everything that it refers to.
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

    /// The numbers of all nodes that `node` leads to, itself first.
    func reachable(from node: NodeReference) -> [Int] {
        guard let start = nodes[node.pointee.source] else { return [] }
        // What a schema leads to may be little among much: a set costs no more than what it holds.
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

    /// What is wrong or odd with a schema and everything that it leads to, by place.
    func problems(from node: NodeReference) -> [Diagnostic] {
        var resources: Set<Int> = []
        var problems: [Diagnostic] = []
        for number in reachable(from: node) {
            let record = records[number]
            problems += record.problems
            if resources.insert(record.node.pointee.resource).inserted {
                problems += index.resources[record.node.pointee.resource].problems
            }
        }
        return Diagnostics(problems).sorted
    }

    /// Adds a problem to the node `number`.
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
        if let boolean = json.boolean {
            node.pointee.constant = boolean ? .always : .never
            return
        }
        let dialect = index.resources[node.pointee.resource].dialect
        var schema = KeywordReader(node: json, source: source, dialect: dialect, compiler: self)
        if dialect.family == .openAPI30, json["$ref"] != nil {
            // A Reference Object: whatever stands beside `$ref` is ignored (OpenAPI 3.0.4 §4.7.23).
            node.pointee.applicators = memory.store(all: references(&schema))
            schema.noteIgnoredSiblings()
        } else {
            schema.noteUnknownKeywords()
            read(&schema, into: node)
        }
        records[number].edges = schema.edges
        node.pointee.forEachInPlace { records[number].edges.append($0) }
        records[number].problems += schema.problems
    }

    private func read(_ schema: inout KeywordReader, into node: NodeReference) {
        readType(&schema, into: node)
        node.pointee.strings = stringRules(&schema)
        node.pointee.numbers = numberRules(&schema)
        node.pointee.arrays = arrayRules(&schema)
        let objects = objectRules(&schema)
        node.pointee.objects = objects.map { UnsafePointer($0) }
        node.pointee.values = valueRules(&schema)
        node.pointee.applicators = applicators(&schema)
        schema.noteFormat(node.pointee.kinds)
        if schema.boolean("readOnly") == true { node.pointee.access.insert(.readOnly) }
        if schema.boolean("writeOnly") == true { node.pointee.access.insert(.writeOnly) }
        if node.pointee.decidesNothing { node.pointee.constant = .always }
    }
}

extension SchemaNode {
    /// Whether no keyword of the schema can fail a value.
    var decidesNothing: Bool {
        kinds == .all && strings == nil && numbers == nil && arrays == nil && objects == nil && values == nil
            && applicators.isEmpty
    }
}
