import Diagnostics
import JSONDocument
import Scenarios

extension Workspace {
    /// Selects the scenarios of `plan` by `choice`, or the part of them that a shard runs.
    ///
    /// - Throws: `HarnessError` (exit 2) when nothing is selected; an empty shard is allowed.
    func selected(
        of plan: Plan, _ choice: TableChoice, shard: Shard?, durations: [String: Duration]
    ) throws(HarnessError) -> Plan {
        guard !plan.scenarios.isEmpty else {
            throw noScenario(in: choice.tables.isEmpty ? configuredTables : choice.tables)
        }
        let named = try selectedRows(of: plan, choice.tables)
        var choice = choice
        // A row that a user names is run, although another scenario says `only`.
        choice.ignoresOnly = choice.ignoresOnly || named.scenarios.count < plan.scenarios.count
        var selected = try named.selecting(choice)
        selected.isPartial = selected.isPartial || !choice.tables.isEmpty
        if choice.onlyLastFailed { selected = try selected.keeping(try lastFailed()) }
        selected = shard?.part(of: selected, durations: durations) ?? selected
        return plan.withSessions(of: selected)
    }

    /// Tables with nothing but a header, or with laws only.
    private func noScenario(in tables: [String]) -> HarnessError {
        HarnessError(
            .wrongInput,
            Diagnostics([
                Diagnostic(
                    "usage.nothing-selected", .error,
                    tables.count == 1
                        ? "the table '\(tables[0])' has no scenario"
                        : "none of the \(tables.count) tables has a scenario",
                    at: tables.first.map { SourceLocation(file: $0, line: 1, column: 1) },
                    help: "add a row with a scenario, a step and a call below the header")
            ]))
    }

    /// The ids of the scenarios that did not pass in the last run.
    ///
    /// - Throws: `HarnessError` (exit 2) if no report exists, or every scenario passed.
    func lastFailed() throws(HarnessError) -> Set<String> {
        // If the last run failed before it had a report, the run before it counts.
        let latest = "\(ReportFiles.latest)/report.json"
        let path =
            FileSystem.exists(latest, in: root) ? latest : "\(ReportFiles.previous)/report.json"
        let help = "run once without --last-failed"
        guard case .success(let bytes) = FileSystem.read(FileSystem.joined(root, path), limit: 1 << 28) else {
            throw .wrongInput("usage.last-failed", "no report of an earlier run found at \(latest)", help: help)
        }
        guard let report = try? JSONDocument(parsing: bytes).root, report["scenarios"]?.kind == .array else {
            throw .wrongInput("usage.last-failed", "'\(path)' is not the report of a run", help: help)
        }
        let failed = (report["scenarios"]?.elements.map { $0 } ?? []).filter { scenario in
            ["failed", "notRun"].contains(scenario["outcome"]?.string)
        }
        guard !failed.isEmpty else {
            throw .wrongInput(
                "usage.last-failed", "every scenario of the last run passed", help: "remove --last-failed")
        }
        return Set(failed.compactMap { $0["name"]?.string })
    }
}

extension Plan {
    /// The scenarios of `selected`, a part of this plan, and the session scenarios that they use.
    func withSessions(of selected: Plan) -> Plan {
        guard selected.scenarios.asWritten.contains(where: { !$0.sessions.isEmpty }) else { return selected }
        let ids = Set(selected.scenarios.map(\.id))
        guard selected.scenarios.contains(where: { !$0.sessions.allSatisfy { ids.contains($0.id) } }) else {
            return selected
        }
        var result = withSessions(of: ids)
        result.isPartial = selected.isPartial
        return result
    }

    /// The plan with the scenarios of these identities, in its order.
    ///
    /// - Throws: `HarnessError` (exit 2) when the plan contains none of them.
    func keeping(_ names: Set<String>) throws(HarnessError) -> Plan {
        var plan = self
        plan.scenarios.removeAll { !names.contains($0.id) }
        plan.isPartial = isPartial || plan.scenarios.count < scenarios.count
        guard !plan.scenarios.isEmpty else {
            throw .wrongInput(
                "usage.nothing-selected", "none of the failed scenarios is selected",
                help: "change --grep, --tags or the tables")
        }
        return plan
    }
}
