public import JSONDocument
internal import JSONSchema

/// What one operation asks of requests, made ready for many of them.
///
/// Finds what ``Operation/issues(in:pathValues:credentialSchemes:)`` finds. Parameters that are not there, and texts
/// that any schema of plain strings accepts, are passed at once; everything else takes the same way as there.
public final class RequestRules: Sendable {
    private let operation: Operation
    private let parameters: [ParameterRules]

    /// Works out what can be known without a request.
    ///
    /// - Parameter credentialSchemes: The schemes whose keys may be declared as parameters too.
    public init(_ operation: Operation, credentialSchemes: [SecurityScheme] = []) {
        self.operation = operation
        parameters = operation.parameters.filter { !$0.isIgnored && !$0.isCredential(of: credentialSchemes) }
            .map { ParameterRules($0, besides: operation.queryNames(besides: $0)) }
    }

    /// What a request for this operation breaks of the contract; nothing for one that follows it.
    ///
    /// - Parameters:
    ///   - request: What was sent.
    ///   - pathValues: The texts that stand for the expressions of the path template, percent-encoded.
    ///   - document: The body as JSON, where somebody has read it already.
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

/// What is known of one parameter before there is a request.
private final class ParameterRules: Sendable {
    private let parameter: Parameter
    private let others: [String]
    /// Whether a request without the parameter breaks nothing.
    private let mayBeAbsent: Bool
    /// Whether any text without escapes and blanks at its ends is right.
    private let takesAnyText: Bool

    init(_ parameter: Parameter, besides others: [String]) {
        self.parameter = parameter
        self.others = others
        let nothing = WireRequest(method: "", path: "")
        mayBeAbsent = parameter.issues(in: nothing, pathValues: [], besides: others).isEmpty
        let isPlain = parameter.style == .simple && parameter.content == nil
        takesAnyText =
            isPlain && parameter.schema?.view?.kinds == [.string]
            && (try? parameter.schema?.compiled().acceptsEveryString) == true
    }

    func isPlainlyRight(in request: WireRequest, _ pathValues: [(name: String, text: String)]) -> Bool {
        switch parameter.place {
        case .path:
            guard takesAnyText, let value = pathValues.first(where: { $0.name.utf8.elementsEqual(parameter.name.utf8) })
            else { return false }
            return !value.text.utf8.contains(UInt8(ascii: "%"))
        case .header:
            guard let index = request.headers.firstIndex(where: { equalIgnoringCase($0.name, parameter.name) })
            else { return mayBeAbsent }
            guard takesAnyText else { return false }
            return !request.headers[(index + 1)...].contains { equalIgnoringCase($0.name, parameter.name) }
        case .query, .querystring: return mayBeAbsent && request.query == nil
        case .cookie: return mayBeAbsent && !request.headers.contains { equalIgnoringCase($0.name, "cookie") }
        }
    }

    func issues(in request: WireRequest, _ pathValues: [(name: String, text: String)]) -> [RequestIssue] {
        parameter.issues(in: request, pathValues: pathValues, besides: others)
    }
}
