import Diagnostics
import Primitives

/// A dry run as text for people.
package struct DryRunText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The requests in order, one a line, and a count at the end.
    package func render(_ run: DryRun) -> String {
        var text = ""
        for scenario in run.scenarios {
            let table = scenario.location.file
            text += style.paint(visibleText(scenario.id), .strong) + "  "
            text += style.paint("\(visibleText(table)):\(scenario.location.line)", .faint) + "\n"
            let rows = scenario.steps.map { row($0, in: table, below: run.baseURL) }
            text += style.columns(rows).map { $0 + "\n" }.joined() + "\n"
        }
        return text + "\(plural(run.requests, "request")) below \(visibleText(run.baseURL)); nothing was sent\n"
            + "  seed  \(visibleText(run.seed))\n"
    }

    private func row(_ step: PreviewedStep, in table: String, below baseURL: String) -> [Cell] {
        let start = [Cell(step.location.place(in: table), .faint), Cell(step.name, .strong)]
        switch step.action {
        case .skip(let reason): return start + [Cell("skipped", .warning), Cell(reason, .warning)]
        case .wait(let duration): return start + [Cell("wait"), Cell("\(duration)")]
        case .delivery(let name): return start + [Cell("await"), Cell(name)]
        case .send(let method, let url, _, let body):
            let path =
                url.utf8.starts(with: baseURL.utf8)
                ? String(decoding: url.utf8.dropFirst(baseURL.utf8.count), as: UTF8.self) : url
            return start + [Cell(method), Cell(path), Cell(body ?? "", .faint)]
        }
    }
}
