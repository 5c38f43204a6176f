import JSONDocument
import OpenAPI
import SourceText

/// The input of the third stage, building: the reader and the declared names. It collects names and references for the
/// fourth stage, which checks them.
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

    /// Records a reference at one place of the file.
    mutating func use(_ reference: ValueReference, at node: JSONNode, _ context: ReferenceContext) {
        uses.append(.reference(reference, node, context))
    }

    /// Records a name that must be among `known`.
    mutating func use(_ name: String, among known: [String], _ what: String, at node: JSONNode) {
        uses.append(.name(name, what, known: known, node))
    }
}

/// A name or a reference that a behaviour file uses, and its location.
enum NameUse {
    case reference(ValueReference, JSONNode, ReferenceContext)
    /// The second text names the kind of the name.
    case name(String, String, known: [String], JSONNode)
}
