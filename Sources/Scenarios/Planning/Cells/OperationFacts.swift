import JSONSchema
import OpenAPI

/// Facts about an operation that the planner needs often, computed once.
struct OperationFacts {
    /// The media type whose schema types the body: the first JSON one, otherwise the first.
    var mediaType: MediaType?
    /// The schema of the body.
    var body: SchemaView?
    /// The declared parameters that are sent as such, each with its schema and whether a value is required.
    var parameters: [(parameter: Parameter, view: SchemaView?, needsValue: Bool)]
    /// The operation's requirements for requests.
    var rules: RequestRules
    /// A value for each scheme that the operation may need, so that parameters for keys have one.
    var credentials: Credentials

    init(_ operation: Operation, _ contract: Contract) {
        let content = operation.requestBody?.content ?? []
        mediaType = content.first { $0.range.isJSON } ?? content.first
        body = mediaType?.schema?.view
        let schemes = Set(operation.security.flatMap(\.schemes))
        rules = RequestRules(operation, credentialSchemes: contract.securitySchemes)
        credentials = Credentials(
            contract.securitySchemes.filter { schemes.contains($0.name) }.map { .init(scheme: $0, value: "key:key") })
        parameters = operation.parameters.filter { !$0.isIgnored }.map { parameter in
            let view = parameter.valueSchema?.view
            let hasDefault = parameter.place != .path && view?.defaultValue != nil
            // If a security scheme uses the parameter for its key, the row does not have to set it.
            let isCredential = contract.securitySchemes.contains { scheme in
                guard schemes.contains(scheme.name), case .apiKey(let name, let place) = scheme.kind else {
                    return false
                }
                return place == parameter.place && parameter.isNamed(name)
            }
            return (parameter, view, parameter.isRequired && !hasDefault && !isCredential)
        }
    }
}

/// The facts about operations, computed once for each.
struct OperationFactsMemo {
    private var facts: [ObjectIdentifier: OperationFacts] = [:]

    mutating func facts(of operation: Operation, in contract: Contract) -> OperationFacts {
        // An operation belongs to one contract, and the contracts outlive the planning.
        let key = ObjectIdentifier(operation)
        if let known = facts[key] { return known }
        let result = OperationFacts(operation, contract)
        facts[key] = result
        return result
    }
}
