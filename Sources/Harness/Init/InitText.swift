public import Reporting

/// What `assay init` did, as text for people.
public struct InitText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    public init(style: TextStyle) {
        self.style = style
    }

    /// The files, what was left out, and what to do next.
    public func render(_ result: InitResult) -> String {
        var lines = style.columns(
            result.files.filter { $0.scenarios > 0 || !$0.isBody }.map { file in
                [
                    file.isWritten ? Cell("written", .good) : Cell("kept", .warning), Cell(file.path, .strong),
                    Cell(file.isWritten ? file.content : "was there already"),
                ]
            })
        let bodies = result.files.filter { $0.isBody && $0.isWritten }.count
        if bodies > 0 {
            lines += style.columns([
                [Cell("written", .good), Cell("scenarios/bodies/", .strong), Cell("\(bodies) files")]
            ])
        }
        if !result.leftOut.isEmpty {
            lines += ["", "Left out, since the document does not say enough:"]
            lines += leftOut(result)
        }
        let folder = result.output == "." ? "" : "cd \(visibleText(result.output)) && "
        lines += ["", "Next: \(style.paint("\(folder)assay run", .strong)), then edit the tables."]
        return lines.joined(separator: "\n") + "\n"
    }

    /// One line for each reason, with the operations that it holds for.
    private func leftOut(_ result: InitResult) -> [String] {
        var groups: [(what: String, why: String, operations: [String])] = []
        for entry in result.leftOut {
            if let index = groups.firstIndex(where: { $0.what == entry.what && $0.why == entry.why }) {
                groups[index].operations.append(entry.operation)
            } else {
                groups.append((entry.what, entry.why, [entry.operation]))
            }
        }
        return groups.flatMap { group in
            let shown = group.operations.prefix(4).joined(separator: ", ")
            let more = group.operations.count > 4 ? " and \(group.operations.count - 4) more" : ""
            return [
                "  \(visibleText(group.what)) of \(visibleText(shown))\(more)",
                style.paint("      \(visibleText(group.why))", .faint),
            ]
        }
    }
}

extension InitResult.File {
    fileprivate var isBody: Bool { path.utf8.starts(with: "scenarios/bodies/".utf8) }

    fileprivate var content: String {
        guard scenarios > 0 else { return "" }
        return "\(scenarios) scenario\(scenarios == 1 ? "" : "s"), \(steps) step\(steps == 1 ? "" : "s")"
    }
}
