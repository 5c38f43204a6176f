import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A valid call of an operation.
struct OperationForm {
    let operation: Operation
    let body: BodyForm?
    /// `set` items that every request needs, besides path parameters.
    let items: [String]
    /// `set` items for path parameters by name, with a variable if the server must have the value.
    let pathItems: [String: String]
    /// The same with generated values, for rows in which any value suffices.
    let plainPathItems: [String: String]
    /// Path parameters with a generated value that a real server does not have, and without a variable.
    let unknownNames: [String]
    /// The parameters that rows may set: neither credentials nor ignored parameters.
    let parameters: [Parameter]

    /// - Throws: Why a table cannot call the operation.
    init(
        _ operation: Operation, _ contract: Contract, _ values: DraftValues, _ variables: inout DraftVariables,
        fresh: [String]
    ) throws(BodyForm.Problem) {
        self.operation = operation
        if let problem = Self.obstacle(operation, contract) { throw problem }
        parameters = operation.parameters.filter { !$0.isIgnored && !$0.isCredential(of: operation, contract) }
        body = try BodyForm(operation, values, fresh: fresh)
        var items: [String] = []
        var pathItems: [String: String] = [:]
        var plainPathItems: [String: String] = [:]
        var unknownNames: [String] = []
        for parameter in parameters where parameter.isRequired || parameter.place == .path {
            let view = parameter.valueSchema?.view
            if parameter.place != .path, let schema = parameter.valueSchema, let preset = schema.view?.defaultValue,
                values.accepts(preset.value, by: schema)
            {
                continue
            }
            let path = ItemWriter.path(parameter, of: operation, body: body?.view)
            if parameter.place == .header, let fresh = FreshText.key(parameter, values) {
                items.append("\(path)=\(fresh)")
                continue
            }
            guard let value = values.value(of: parameter, in: operation),
                let item = ItemWriter.item(path, value, for: view)
            else { throw Self.missingValue(parameter) }
            guard parameter.place == .path else {
                items.append(item)
                continue
            }
            pathItems[parameter.name] = item
            plainPathItems[parameter.name] = item
            guard parameter.style == .simple, DraftVariables.isOpen(view) else { continue }
            let reference = variables.reference(to: parameter.name, in: operation.path, value: value) { text in
                values.accepts(text: text, for: parameter)
            }
            if let reference {
                pathItems[parameter.name] = "\(path)=\(reference)"
            } else {
                unknownNames.append(parameter.name)
            }
        }
        if let contentType = body?.contentType(of: operation) { items.append(contentType) }
        items += try body?.partHeaders(values, operation) ?? []
        guard
            operation.documentedSuccess.isEmpty == false || operation.documents("default") || operation.redirect != nil
        else { throw BodyForm.Problem(why: "the document declares no successful response") }
        self.items = items
        self.pathItems = pathItems
        self.plainPathItems = plainPathItems
        self.unknownNames = unknownNames
    }

    /// Why requests to an operation cannot be drafted, whatever their values are.
    private static func obstacle(_ operation: Operation, _ contract: Contract) -> BodyForm.Problem? {
        if !operation.security.isEmpty {
            let problems = operation.security.map { contract.problem(of: $0) }
            if !problems.contains(where: { $0 == nil }), case .some(.some(let problem)) = problems.first {
                return BodyForm.Problem(why: problem)
            }
        }
        return operation.unread.first.map { BodyForm.Problem(why: "\($0.part) is not known: \($0.reason)") }
    }

    /// Why a required parameter has no value.
    private static func missingValue(_ parameter: Parameter) -> BodyForm.Problem {
        let what = "its \(parameter.place.rawValue) parameter \(parameter.name)"
        if let problem = try? parameter.valueSchema?.compiled().unusable.first {
            return BodyForm.Problem(why: "\(what) is not known: \(problem.message)")
        }
        return BodyForm.Problem(why: "no value for \(what) was found")
    }

    /// The path of a parameter in `set`.
    func path(_ parameter: Parameter) -> String {
        ItemWriter.path(parameter, of: operation, body: body?.view)
    }

    /// The names of the path parameters in the order of the path.
    var pathNames: [String] { parameters.filter { $0.place == .path }.map(\.name) }
}

extension Operation {
    /// The name of the operation in a table.
    func call(in contract: Contract) -> String {
        guard let id, contract.operation(id)?.key.isSame(as: key) == true,
            id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") }),
            !"=+-@#'\"".utf8.contains(id.utf8.first ?? 0)
        else { return key }
        return id
    }

    /// Whether a response is documented for exactly this key.
    func documents(_ key: String) -> Bool { responses.contains { $0.statusKey.isSame(as: key) } }

    /// The documented statuses from `exact`; otherwise any 4xx, if a range or `default` documents it.
    func refusal(_ exact: [String]) -> String? {
        let documented = exact.filter(documents)
        if !documented.isEmpty { return documented.joined(separator: "|") }
        return documents("4XX") || documents("default") ? "4xx" : nil
    }

    /// The documented redirect, if the operation documents no other success.
    var redirect: String? {
        guard documentedSuccess.isEmpty, !documents("default") else { return nil }
        return responses.map(\.statusKey).first {
            $0.utf8.first == UInt8(ascii: "3") && !$0.utf8.contains(UInt8(ascii: "X"))
        }
    }
}

extension Parameter {
    /// Whether a security scheme of the operation sets the parameter.
    fileprivate func isCredential(of operation: Operation, _ contract: Contract) -> Bool {
        let needed = operation.security.flatMap(\.schemes)
        return contract.securitySchemes.contains { scheme in
            guard needed.contains(where: { $0.isSame(as: scheme.name) }),
                case .apiKey(let name, let place) = scheme.kind
            else { return false }
            return place == self.place && isNamed(name)
        }
    }
}
