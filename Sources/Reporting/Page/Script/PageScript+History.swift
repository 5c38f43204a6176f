extension PageScript {
    /// The trend of the last runs, and the steps whose results changed.
    static let history = #"""
        function trend(runs) {
          const [step, high] = [14, 60];
          const most = Math.max(1, ...runs.map((run) => run.failed + run.passed));
          const bars = runs.map((run, index) => {
            const failed = run.failed / most * high;
            const passed = run.passed / most * high;
            return svg("g", null, svg("title", null,
                `${when(run.startedAt)}: ${run.failed} failed, ${run.passed} passed`),
              svg("rect", { class: "passed", x: index * step, y: high - passed, width: step - 4,
                height: passed }),
              svg("rect", { class: "failed", x: index * step, y: high - passed - failed, width: step - 4,
                height: failed }),
              index === runs.length - 1 ? svg("rect", { class: "this", x: index * step, y: high + 3,
                width: step - 4, height: 3 }) : null);
          });
          return svg("svg", {
            class: "trend",
            role: "img",
            width: runs.length * step,
            height: high + 8,
            viewBox: `0 0 ${runs.length * step} ${high + 8}`,
            "aria-label": `Failed and passed scenarios of the last ${runs.length} runs. The table lists them.`
          }, bars);
        }

        function historySection() {
          const history = data.history;
          if (!history || history.runs.length < 2) return null;
          const link = (entry) => {
            const index = data.scenarios.findIndex((scenario) => scenario.name === entry.scenario);
            const step = index < 0 ? undefined : steps(index).find((other) => other.name === entry.step);
            const name = `${entry.scenario} › ${entry.step}`;
            return step ? h("a", { href: linkTo(step) }, name) : name;
          };
          const list = (title, entries, note) => entries?.length ? [h("h3", null, title, h("small", null, String(
              entries.length))),
            pieces(entries, 20, (entry) => h("li", null, link(entry), note ? h("span", { class: "quiet" },
              ` ${note(entry)}`) : null), { class: "links" }).element
          ] : null;
          return h("section", { id: "history", "aria-labelledby": "history-title" },
            h("h2", { id: "history-title" }, "History", h("small", null,
              `${count(history.runs.length, "run")} against ${data.run.target}`)),
            scrollable("Trend of the last runs", trend(history.runs)),
            list("Newly failing", history.newlyFailing), list("Newly fixed", history.newlyFixed),
            list("Flaky", history.flaky, (entry) =>
              `failed or retried in ${entry.unsteady} of ${entry.runs} runs`),
            list("Slower than before", history.slower, (entry) =>
              `${duration(entry.milliseconds)}, usually ${duration(entry.usual)}`),
            disclosure(3, h("span", { class: "title" }, "All runs"), () => h("table", { class: "plain-table" },
              tableHead(["started", "failed", "passed", "causes", "duration"]),
              h("tbody", null, [...history.runs].reverse().map((run, index) => h("tr", null, h(
                "th", { scope: "row" }, when(run.startedAt) + (index === 0 ? " (this run)" :
                  "")),
                h("td", null, String(run.failed)), h("td", null, String(run.passed)), h("td", null, String(
                  run.causes)), h("td", null, duration(run.milliseconds)))))), { class: "disclosure card" })
            .element);
        }

        """#
}
