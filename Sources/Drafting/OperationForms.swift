import JSONDocument
import OpenAPI

/// The forms of the operations that can be called, and why the others are left out.
struct OperationForms {
    private var forms: [String: OperationForm] = [:]
    private var bodyNames: [String: String] = [:]
    /// The variables used by rows, for a new configuration.
    let variables: [(name: String, value: String)]
    private(set) var leftOut: [Draft.LeftOut] = []

    /// - Parameter variables: The variables of an existing configuration; `nil` if the draft writes a new one.
    init(_ contract: Contract, _ values: DraftValues, _ links: ResourceLinks, variables given: [String: String]?) {
        var variables = DraftVariables(given: given)
        var usedNames = UsedNames()
        for operation in contract.operations {
            do throws(BodyForm.Problem) {
                let fresh = links.members(of: operation)
                let form = try OperationForm(operation, contract, values, &variables, fresh: fresh)
                forms[operation.key] = form
                if form.body != nil { bodyNames[operation.key] = usedNames.unique(Names.slug(operation.name)) }
                for parameter in operation.parameters where parameter.isLeftToTransport && parameter.isRequired {
                    leftOut.append(
                        Draft.LeftOut(
                            operation: operation.name, what: "the header parameter \(parameter.name)",
                            why: "the HTTP client sets this header itself"))
                }
            } catch {
                leftOut.append(Draft.LeftOut(operation: operation.name, what: Draft.LeftOut.whole, why: error.why))
            }
        }
        leftOut += contract.unreadPaths.map { path in
            Draft.LeftOut(
                operation: path.part, what: "the operations", why: "they are not known: \(path.reason)")
        }
        self.variables = given == nil ? variables.made : []
    }

    /// The form of an operation, by the operation's key; `nil` if it cannot be called.
    subscript(_ key: String) -> OperationForm? { forms[key] }

    /// The name of an operation's body file, without folder and extension; unique also where names differ only in case.
    func bodyName(of operation: Operation) -> String { bodyNames[operation.key] ?? Names.slug(operation.name) }
}
