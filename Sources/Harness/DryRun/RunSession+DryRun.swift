import Diagnostics
import Exchanges
package import Reporting
import Scenarios

extension RunSession {
    /// Plans the requests of the run without sending them.
    ///
    /// - Throws: `HarnessError` (exit 2) when there is nothing to send; the run itself fails in the same way.
    package func dryRun() throws(HarnessError) -> DryRun {
        let run = DryRun(
            scenarios: planned.plan.scenarios.map { scenario in
                let preview = ScenarioPreview(scenario, planned)
                return PreviewedScenario(
                    id: scenario.id, location: SourceLocation(file: scenario.file, line: scenario.line, column: 1),
                    steps: preview.entries.map { entry in
                        PreviewedStep(
                            name: entry.step.name, location: entry.step.location, action: preview.action(entry))
                    })
            }, seed: planned.seed, target: planned.targetName,
            baseURL: planned.target.labelled(planned.redactor.redact(planned.shownBaseURL)),
            diagnostics: planned.diagnostics)
        guard run.requests > 0 else {
            throw .wrongInput(
                "usage.nothing-selected", "nothing would be sent: every step is skipped",
                help: "choose another --target; `assay list` shows the reasons")
        }
        return run
    }
}

extension ScenarioPreview {
    fileprivate func action(_ entry: Entry) -> PreviewedStep.Action {
        switch entry.content {
        case .wait(let duration): return .wait(duration)
        case .delivery(let name): return .delivery(name)
        case .skipped(let reason), .impossible(let reason): return .skip(reason)
        case .request(let built, _):
            let message = built.message
            return .send(
                method: message.method, url: shown(message.url),
                headers: message.headers.map { (shown($0.name), shown($0.value)) },
                body: message.body.map { shown(String(decoding: $0, as: UTF8.self)) })
        }
    }
}
