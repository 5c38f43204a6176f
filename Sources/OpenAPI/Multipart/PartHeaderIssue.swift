public import Diagnostics
public import JSONDocument

/// A header of a part that violates its declaration in the Encoding Object (OpenAPI 3.1.1, section 4.8.15.1).
public struct PartHeaderIssue: Sendable {
    /// The place of the part in the value of the body.
    public let part: JSONPointer
    /// The name of the header, as declared.
    public let name: String
    /// The line of the body where the part starts, from 1.
    public let line: Int
    /// The violation, without the place, as in ``RequestIssue``.
    let issue: RequestIssue

    /// The violation as a clause about the header.
    public var message: String { issue.message }
    /// The requirement of the contract, in short.
    public var expected: String { issue.expected }
    /// The received text, in short.
    public let actual: String
    /// The location of the violated declaration in the contract.
    public var location: SourceLocation { issue.location }
    /// Whether it could not be decided if the header violates its declaration.
    public var isUndecided: Bool { issue.isUndecided }

    /// The same violation of a request.
    var ofRequest: RequestIssue {
        var result = issue
        result.place = .partHeader(part, name)
        return result
    }
}

extension FieldEncoding {
    /// The issues of the headers of a part.
    func headerIssues(of part: MultipartBody.Part, at place: JSONPointer) -> [PartHeaderIssue] {
        headers.flatMap { header in
            let lines = part.headers.filter { header.isNamed($0.name) }.map(\.value)
            return header.issues(of: lines).map { issue in
                PartHeaderIssue(
                    part: place, name: header.name, line: part.line, issue: issue,
                    actual: lines.isEmpty ? "nothing" : lines.joined(separator: ", "))
            }
        }
    }
}

extension Header {
    /// The issues of the values of all lines with this name.
    fileprivate func issues(of lines: [String]) -> [RequestIssue] {
        let place = RequestIssue.Place.header(name)
        guard !lines.isEmpty else {
            guard isRequired else { return [] }
            return [
                RequestIssue(
                    place, "required", "is missing, but the contract requires it", at: location, expected: "a value",
                    actual: "nothing")
            ]
        }
        switch ParameterCodec.parse(headerLines: lines, as: self) {
        case .absent: return []
        case .invalid(let message):
            return [RequestIssue(place, "syntax", message, at: location, expected: "style simple")]
        case .undefined(let reason):
            return [RequestIssue(place, "style", "cannot be judged: \(reason)", at: location, isUndecided: true)]
        case .value(let value):
            return valueSchema?.requestIssues(in: JSONDocument(value).root) { _ in place } ?? []
        }
    }
}
