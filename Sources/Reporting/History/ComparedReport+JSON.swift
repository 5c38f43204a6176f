package import JSONDocument

extension ComparedReport {
    /// The report at a path; `nil` if the value is not a report of a run.
    package init?(path: String, _ value: JSONValue) {
        guard value["schema"]?.string == "assay/1", let scenarios = value["scenarios"]?.elements,
            let groups = value["groups"]?.elements
        else { return nil }
        self.path = path
        startedAt = value["startedAt"]?.string ?? ""
        target = value["target"]?.string ?? ""
        steps = []
        for scenario in scenarios {
            guard let name = scenario["name"]?.string, let listed = scenario["steps"]?.elements else { return nil }
            for step in listed {
                guard let own = step["name"]?.string, let outcome = step["outcome"]?.string else { return nil }
                let errors = (step["findings"]?.elements ?? []).filter { $0["severity"]?.string == "error" }
                steps.append(
                    Step(
                        name: RunTrend.StepName(scenario: name, step: own), outcome: outcome,
                        errors: errors.map { Self.words([$0["rule"], $0["at"]]) }))
            }
        }
        causes = groups.filter { $0["severity"]?.string == "error" }.compactMap { group in
            guard let fingerprint = group["fingerprint"]?.string else { return nil }
            return Cause(
                fingerprint: fingerprint, rule: group["rule"]?.string ?? "",
                place: Self.words([group["operation"], group["at"]]), message: group["message"]?.string ?? "")
        }
    }

    private static func words(_ values: [JSONValue?]) -> String {
        values.compactMap { $0?.string }.filter { !$0.isEmpty }.joined(separator: " ")
    }
}
