import Drafting
import Primitives
import Project

/// The result of `assay init` as text for people.
package struct InitText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The files, the operations without rows, and the next steps.
    package func render(_ result: InitResult) -> String {
        var lines = style.columns(files(result))
        if !result.leftOut.isEmpty { lines += ["", "Left out:"] + leftOut(result) }
        if !result.placeholders.isEmpty {
            let shown = result.placeholders.prefix(6).joined(separator: ", ")
            let more = result.placeholders.count > 6 ? " and \(result.placeholders.count - 6) more" : ""
            lines += [
                "", "Values to replace before a run against a real server, under `vars` in \(result.configuration):",
                "  \(visibleText(shown))\(more)",
            ]
        }
        lines += ["", "Next:"] + style.columns(steps(result))
        return lines.joined(separator: "\n") + "\n"
    }

    /// A row for each file, and one for all bodies.
    private func files(_ result: InitResult) -> [[Cell]] {
        func mark(_ isWritten: Bool) -> Cell { isWritten ? Cell("written", .good) : Cell("kept", .warning) }
        var rows = result.files.filter { !$0.isBody }.map { file in
            [mark(file.isWritten), Cell(file.path, .strong), Cell(file.isWritten ? file.content : "already existed")]
        }
        let bodies = result.files.filter(\.isBody)
        if !bodies.isEmpty {
            let written = bodies.count(where: \.isWritten)
            let kept = bodies.count - written
            let counts = [written > 0 ? plural(written, "file") : "", kept > 0 ? "\(kept) already existed" : ""]
            rows.append([
                mark(written > 0), Cell("scenarios/bodies/", .strong),
                Cell(counts.filter { !$0.isEmpty }.joined(separator: ", ")),
            ])
        }
        return rows
    }

    /// The next steps with a new project, in order.
    private func steps(_ result: InitResult) -> [[Cell]] {
        var rows: [[Cell]] = []
        func add(_ command: String, _ use: String) { rows.append([Cell(command, .strong, limit: .max), Cell(use)]) }
        if result.output != "." { add("cd \(visibleText(result.output))", "") }
        let tables = result.files.filter { file in
            file.path.utf8.starts(with: "scenarios/".utf8) && file.path.utf8.suffix(4).elementsEqual(".csv".utf8)
        }
        guard !tables.isEmpty else {
            add("assay lint", "lists the mistakes in the document")
            return rows
        }
        add("assay run", "runs every row against the built-in mock")
        if let table = tables.first(where: { $0.scenarios > 0 })?.path {
            add("assay explain \(table):2", "shows the request of one row and where its values come from")
        }
        // One line each: a cut list would hide what is missing.
        for name in result.variables { add("export \(name)=…", "a credential of the server; the mock needs none") }
        if let target = result.servers.first(where: { !$0.isProduction }) {
            add("assay run --target \(target.name)", "does the same with a server")
        } else if let target = result.servers.first {
            add("assay run --target \(target.name)", "sends only reading requests to the server")
        } else {
            add("assay run --base-url URL", "does the same with a server")
        }
        return rows
    }

    /// One line for each reason, with the operations that it applies to.
    private func leftOut(_ result: InitResult) -> [String] {
        var groups: [(first: InitResult.LeftOut, operations: [String])] = []
        for entry in result.leftOut {
            if let index = groups.firstIndex(where: { $0.first.what == entry.what && $0.first.why == entry.why }) {
                groups[index].operations.append(entry.operation)
            } else {
                groups.append((entry, [entry.operation]))
            }
        }
        return groups.flatMap { group in
            let shown = group.operations.prefix(4).joined(separator: ", ")
            let more = group.operations.count > 4 ? " and \(group.operations.count - 4) more" : ""
            let part = group.first.isWhole ? "" : "\(visibleText(group.first.what)) of "
            return [
                "  \(part)\(visibleText(shown))\(more)",
                style.paint("      \(visibleText(group.first.why))", .faint),
            ]
        }
    }
}

extension InitResult.File {
    fileprivate var isBody: Bool { path.utf8.starts(with: "scenarios/bodies/".utf8) }

    fileprivate var content: String {
        scenarios > 0 ? "\(plural(scenarios, "scenario")), \(plural(steps, "step"))" : ""
    }
}
