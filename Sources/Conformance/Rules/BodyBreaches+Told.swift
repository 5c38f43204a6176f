import Diagnostics
import JSONDocument
import JSONSchema

extension BodyBreaches {
    /// One breach in the words of a finding.
    struct Told {
        var rule: Rule
        var id: String?
        var message: String
        var pointer: JSONPointer
        var location: SourceLocation?
        var expected: String?
        var actual: String?
        var details: [String] = []
        /// What was broken, and where.
        var traces: [BreachTrace] = []
    }

    /// A keyword that a value breaks, by which breaches of responses and of the document's examples are compared.
    struct BreachTrace: Hashable {
        /// The keyword; `undeclared` for members that nothing declares.
        var keyword: String
        /// Where the keyword is.
        var location: SourceLocation?
        /// The place of the value, elements of lists without their index.
        var place: [String]

        init(_ keyword: String, _ location: SourceLocation?, _ pointer: JSONPointer) {
            self.keyword = keyword
            self.location = location
            place = pointer.tokens.map { Int($0) == nil ? $0 : "*" }
        }
    }

    /// The traces of everything that was found.
    var traces: [BreachTrace] { told.flatMap(\.traces) }

    /// Every breach: those of keywords in the order of the document, then members that nothing declares.
    var told: [Told] {
        wrapped.map(told) + hollow.map(told) + issues.map(told) + remarks.map(toldRemark) + undeclared.map(told)
    }

    private func told(_ wrapped: Wrapped) -> Told {
        Told(
            rule: .bodyWrapped,
            message: "is wrapped: the undeclared member \"\(shown(wrapped.member))\" contains the expected object",
            pointer: wrapped.pointer,
            expected: "the object itself",
            actual: "an object with the only member \"\(shown(wrapped.member))\""
        )
    }

    private func told(_ hollow: Hollow) -> Told {
        let missing = hollow.missing.prefix(8).map { "\"\(shown($0))\"" }.joined(separator: ", ")
        let present = hollow.present.prefix(8).map { "\"\(shown($0))\"" }.joined(separator: ", ")
        return Told(
            rule: .bodyKeyword,
            id: "body.required",
            message: "lacks all of its required members, \(missing)",
            pointer: hollow.issue.pointer,
            location: hollow.issue.location,
            expected: "members \(missing)",
            actual: present.isEmpty ? "an empty object" : "only members that are not declared: \(present)",
            traces: hollow.missing.map {
                BreachTrace("required", hollow.issue.location, hollow.issue.pointer.appending($0))
            }
        )
    }

    private func told(_ issue: SchemaIssue) -> Told {
        Told(
            rule: issue.kind == .undecided ? .bodyUndecided : .bodyKeyword,
            id: issue.kind == .undecided ? nil : "body.\(issue.keyword)",
            message: issue.message,
            pointer: issue.place,
            location: issue.location,
            expected: issue.expected,
            actual: issue.actual,
            details: issue.branchDetails,
            traces: issue.kind == .undecided ? [] : [BreachTrace(issue.keyword, issue.location, issue.place)]
        )
    }

    private func toldRemark(_ remark: SchemaIssue) -> Told {
        var told = told(remark)
        told.rule = .bodyDiscriminator
        told.id = nil
        return told
    }

    private func told(_ pointer: JSONPointer) -> Told {
        Told(
            rule: .bodyUndeclared, message: "the contract does not declare this member", pointer: pointer,
            traces: [BreachTrace("undeclared", nil, pointer)])
    }
}
