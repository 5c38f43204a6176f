import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

extension PlanBuilder {
    /// Whether a `set` item's value is allowed at its place; a mistake is reported.
    mutating func checkValue(_ resolved: ResolvedItem, _ draft: RowDraft) -> Bool {
        let item = resolved.placed
        if case .path(let name) = resolved.path.root, isEmptyText(item.parsed.value) {
            report(emptyPathProblem(item, name))
            return false
        }
        if case .header(let name) = resolved.path.root, let problem = fieldProblem(item.parsed.value) {
            report(headerProblem(item, name, problem))
            return false
        }
        if resolved.view?.kinds == nil, case .text(let template)? = item.parsed.value, !template.keepsType {
            noteUntyped(resolved, template)
        }
        guard !draft.options.step.isInvalid, let view = resolved.view else { return true }
        guard let value = constantValue(item, view) else { return false }
        guard let value, let problem = violation(of: value, view, direction: .request) else { return true }
        report(
            item.diagnostic(
                "table.value", "'\(item.path)'\(problem.message)", part: .value, help: problem.help,
                related: [.init("the schema", at: problem.location)]))
        return false
    }

    func emptyPathProblem(_ item: PlacedItem, _ name: String) -> Diagnostic {
        item.diagnostic(
            "table.path-parameter", "the path parameter '\(name)' is empty, which results in another path",
            help: "call an undeclared path in an invalid row instead")
    }

    func headerProblem(_ item: PlacedItem, _ name: String, _ problem: String) -> Diagnostic {
        item.diagnostic(
            "table.header-value", "the value of the header '\(visibleText(name))' \(problem)", part: .value,
            help: "such a request cannot be sent as HTTP, even in an invalid row")
    }

    /// Reports untyped text in a body, which becomes a string. (A parameter is always sent as text.)
    private mutating func noteUntyped(_ resolved: ResolvedItem, _ template: Template) {
        guard case .body = resolved.path.root, currentContract != nil else { return }
        let text = template.constantText.map { ":=\($0)" } ?? ":=…"
        report(
            resolved.placed.diagnostic(
                "table.untyped", .note,
                "the contract does not declare the type of '\(resolved.placed.path)': the text is sent as a string",
                part: .value,
                help: "write \(resolved.placed.path)\(visibleText(cut(text))) for another JSON value"))
    }

    /// Why a constant cannot be sent as a header's value.
    private func fieldProblem(_ value: ItemValue?) -> String? {
        switch value {
        case .text(let template), .quoted(let template): template.constantText.flatMap { FieldRules.problem(value: $0) }
        default: nil
        }
    }

    private func isEmptyText(_ value: ItemValue?) -> Bool {
        switch value {
        case .text(let template), .quoted(let template): template.constantText?.utf8.isEmpty ?? false
        case .json(.string(let text)): text.utf8.isEmpty
        default: false
        }
    }

    /// An item's value typed by the schema: `.some(nil)` if it is known only at run time, `nil` after a diagnostic.
    mutating func constantValue(_ item: PlacedItem, _ view: SchemaView) -> JSONValue?? {
        let text: String
        let isQuoted: Bool
        switch item.parsed.value {
        case .json(let value): return .some(.some(value))
        case .text(let template):
            guard let constant = template.constantText else { return .some(.none) }
            (text, isQuoted) = (constant, false)
        case .quoted(let template):
            guard let constant = template.constantText else { return .some(.none) }
            (text, isQuoted) = (constant, true)
        default: return .some(.none)
        }
        switch CellTyper.value(text, quoted: isQuoted, for: view) {
        case .value(let value), .untyped(let value): return .some(.some(value))
        case .mismatch(let message, _):
            report(
                item.diagnostic(
                    "table.value", "'\(item.path)': '\(visibleText(cut(text)))' \(message)", part: .value,
                    help: damage(text, view)
                        ?? "add `invalid` to `opts` if the request must violate the contract",
                    related: [.init("the schema", at: view.location)]))
            return nil
        }
    }

    /// Why the schema rejects a value; `nil` if it accepts it.
    func violation(
        of value: JSONValue, _ view: SchemaView, direction: ValidationOptions.Direction
    ) -> (message: String, help: String?, location: SourceLocation)? {
        guard let compiled = try? currentContract?.schemas.compiled(view.place) else { return nil }
        let result = compiled.validate(JSONDocument(value).root, ValidationOptions(direction: direction))
        guard result.outcome == .invalid, let issue = result.issues.first(where: { $0.kind == .violation }) else {
            return nil
        }
        let text = value.string ?? value.text
        var help: String?
        if issue.keyword == "enum" || issue.keyword == "const" {
            let names = view.enumeration.map { $0.string ?? $0.spelling }
            help = nearestName(to: text, among: names).map { "did you mean `\($0)`?" }
        }
        let inside = issue.pointer.tokens.isEmpty ? "" : ", at '\(issue.pointer)',"
        return (inside + afterPlace(issue.message), help, issue.location)
    }

    /// A message after the place that it is about: "is …" continues the sentence, "0 is …" starts a new one.
    func afterPlace(_ message: String) -> String {
        let goesOn = message.unicodeScalars.first.map { ("a"..."z").contains($0) } ?? false
        return goesOn ? " \(message)" : ": \(message)"
    }

    /// A suggestion for a value that contains a second item, or that a spreadsheet seems to have changed.
    func damage(_ text: String, _ view: SchemaView) -> String? {
        guard let kinds = view.kinds else { return nil }
        let bytes = Array(text.utf8)
        if let match = text.firstMatch(of: /, *([A-Za-z][A-Za-z0-9_.]*=)/) {
            return "separate items with ';', not with ',': … ; \(match.1)…"
        }
        if kinds.contains(.number), bytes.count(where: { $0 == 0x2C }) == 1 {
            let point = String(decoding: bytes.map { $0 == 0x2C ? 0x2E : $0 }, as: UTF8.self)
            if JSONNumber(point) != nil { return "write \(point): a spreadsheet may have inserted the comma" }
        }
        if kinds.contains(.boolean), ["true", "false"].contains(text.lowercasedASCII) {
            return "write \(text.lowercasedASCII): a spreadsheet may have changed it to upper case"
        }
        return nil
    }

    func cut(_ text: String) -> String {
        let scalars = text.unicodeScalars
        return scalars.count > 60 ? String(String.UnicodeScalarView(scalars.prefix(59))) + "…" : text
    }
}
