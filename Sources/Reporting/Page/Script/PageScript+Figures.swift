extension PageScript {
    /// Durations by operation, and the life cycles of resources, as pictures with tables.
    static let figures = #"""
        const quantile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];

        function timesByOperation() {
          const times = new Map();
          for (const scenario of data.scenarios) {
            for (const step of scenario.steps) {
              if (step.ms === undefined || step.status === undefined) continue;
              if (!times.has(step.call)) times.set(step.call, []);
              times.get(step.call).push(step.ms);
            }
          }
          return [...times].map(([name, list]) => ({ name, list: list.sort((a, b) => a - b) }))
            .sort((a, b) => quantile(b.list, 0.5) - quantile(a.list, 0.5));
        }

        function durationSection() {
          const rows = timesByOperation();
          if (!rows.length) return null;
          const longest = Math.max(...rows.map((row) => row.list.at(-1)), 1);
          const least = Math.max(0.1, Math.min(...rows.map((row) => row.list[0])));
          // A logarithmic axis shows a response of one millisecond beside one of a second.
          const x = (ms) => longest <= least ? 50 : Math.max(0, Math.min(98, Math.log(Math.max(ms, least) / least) /
            Math.log(longest / least) * 98));
          const plot = ({ list }) => {
            const shown = list.length <= 60 ? list : Array.from({ length: 60 }, (_, index) => list[Math.floor(
              index * list.length / 60)]);
            return svg("svg", { class: "plot", "aria-hidden": "true", viewBox: "0 0 100 10",
                preserveAspectRatio: "none" },
              svg("rect", { class: "track", x: 0, y: 4.5, width: 100, height: 1 }),
              svg("rect", { class: "range", x: x(quantile(list, 0.25)), y: 2, width: Math.max(0.6, x(quantile(
                  list, 0.75)) - x(quantile(list, 0.25))), height: 6 }),
              shown.map((ms) => svg("rect", { class: "dot", x: x(ms), y: 3, width: 0.5, height: 4 })),
              svg("rect", { class: "median", x: x(quantile(list, 0.5)), y: 0.5, width: 0.8, height: 9 }));
          };
          const list = h("tbody", null, rows.slice(0, 200).map((row) => h("tr", null, h("th", { scope: "row" },
              code(row.name)),
            h("td", { class: "figure" }, plot(row)), h("td", null, String(row.list.length)),
            [0.5, 0.95, 1].map((part) => h("td", null, duration(quantile(row.list, part)))))));
          return h("section", { id: "durations", "aria-labelledby": "durations-title" },
            h("h2", { id: "durations-title" }, "Durations"),
            scrollable("Durations by operation", h("table", { class: "durations" },
              h("caption", null,
                `${data.omitted ? "Only listed steps count. " : ""}Each stroke is a step, the box is the middle half, the long stroke the median; logarithmic from ${duration(least)} to ${duration(longest)}`
                ),
              tableHead(["operation", "distribution", "steps", "median", "95 %", "longest"]), list)));
        }

        // Columns of states by their distance from the first one.
        function layers(cycle) {
          const depth = new Map();
          let open = cycle.transitions.filter((change) => change.from === undefined).map((change) => change.to);
          if (!open.length) open = [cycle.transitions[0].from];
          for (let level = 0; open.length; level++) {
            const fresh = [...new Set(open)].filter((state) => !depth.has(state));
            fresh.forEach((state) => depth.set(state, level));
            open = cycle.transitions.filter((change) => fresh.includes(change.from)).map((change) => change.to);
          }
          for (const change of cycle.transitions)
            for (const state of [change.from, change.to]) {
              if (state !== undefined && !depth.has(state)) depth.set(state, 0);
            }
          const columns = [];
          for (const [state, level] of depth)(columns[level] ??= []).push(state);
          return columns;
        }

        function lifeCyclePicture(cycle, number) {
          const columns = layers(cycle);
          const [wide, high, stepX, stepY] = [130, 40, 250, 110];
          const rows = Math.max(...columns.map((column) => column.length));
          const place = new Map();
          columns.forEach((column, level) => column.forEach((state, index) => place.set(state, {
            x: 70 + level * stepX,
            y: 30 + (index + (rows - column.length) / 2) * stepY,
          })));
          const width = 70 + (columns.length - 1) * stepX + wide + 30;
          const height = 30 + (rows - 1) * stepY + high + 60;
          const pairs = new Map();
          for (const change of cycle.transitions) {
            const key = `${change.from ?? ""}\n${change.to}`;
            if (!pairs.has(key)) pairs.set(key, []);
            pairs.get(key).push(change);
          }
          const edges = [...pairs.values()].map((changes) => {
            const to = place.get(changes[0].to);
            const from = changes[0].from === undefined ? undefined : place.get(changes[0].from);
            const names = changes.map((change) => `${change.by}${change.count > 1 ? ` ×${change.count}` : ""}`);
            let path;
            let label;
            if (!from) {
              path = `M 22 ${to.y + high / 2} L ${to.x - 6} ${to.y + high / 2}`;
              label = { x: 22, y: to.y - 8, anchor: "start" };
            } else if (from.x < to.x) {
              const [x1, y1, x2, y2] = [from.x + wide, from.y + high / 2, to.x - 6, to.y + high / 2];
              path = `M ${x1} ${y1} C ${x1 + 50} ${y1} ${x2 - 50} ${y2} ${x2} ${y2}`;
              label = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 - 6, anchor: "middle" };
            } else {
              const [x1, x2] = [from.x + wide / 2, to.x + wide / 2 + 10];
              const low = Math.max(from.y, to.y) + high + 36;
              path = `M ${x1} ${from.y + high} C ${x1} ${low} ${x2} ${low} ${x2} ${to.y + high + 6}`;
              label = { x: (x1 + x2) / 2, y: low - 6, anchor: "middle" };
            }
            return svg("g", null, svg("path", { class: "edge",
            d: path, "marker-end": `url(#arrow-${number})` }),
              names.slice(0, 3).map((name, index) => svg("text", { class: "label", x: label.x, y: label.y -
                    14 * (Math.min(names.length, 3) - 1 - index), "text-anchor": label.anchor },
                name.length > 28 ? name.slice(0, 27) + "…" : name)));
          });
          const nodes = [...place].map(([state, at]) => svg("g", null,
            svg("rect", { class: cycle.final.includes(state) ? "state final" : "state", x: at.x, y: at.y,
              width: wide, height: high, rx: 8 }),
            cycle.final.includes(state) ? svg("rect", { class: "state inner", x: at.x + 3, y: at.y + 3,
              width: wide - 6, height: high - 6, rx: 6 }) : null,
            svg("text", { class: "name", x: at.x + wide / 2, y: at.y + high / 2 + 5, "text-anchor": "middle" },
              state.length > 16 ? state.slice(0, 15) + "…" : state)));
          return svg("svg", {
              class: "cycle",
              role: "img",
              width,
              height,
              viewBox: `0 0 ${width} ${height}`,
              "aria-label": `States of ${cycle.resource}: ${[...place.keys()].join(", ")}. The table lists the transitions.`
            },
            svg("defs", null, svg("marker", { id: `arrow-${number}`, viewBox: "0 0 8 8", refX: 6, refY: 4,
                markerWidth: 8, markerHeight: 8, orient: "auto" },
              svg("path", { class: "tip", d: "M 0 0 L 8 4 L 0 8 z" }))),
            svg("circle", { class: "start", cx: 16, cy: (place.get(columns[0][0])?.y ?? 0) + high / 2, r: 6 }),
            edges, nodes);
        }

        function transitionTable(cycle) {
          const columns = ["from", "to", "operation", "resources"];
          return h("table", { class: "plain-table" },
            h("caption", null, `Transitions; final states are ${cycle.final.join(", ")}`),
            tableHead(columns),
            h("tbody", null, cycle.transitions.map((change) => h("tr", null,
              h("td", null, change.from ?? "(new)"), h("td", null, change.to),
              h("td", null, code(change.by)), h("td", null, String(change.count))))));
        }

        function lifeCycleSection() {
          const cycles = data.lifeCycles;
          if (!cycles) return null;
          return h("section", { id: "life-cycles", "aria-labelledby": "life-cycles-title" },
            h("h2", { id: "life-cycles-title" }, "Life cycles", h("small", null, "as this run observed them")),
            cycles.map((cycle, number) => [h("h3", null, cycle.resource, " ", code(cycle.member, "quiet")),
              scrollable(`Life cycle of ${cycle.resource}`, lifeCyclePicture(cycle, number)),
              scrollable(`Transitions of ${cycle.resource}`, transitionTable(cycle))
            ]));
        }

        """#
}
