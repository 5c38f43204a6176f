import JSONSchema
import OpenAPI

/// What the planner asks of an operation again and again, looked up once.
struct OperationFacts {
    /// The media type whose schema types the body: the first JSON one, else the first.
    var mediaType: MediaType?
    /// The schema of the body.
    var body: SchemaView?
    /// The declared parameters that are sent as such, each with its schema and whether a value is needed.
    var parameters: [(parameter: Parameter, view: SchemaView?, needsValue: Bool)]
    /// What the operation asks of requests.
    var rules: RequestRules
    /// A value for each scheme that the operation may need, so that parameters that carry keys have one.
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
            // A key that a security scheme puts there is no business of the row.
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

/// Lookups in contracts that many rows share.
struct PlanningCache {
    private var facts: [ObjectIdentifier: OperationFacts] = [:]
    /// Where paths lead in the schemas of an operation.
    var walks: [String: [SchemaWalk]] = [:]
    /// What rows send that were found to be right.
    var rightRequests = RightRequests()

    mutating func facts(of operation: Operation, in contract: Contract) -> OperationFacts {
        // An operation belongs to one contract, and the contracts outlive the planning.
        let key = ObjectIdentifier(operation)
        if let known = facts[key] { return known }
        let result = OperationFacts(operation, contract)
        facts[key] = result
        return result
    }
}
