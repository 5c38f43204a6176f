extension PageScript {
    /// Coverage as a heat map of operations, statuses and negative cases.
    static let coverage = #"""
        const shareNames = {
          operations: "operations",
          responses: "documented responses",
          mediaTypes: "media types",
          headers: "headers",
          properties: "body members",
          values: "enumeration values",
          security: "credentials",
          negative: "negative cases",
        };

        function shareBars(shares) {
          return h("ul", { class: "shares" }, Object.entries(shares).map(([kind, [exercised, documented]]) => h(
            "li", null,
            h("span", null, shareNames[kind]), h("span", { class: "tally" }, `${exercised} of ${documented}`),
            svg("svg", { class: "share", "aria-hidden": "true", preserveAspectRatio: "none",
                viewBox: "0 0 100 4" },
              svg("rect", { class: "track", x: 0, y: 0, width: 100, height: 4 }),
              svg("rect", { class: "filled", x: 0, y: 0, width: exercised / documented * 100, height: 4 })))));
        }

        const statusOrder = (name) => name === "default" ? "9z" : name.toUpperCase();
        const level = (number) => number === 0 ? 0 : number === 1 ? 1 : number < 5 ? 2 : number < 20 ? 3 : 4;

        function heatCell(entries, name) {
          const entry = entries?.find(([other]) => other === name);
          if (!entry) return h("td", { class: "undocumented" }, h("span", { class: "hidden" }, "not documented"));
          const [, number] = entry;
          return h("td", { class: `heat level${level(number)}` }, number ?
            [h("span", { "aria-hidden": "true" }, "● "), String(number)] :
            [h("span", { "aria-hidden": "true" }, "○ "), "0", h("span", { class: "hidden" }, " never received")]);
        }

        function missingRows(operations) {
          const rows = operations.flatMap((operation) => operation.missing ?? []);
          if (!rows.length) return null;
          const head = h("span", { class: "title" }, `Rows that would add coverage: ${rows.length}`);
          const columns = ["call", "auth", "set", "expect", "opts"];
          return disclosure(3, head, () => scrollable("Rows that would add coverage", h(
              "table", { class: "plain-table" }, tableHead(["missing", ...columns]),
              h("tbody", null, rows.slice(0, 500).map((row) => h("tr", null, h("th", { scope: "row" }, row
                .what),
                row.cells.map((cell) => h("td", null, cell ? code(cell) : null)))))
            )), { class: "disclosure card" }).element;
        }

        function coverageSection() {
          const coverage = data.coverage;
          if (!coverage) return null;
          const operations = coverage.operations;
          const names = (kind) => [...new Set(operations.flatMap((operation) => (operation[kind] ?? []).map(([
            name]) => name)))];
          const statuses = names("statuses").sort((a, b) => statusOrder(a) < statusOrder(b) ? -1 : 1);
          const negative = names("negative");
          const hasVersions = new Set(operations.map((operation) => operation.contract)).size > 1;
          const column = (name) => h("th", { scope: "col" }, name);
          const group = (list, title) => list.length ? h("th", { scope: "colgroup", colspan: String(list.length) },
            title) : null;
          return h("section", { id: "coverage", "aria-labelledby": "coverage-title" },
            h("h2", { id: "coverage-title" }, "Coverage"), shareBars(coverage.shares),
            scrollable("Coverage by operation", h("table", { class: "heatmap" }, h("caption", null,
                "Responses by operation and documented status: ● received, ○ documented and never received"),
              h("thead", null, h("tr", null, h("th", { rowspan: "2", scope: "col" }, "operation"),
                  group(statuses, "status"), group(negative, "rejected requests")),
                h("tr", null, statuses.map(column), negative.map(column))),
              h("tbody", null, operations.map((operation) => h("tr", null,
                h("th", { scope: "row" }, code(operation.name), hasVersions ? h("span", { class: "meta" },
                  operation.contract) : null),
                statuses.map((name) => heatCell(operation.statuses, name)),
                negative.map((name) => heatCell(operation.negative, name))))))),
            missingRows(operations));
        }

        """#
}
