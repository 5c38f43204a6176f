public import JSONDocument
internal import JSONSchema
internal import Primitives

/// The requirements of one operation for requests, prepared for many requests.
///
/// It finds the same issues as ``Operation/issues(in:pathValues:credentialSchemes:)``. Absent parameters, and texts for
/// schemas that accept every string, are skipped immediately; everything else takes the same path.
public final class RequestRules: Sendable {
    private let operation: Operation
    private let parameters: [ParameterRules]

    /// Computes everything that does not depend on a request.
    ///
    /// - Parameter credentialSchemes: The schemes whose keys may also be declared as parameters.
    public init(_ operation: Operation, credentialSchemes: [SecurityScheme] = []) {
        self.operation = operation
        parameters = operation.parameters.filter { !$0.isIgnored && !$0.isCredential(of: credentialSchemes) }
            .map { ParameterRules($0, besides: operation.queryNames(besides: $0)) }
    }

    /// The issues of a request for this operation; empty if it follows the contract.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - pathValues: The texts for the expressions of the path template, percent-encoded.
    ///   - document: The body as JSON, if it has been parsed already.
    /// - Returns: Issues in the order method, parameters (as declared), body.
    public func issues(
        in request: WireRequest,
        pathValues: [(name: String, text: String)],
        read document: JSONDocument? = nil
    ) -> [RequestIssue] {
        var issues = operation.methodIssues(in: request)
        for parameter in parameters where !parameter.isPlainlyRight(in: request, pathValues) {
            issues += parameter.issues(in: request, pathValues)
        }
        return issues + (operation.requestBody?.issues(in: request, read: document) ?? [])
    }
}

/// The facts about one parameter that do not depend on a request.
private final class ParameterRules: Sendable {
    private let parameter: Parameter
    private let others: [String]
    /// Whether the parameter may be absent.
    private let mayBeAbsent: Bool
    /// Whether a text without escapes and separators is the value itself.
    private let takesPlainText: Bool
    /// Whether every such text is valid.
    private let takesAnyText: Bool

    init(_ parameter: Parameter, besides others: [String]) {
        self.parameter = parameter
        self.others = others
        let nothing = WireRequest(method: "", path: "")
        mayBeAbsent = parameter.issues(in: nothing, pathValues: [], besides: others).isEmpty
        let isPlain = parameter.style == .simple && parameter.content == nil
        takesPlainText = isPlain && parameter.schema?.view?.kinds == [.string]
        takesAnyText = takesPlainText && (try? parameter.schema?.compiled().acceptsEveryString) == true
    }

    /// Whether the schema allows a text; false if it cannot judge all of it.
    private func isValid(_ text: String) -> Bool {
        parameter.schema?.requestIssues(in: JSONDocument(.string(text)).root) { _ in parameter.issuePlace }.isEmpty
            == true
    }

    func isPlainlyRight(in request: WireRequest, _ pathValues: [(name: String, text: String)]) -> Bool {
        switch parameter.place {
        case .path:
            guard takesPlainText, let value = pathValues.first(where: { $0.name.isSame(as: parameter.name) })?.text,
                !value.isEmpty,
                value.utf8.allSatisfy({ $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
            else { return false }
            return takesAnyText || isValid(value)
        case .header:
            guard let index = request.headers.firstIndex(where: { $0.name.equalsIgnoringASCIICase(parameter.name) })
            else { return mayBeAbsent }
            guard takesAnyText else { return false }
            return !request.headers[(index + 1)...].contains { $0.name.equalsIgnoringASCIICase(parameter.name) }
        case .query, .querystring: return mayBeAbsent && request.query == nil
        case .cookie: return mayBeAbsent && !request.headers.contains { $0.name.equalsIgnoringASCIICase("cookie") }
        }
    }

    func issues(in request: WireRequest, _ pathValues: [(name: String, text: String)]) -> [RequestIssue] {
        parameter.issues(in: request, pathValues: pathValues, besides: others)
    }
}
