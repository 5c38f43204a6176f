import Diagnostics
import JSONDocument
import JSONSchema

extension BodyDeviations {
    /// One deviation in the words of a finding.
    struct Entry {
        var rule: Rule
        var id: String?
        var message: String
        var pointer: JSONPointer
        var location: SourceLocation?
        var expected: String?
        var actual: String?
        var details: [String] = []
        /// The keywords that were violated, and where.
        var traces: [Trace] = []
    }

    /// A keyword that a value violates, for comparing responses with the document's examples.
    struct Trace: Hashable {
        /// The keyword; `undeclared` for members that nothing declares.
        var keyword: String
        /// Where the keyword is.
        var location: SourceLocation?
        /// The place of the value; elements of lists have no index.
        var place: [String]

        init(_ keyword: String, _ location: SourceLocation?, _ pointer: JSONPointer) {
            self.keyword = keyword
            self.location = location
            place = pointer.tokens.map { Int($0) == nil ? $0 : "*" }
        }
    }

    /// The traces of all deviations.
    var traces: [Trace] { entries.flatMap(\.traces) }

    /// Every deviation: those from keywords in the order of the document, then members that nothing declares.
    var entries: [Entry] {
        wrapped.map(entry) + hollow.map(entry) + issues.map(entry) + remarks.map(remark) + undeclared.map(entry)
    }

    private func entry(_ wrapped: Wrapped) -> Entry {
        Entry(
            rule: .bodyWrapped,
            message: "is wrapped: the undeclared member \"\(shown(wrapped.member))\" contains the expected object",
            pointer: wrapped.pointer,
            expected: "the object itself",
            actual: "an object with the only member \"\(shown(wrapped.member))\""
        )
    }

    private func entry(_ hollow: Hollow) -> Entry {
        let missing = hollow.missing.prefix(8).map { "\"\(shown($0))\"" }.joined(separator: ", ")
        let present = hollow.present.prefix(8).map { "\"\(shown($0))\"" }.joined(separator: ", ")
        return Entry(
            rule: .bodyKeyword,
            id: "body.required",
            message: "lacks all of its required members, \(missing)",
            pointer: hollow.issue.pointer,
            location: hollow.issue.location,
            expected: "members \(missing)",
            actual: present.isEmpty ? "an empty object" : "only members that are not declared: \(present)",
            traces: hollow.missing.map {
                Trace("required", hollow.issue.location, hollow.issue.pointer.appending($0))
            }
        )
    }

    private func entry(_ issue: SchemaIssue) -> Entry {
        Entry(
            rule: issue.kind == .undecided ? .bodyUndecided : .bodyKeyword,
            id: issue.kind == .undecided ? nil : "body.\(issue.keyword)",
            message: issue.message,
            pointer: issue.place,
            location: issue.location,
            expected: issue.expected,
            actual: issue.actual,
            details: issue.branchDetails,
            traces: issue.kind == .undecided ? [] : [Trace(issue.keyword, issue.location, issue.place)]
        )
    }

    private func remark(_ issue: SchemaIssue) -> Entry {
        var entry = entry(issue)
        entry.rule = .bodyDiscriminator
        entry.id = nil
        return entry
    }

    private func entry(_ pointer: JSONPointer) -> Entry {
        Entry(
            rule: .bodyUndeclared, message: "the contract does not declare this member", pointer: pointer,
            traces: [Trace("undeclared", nil, pointer)])
    }
}
