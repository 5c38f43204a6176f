extension PageScript {
    /// Failures, warnings and notes: one card for each cause.
    static let failures = #"""
        const blames = { document: "the document", table: "the table", transport: "the connection" };

        // The places, the difference and the explanations of a finding.
        function findingView(finding) {
          const evidence = finding.evidence ?? {};
          const facts = [
            ["at fault", blames[finding.blame]],
            ["place", finding.at],
            ["operation", finding.operation],
            ["contract", finding.contract],
            ["table", finding.table],
            ["accepted", finding.accepted],
          ].filter(([, text]) => text);
          return h("div", { class: "finding" },
            h("dl", { class: "facts places" }, facts.map(([name, text]) => h("div", null, h("dt", null, name), h(
              "dd", null, code(text))))),
            comparison(finding),
            evidence.details ? h("ul", { class: "details" }, evidence.details.map((text) => h("li", null,
            text))) : null,
            h("p", { class: "quiet" }, "Meaning of the rule: ", code(`assay explain ${finding.rule}`)));
        }

        // The lines of the contract and the table, to be shown beside a response.
        function sourcesView(finding) {
          const { contractLines, tableLines } = finding.evidence ?? {};
          return [contractLines ? h("div", { role: "group", "aria-label": "Contract" }, h("h4", null, "Contract ",
                code(finding.contract)),
              frameBlock(contractLines, "Lines of the contract")) : null,
            tableLines ? h("div", { role: "group", "aria-label": "Table" }, h("h4", null, "Table ", code(finding
                .table)),
              frameBlock(tableLines, "Row of the table")) : null
          ];
        }

        function stepLink([scenario, step]) {
          const other = steps(scenario)[step];
          return h("a", { href: linkTo(other) }, `${other.of.name} › ${other.name}`);
        }

        function groupView(group) {
          const place = group.steps[0];
          const step = place ? steps(place[0])[place[1]] : undefined;
          const own = step?.findings?.find((finding) => groupOf(finding) === group);
          const exchange = step?.exchanges?.find((exchange) => exchange.messages && (own?.exchange ?? exchange
              .sequence) === exchange.sequence) ??
            step?.exchanges?.at(-1);
          const others = group.steps.slice(1);
          return h("div", null, findingView(group),
            exchange ? exchangeView(exchange, step.findings.map(complete), step, sourcesView(group)) :
            sourcesView(group),
            step ? h("p", null, "First in ", stepLink(place), group.steps.length > 1 ?
              `, and in ${count(others.length, "more step")}:` : ".") : null,
            others.length ? pieces(others, 20, (other) => h("li", null, stepLink(other)), { class: "links" })
            .element : null);
        }

        function groupCard(group) {
          const sign = group.severity === "error" ? "✗" : group.severity === "warning" ? "!" : "i";
          const head = [
            h("span", { class: `mark ${group.severity}` }, h("span", { "aria-hidden": "true" }, sign),
              h("span", { class: "hidden" }, group.severity)),
            h("span", { class: "title" },
              h("span", null, group.number ? h("span", { class: "ordinal" }, `${group.number} `) : null, code(
                  group.rule, "rule"),
                " ", group.message),
              h("span", { class: "meta" }, [group.operation, group.at, group.table ?? group.contract].filter(
                Boolean).join(" · "))),
            h("span", { class: "tally" }, group.steps.length ? count(group.steps.length, "step") : "the run"),
          ];
          return disclosure(3, head, () => groupView(group), { class: `disclosure card ${group.severity}` });
        }

        const cards = new Map();

        function failureSection() {
          const failures = data.groups.filter((group) => group.severity === "error");
          const findings = failures.reduce((sum, group) => sum + group.count, 0);
          if (!failures.length) return null;
          const list = pieces(failures, 50, (group) => {
            const card = groupCard(group);
            cards.set(group.number, card);
            if (failures.length <= 3 || group.number === 1) card.toggle(true);
            return h("li", null, card.element);
          }, { class: "plain" });
          failureSection.reach = (number) => list.reach(number - 1);
          return h("section", { id: "failures", "aria-labelledby": "failures-title" },
            h("h2", { id: "failures-title" }, "Failures",
              h("small", null, `${count(failures.length, "cause")}, ${count(findings, "finding")}`)), list.element
            );
        }

        function lesserSection() {
          const groups = data.groups.filter((group) => group.severity !== "error");
          if (!groups.length) return null;
          const list = pieces(groups, 20, (group) => h("li", null, groupCard(group).element), { class: "plain" });
          const { warnings, notes } = data.summary;
          return h("section", { id: "warnings", "aria-labelledby": "warnings-title" },
            h("h2", { id: "warnings-title" }, "Warnings and notes",
              h("small", null, `${count(warnings, "warning")}, ${count(notes, "note")}`)), list.element);
        }

        """#
}
