import JSONDocument
import OpenAPI
import SourceText

/// What the third stage, building, works with: the reader, the declared names, and the names and references that it
/// met, which the fourth stage checks.
struct BehaviourDraft {
    var reader: DiagnosingReader
    let names: DeclaredNames
    let contract: Contract
    /// Names and references that may not exist.
    private(set) var uses: [NameUse] = []

    init(reader: DiagnosingReader, names: DeclaredNames, contract: Contract) {
        self.reader = reader
        self.names = names
        self.contract = contract
    }

    /// Notes a reference at one place of the file.
    mutating func use(_ reference: ValueReference, at node: JSONNode, _ context: ReferenceContext) {
        uses.append(.reference(reference, node, context))
    }

    /// Notes a name that must be among `known`.
    mutating func use(_ name: String, among known: [String], _ what: String, at node: JSONNode) {
        uses.append(.name(name, what, known: known, node))
    }
}

/// A name or a reference that a behaviour file uses, and where.
enum NameUse {
    case reference(ValueReference, JSONNode, ReferenceContext)
    /// The second text says what it should be a name of.
    case name(String, String, known: [String], JSONNode)
}
