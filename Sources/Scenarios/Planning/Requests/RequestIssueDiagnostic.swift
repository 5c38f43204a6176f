import Diagnostics
import JSONDocument
import OpenAPI
import Primitives

/// Turns an issue of a request into a diagnostic at the cell or the body file that caused it.
struct RequestIssueDiagnostic {
    let row: ResolvedRow
    let bodyFiles: BodyFiles

    /// The issue at the item that caused it, otherwise at the body, otherwise at the call.
    func callAsFunction(_ issue: RequestIssue) -> Diagnostic {
        let draft = row.called.draft
        let message = "'\(issue.place)'\(afterPlace(issue.message))"
        let related = [Diagnostic.Related("the contract", at: issue.location)]
        var help = "add `invalid` to `opts` if the request must violate the contract"
        if case .body(let pointer) = issue.place, issue.keyword == "required" {
            let isWhole = pointer.tokens.isEmpty && draft[.body] == nil && row.request.set.isEmpty
            help =
                (isWhole ? "name a JSON file in `body`" : "set the member, or put it into the body file")
                + "; or \(help)"
        } else if case .partHeader(_, let name) = issue.place, issue.keyword == "required" {
            help = "write \(issue.place)=… in `set`, for the header '\(visibleText(name))' of the part; or \(help)"
        } else if let inFile = inBodyFile(issue, message) {
            return inFile
        }
        if let item = row.item(for: issue.place) {
            return item.placed.diagnostic("table.request", message, part: .value, help: help, related: related)
        }
        let column: ColumnName = if case .body = issue.place, draft[.body] != nil { .body } else { .call }
        var diagnostic = draft.diagnostic("table.request", message, column: column, help: help)
        diagnostic.related = related
        return diagnostic
    }

    /// The issue at the value in the body file, if the value is sent as it is in the file.
    private func inBodyFile(_ issue: RequestIssue, _ message: String) -> Diagnostic? {
        guard case .body(let pointer) = issue.place, case .template(_, let location) = row.request.body,
            row.item(for: issue.place) == nil, let cell = row.called[.body],
            let node = bodyFiles[location.file]?.document.root.node(at: pointer)
        else { return nil }
        return Diagnostic(
            "table.request", .error, message,
            at: SourceLocation(file: location.file, line: node.position.line, column: node.position.column),
            place: pointer.description,
            help: "fix the file; or add `invalid` to `opts` if the request must violate the contract",
            related: [
                .init("the row sends the file here", at: cell.location(cell.leadingBlanks)),
                .init("the contract", at: issue.location),
            ])
    }
}

extension ResolvedRow {
    /// The last item that set a place, or a part that contains it.
    func item(for place: RequestIssue.Place) -> ResolvedItem? {
        func last(_ path: ItemPath) -> ResolvedItem? { request.set.last { ItemPath($0.path.root) == path } }
        switch place {
        case .path(let name): return last(ItemPath(.path(name)))
        case .query(let name): return last(ItemPath(.query(name)))
        case .header(let name): return last(ItemPath(.header(name)))
        case .cookie(let name): return last(ItemPath(.cookie(name)))
        case .mediaType: return last(ItemPath(.header("content-type")))
        case .partHeader: return request.set.last { $0.path.isPlace(place) }
        case .method: return nil
        case .body(let pointer):
            return request.set.last { item in
                guard case .body = item.path.root else { return false }
                return item.path.pointer.isPrefix(of: pointer)
            }
        }
    }
}
