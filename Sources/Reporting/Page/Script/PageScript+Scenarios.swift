extension PageScript {
    /// Scenarios as timelines of their steps.
    static let scenarios = #"""
        // The bars of a scenario's steps on its own time axis.
        function timeSpan(scenario) {
          const timed = scenario.steps.filter((step) => step.start !== undefined);
          const start = Math.min(...timed.slice(0, 5000).map((step) => step.start));
          const end = timed.slice(0, 5000).reduce((last, step) => Math.max(last, step.start + step.ms), start +
          0.1);
          return { start, length: end - start };
        }

        function bar(step, span) {
          if (step.start === undefined) return h("span", { class: "bar" });
          const x = Math.max(0, Math.min(99.5, (step.start - span.start) / span.length * 100));
          const width = Math.max(0.5, Math.min(100 - x, step.ms / span.length * 100));
          return svg("svg", { class: "bar", "aria-hidden": "true", preserveAspectRatio: "none",
            viewBox: "0 0 100 8" },
            svg("rect", { class: "track", x: 0, y: 3.5, width: 100, height: 1 }),
            svg("rect", { class: step.outcome, x, y: 0, width, height: 8 }));
        }

        function stepHead(step, span) {
          const status = step.status ?? (step.exchanges?.length ? "no response" : "");
          return [
            mark(step.outcome),
            h("span", { class: "title" }, h("span", null, h("strong", null, step.name), " ", code(step.call,
                  "quiet"),
                step.flaky ? h("span", { class: "tag" }, "flaky") : null,
                step.attempts > 1 ? h("span", { class: "tag" }, count(step.attempts, "attempt")) : null),
              step.reason ? h("span", { class: "meta" }, step.reason) : null),
            h("span", { class: "status" }, status), bar(step, span), h("span", { class: "tally" }, duration(step
              .ms)),
          ];
        }

        function stepView(step) {
          const findings = (step.findings ?? []).map(complete);
          const file = step.file ?? step.of.file;
          return h("div", null,
            h("p", { class: "meta" }, code(`${file}:${step.line}`), step.contract ? ` · ${step.contract}` : null,
              step.note ? ` · ${step.note}` : null,
              " · ", h("a", { href: linkTo(step) }, "Link to this step")),
            findings.map((finding) => h("div", { class: `entry ${finding.severity}` },
              h("h4", null, h("span", null, `${finding.severity}: `), code(finding.rule, "rule"), " ", finding
                .message),
              findingView(finding))),
            (step.exchanges ?? []).map((exchange, index) => exchangeView(exchange,
              findings.filter((finding) => (finding.exchange ?? exchange.sequence) === exchange.sequence), step,
              index === step.exchanges.length - 1 ? findings.filter((finding) => finding.severity === "error")
              .slice(0, 5).map(sourcesView) : [])));
        }

        // The results of the first steps of a scenario at a glance.
        function strip(scenario) {
          const shown = scenario.steps.slice(0, 24);
          return h("span", { class: "strip", "aria-hidden": "true" },
            shown.map((step) => h("span", { class: step.outcome }, outcomes[step.outcome].sign)),
            scenario.steps.length > shown.length ? "…" : null);
        }

        function scenarioCard({ scenario, steps: matching }) {
          const time = scenario.steps.reduce((sum, step) => sum + (step.ms ?? 0), 0);
          const failed = scenario.steps.filter((step) => step.outcome === "failed").length;
          const head = [
            mark(scenario.outcome),
            h("span", { class: "title" }, h("strong", null, scenario.name),
              h("span", { class: "meta" }, `${scenario.file}:${scenario.line}`,
                failed ? ` · ${failed} of ${count(scenario.steps.length, "step")} failed` :
                ` · ${count(scenario.steps.length, "step")}`)),
            strip(scenario), h("span", { class: "tally" }, duration(Math.round(time * 10) / 10)),
          ];
          const rows = new Map();
          let list;
          const card = disclosure(3, head, () => {
            const span = timeSpan(scenario);
            const fill = (shown) => {
              list = pieces(shown, 100, (step) => {
                const row = disclosure(null, stepHead(step, span), () => stepView(
                step), { class: `disclosure step ${step.outcome}` });
                rows.set(step.name, row);
                return h("li", null, row.element);
              }, { class: "plain", "aria-label": `Steps of ${scenario.name}` });
              list.shown = shown;
              return list.element;
            };
            const box = h("div", null, fill(matching));
            const hidden = scenario.steps.length - matching.length;
            card.showAll = () => { rows.clear();
              box.replaceChildren(fill(scenario.steps)); };
            if (hidden) box.append(h("button", { type: "button", class: "more", click: card.showAll },
              `Show ${count(hidden, "other step")}`));
            return box;
          }, { class: `disclosure card ${scenario.outcome}` });
          card.step = (name) => {
            card.toggle(true);
            if (!list.shown.some((step) => step.name === name)) card.showAll();
            list.reach(list.shown.findIndex((step) => step.name === name));
            return rows.get(name);
          };
          return card;
        }

        const scenarioList = { cards: new Map(), box: h("div"), status: h("p", { role: "status",
          class: "quiet" }) };

        function listScenarios() {
          const { scenarios, total } = found();
          scenarioList.cards.clear();
          const list = pieces(scenarios, 50, (entry) => {
            const card = scenarioCard(entry);
            scenarioList.cards.set(entry.scenario.name, card);
            return h("li", null, card.element);
          }, { class: "plain" });
          scenarioList.reach = (name) => {
            const index = scenarios.findIndex((entry) => entry.scenario.name === name);
            if (index >= 0) list.reach(index);
            return scenarioList.cards.get(name);
          };
          if (scenarios.length === 1) scenarioList.cards.values().next().value.toggle(true);
          scenarioList.box.replaceChildren(list.element);
          scenarioList.status.textContent = isFiltering() ?
            `${count(scenarios.length, "scenario")} with ${count(total, "matching step")}` :
            `${count(scenarios.length, "scenario")}, ${count(total, "step")}`;
        }

        const search = h("input", {
          type: "search",
          id: "search",
          spellcheck: "false",
          placeholder: "Name, operation, rule, status, file",
          "aria-label": "Search scenarios and steps",
          input: () => {
            clearTimeout(search.timer);
            search.timer = setTimeout(() => {
              filter.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
              applyFilter();
            }, 80);
          },
        });
        const outcomeButtons = new Map();

        function applyFilter() {
          for (const [name, button] of outcomeButtons) button.setAttribute("aria-pressed", String(filter.outcomes
            .has(name)));
          const text = query();
          history.replaceState(null, "", text ? `#scenarios?${text}` : location.pathname + location.search +
            "#scenarios");
          listScenarios();
        }

        function toggleOutcome(name) {
          if (!filter.outcomes.delete(name)) filter.outcomes.add(name);
          applyFilter();
        }

        function scenarioSection() {
          const tallies = {};
          for (const scenario of data.scenarios)
            for (const step of scenario.steps) tallies[step.outcome] = (tallies[step.outcome] ?? 0) + 1;
          for (const [name, { sign, word }] of Object.entries(outcomes)) {
            if (!tallies[name]) continue;
            outcomeButtons.set(name, h("button", {
              type: "button",
              class: `toggle ${name}`,
              "aria-pressed": "false",
              click: () => toggleOutcome(name),
            }, h("span", { "aria-hidden": "true" }, sign + " "), `${word} ${tallies[name]}`));
          }
          return h("section", { id: "scenarios", "aria-labelledby": "scenarios-title" },
            h("h2", { id: "scenarios-title" }, "Scenarios"),
            h("div", { class: "filter", role: "search" }, search,
              h("div", { role: "group", "aria-label": "Results of steps", class: "toggles" }, [...outcomeButtons
                .values()
              ])),
            scenarioList.status, data.omitted ? h("p", { class: "quiet" },
              `Not listed: ${count(data.omitted.scenarios, "scenario")} with ${count(data.omitted.steps, "step")} in which nothing was found. The run is too long for a page; the JSON report lists every step.`
              ) : null, scenarioList.box);
        }

        """#
}
