extension PageScript {
    /// The filter of scenarios, and the addresses of the page's parts.
    static let filter = #"""
        // The steps of a scenario, each with its scenario and its position.
        function steps(index) {
          const scenario = data.scenarios[index];
          if (!scenario.isLinked) {
            scenario.index = index;
            scenario.steps.forEach((step, position) => { step.of = scenario;
              step.position = position; });
            scenario.isLinked = true;
          }
          return scenario.steps;
        }

        const groupOf = (finding) => data.groups[finding.group];

        const sharedMembers = ["severity", "message", "rule", "blame", "operation", "at", "kind", "contract",
          "table",
          "expected", "actual", "accepted"
        ];

        // A finding of a step with the members that it shares with the first case of its group.
        function complete(finding) {
          const group = groupOf(finding);
          const own = Object.fromEntries(Object.entries(finding).map(([name, value]) => [name, value ??
          undefined]));
          const common = Object.fromEntries(sharedMembers.map((name) => [name, group[name]]));
          return { ...common, ...own, evidence: finding.isFirst ? group.evidence : finding.evidence };
        }

        const linkTo = (step) => `#step/${encodeURIComponent(step.of.name)}/${encodeURIComponent(step.name)}`;
        const linkToScenario = (scenario) => `#scenario/${encodeURIComponent(scenario.name)}`;

        const filter = { words: [], outcomes: new Set() };

        function haystack(step) {
          if (step.haystack === undefined) {
            const rules = (step.findings ?? []).map((finding) => finding.rule ?? groupOf(finding).rule);
            step.haystack = [step.of.name, step.of.file, step.name, step.call, step.status, step.note, step
              .contract, ...rules,
              step.flaky ? "flaky" : ""
            ].join("\n").toLowerCase();
          }
          return step.haystack;
        }

        const matches = (step) => (!filter.outcomes.size || filter.outcomes.has(step.outcome)) &&
          filter.words.every((word) => haystack(step).includes(word));

        const isFiltering = () => filter.words.length > 0 || filter.outcomes.size > 0;

        // The scenarios with a matching step, in their order; a scenario without steps matches by its outcome.
        function found() {
          const result = [];
          let total = 0;
          data.scenarios.forEach((scenario, index) => {
            const own = steps(index).filter(matches);
            const isEmpty = !scenario.steps.length && !filter.words.length &&
              (!filter.outcomes.size || filter.outcomes.has(scenario.outcome));
            if (!own.length && !isEmpty) return;
            total += own.length;
            result.push({ scenario, steps: own });
          });
          return { scenarios: result, total };
        }

        function readQuery(text) {
          const query = new URLSearchParams(text);
          filter.words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
          filter.outcomes = new Set((query.get("outcome") ?? "").split(",").filter((name) => outcomes[name]));
        }

        function query() {
          const parts = [];
          if (filter.words.length) parts.push(`q=${encodeURIComponent(filter.words.join(" "))}`);
          if (filter.outcomes.size) parts.push(`outcome=${[...filter.outcomes].join(",")}`);
          return parts.join("&");
        }

        """#
}
