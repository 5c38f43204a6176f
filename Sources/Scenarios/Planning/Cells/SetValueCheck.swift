import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Checks whether the value of a `set` item is allowed at its place. Returns whether it is.
struct SetValueCheck: PlanningStage {
    let item: ResolvedItem
    let row: CalledRow
    var diagnostics: [Diagnostic] = []

    mutating func run() -> Bool {
        if let problem = Self.unsendable(item, constant) {
            report(problem)
            return false
        }
        if item.view?.kinds == nil, case .text(let template)? = value, !template.keepsType { noteUntyped(template) }
        guard !row.isInvalid, let view = item.view else { return true }
        switch typedConstant(view) {
        case .open: return true
        case .mismatch(let mismatch):
            report(mismatch.diagnostic)
            return false
        case .value(let value):
            guard let problem = SchemaViolation(of: value, view, in: row.contract, direction: .request) else {
                return true
            }
            report(
                item.placed.diagnostic(
                    "table.value", "'\(item.placed.path)'\(problem.message)", part: .value, help: problem.help,
                    related: [.init("the schema", at: problem.location)]))
            return false
        }
    }

    private var value: ItemValue? { item.placed.parsed.value }

    /// The text of the value, if it is known before a run.
    private var constant: String? {
        switch value {
        case .text(let template), .quoted(let template): template.constantText
        case .json(.string(let text)) where text.utf8.isEmpty: text
        default: nil
        }
    }

    /// Why a text cannot be sent at its place, not even in an invalid row; `nil` if it can.
    static func unsendable(_ item: ResolvedItem, _ text: String?) -> Diagnostic? {
        guard let text else { return nil }
        switch item.path.root {
        case .header(let name), .partHeader(_, let name):
            return FieldRules.problem(value: text).map { problem in
                item.placed.diagnostic(
                    "table.header-value", "the value of the header '\(visibleText(name))' \(problem)", part: .value,
                    help: "such a request cannot be sent as HTTP, even in an invalid row")
            }
        case .path(let name) where text.utf8.isEmpty:
            return item.placed.diagnostic(
                "table.path-parameter", "the path parameter '\(name)' is empty, which results in another path",
                help: "call an undeclared path in an invalid row instead")
        default: return nil
        }
    }

    /// Reports untyped text in a body, which becomes a string. (A parameter is always sent as text.)
    private mutating func noteUntyped(_ template: Template) {
        guard case .body = item.path.root else { return }
        let text = template.constantText.map { ":=\($0)" } ?? ":=…"
        let path = item.placed.path
        report(
            item.placed.diagnostic(
                "table.untyped", .note,
                "the contract does not declare the type of '\(path)': the text is sent as a string",
                part: .value,
                help: "write \(path)\(visibleText(beginning(of: text))) for another JSON value"))
    }

    private enum TypedConstant {
        case value(JSONValue)
        case mismatch(TypeMismatch)
        /// The value is known only at run time.
        case open
    }

    private func typedConstant(_ view: SchemaView) -> TypedConstant {
        let text: String
        let isQuoted: Bool
        switch value {
        case .json(let value): return .value(value)
        case .text(let template):
            guard let constant = template.constantText else { return .open }
            (text, isQuoted) = (constant, false)
        case .quoted(let template):
            guard let constant = template.constantText else { return .open }
            (text, isQuoted) = (constant, true)
        default: return .open
        }
        switch CellTyper.value(text, quoted: isQuoted, for: view) {
        case .value(let value), .untyped(let value): return .value(value)
        case .mismatch(let message, _):
            return .mismatch(
                TypeMismatch(item: item.placed, path: item.placed.path, text: text, view: view, message: message))
        }
    }
}
