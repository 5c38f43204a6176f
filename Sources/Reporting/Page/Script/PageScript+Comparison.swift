extension PageScript {
    /// Expected and received values, side by side.
    static let comparison = #"""
        // Pairs of lines: [left, right]; undefined where one side lacks the line.
        function alignment(left, right) {
          let head = 0;
          while (head < left.length && head < right.length && left[head] === right[head]) head++;
          let tail = 0;
          while (tail < left.length - head && tail < right.length - head &&
            left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++;
          const a = left.slice(head, left.length - tail);
          const b = right.slice(head, right.length - tail);
          const middle = a.length * b.length <= 1000000 ? common(a, b) : [...a.map((line) => [line]), ...b.map((
            line) => [undefined, line])];
          return [
            ...left.slice(0, head).map((line) => [line, line]), ...paired(middle),
            ...left.slice(left.length - tail).map((line) => [line, line]),
          ];
        }

        // The longest common subsequence of two short lists of lines.
        function common(a, b) {
          const width = b.length + 1;
          const lengths = new Uint32Array((a.length + 1) * width);
          for (let i = a.length - 1; i >= 0; i--) {
            for (let j = b.length - 1; j >= 0; j--) {
              lengths[i * width + j] = a[i] === b[j] ? lengths[(i + 1) * width + j + 1] + 1 :
                Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
            }
          }
          const result = [];
          let [i, j] = [0, 0];
          while (i < a.length || j < b.length) {
            if (i < a.length && j < b.length && a[i] === b[j]) result.push([a[i++], b[j++]]);
            else if (j >= b.length || (i < a.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]))
              result.push([a[i++]]);
            else result.push([undefined, b[j++]]);
          }
          return result;
        }

        // Removed and added lines next to each other are one changed line.
        function paired(rows) {
          const result = [];
          let [left, right] = [
            [],
            []
          ];
          const flush = () => {
            for (let index = 0; index < Math.max(left.length, right.length); index++) result.push([left[index],
              right[index]
            ]);
            [left, right] = [
              [],
              []
            ];
          };
          for (const row of rows) {
            if (row[0] !== undefined && row[1] !== undefined) { flush();
              result.push(row); } else if (row[0] !== undefined) left.push(row[0]);
            else right.push(row[1]);
          }
          flush();
          return result;
        }

        function sidesTable(sides) {
          const rows = alignment(sides.expected.split("\n"), sides.actual.split("\n"));
          const differs = ([left, right]) => left !== right;
          const cell = (text, isOther, sign, word) => h("td", { class: text === undefined ? "absent" : isOther ?
                word : null },
            text === undefined ? null : [h("span", { class: "sign", "aria-hidden": "true" }, isOther ? sign :
              " "),
              isOther ? h("span", { class: "hidden" }, `${word}: `) : null, text
            ]);
          const body = h("tbody");
          let equal = [];
          const show = (row) => body.append(h("tr", null,
            cell(row[0], differs(row), "−", "expected"), cell(row[1], differs(row), "+", "received")));
          const flush = (isEnd) => {
            const start = body.childElementCount ? 3 : 0;
            const end = isEnd ? 0 : 3;
            if (equal.length <= start + end + 2) equal.forEach(show);
            else {
              equal.slice(0, start).forEach(show);
              body.append(h("tr", { class: "fold" }, h("td", { colspan: "2" },
                `… ${count(equal.length - start - end, "equal line")}`)));
              equal.slice(equal.length - end || equal.length).forEach(show);
            }
            equal = [];
          };
          for (const row of rows) {
            if (differs(row)) { flush(false);
              show(row); } else equal.push(row);
          }
          flush(true);
          return h("table", { class: "sides" }, h("caption", { class: "hidden" }, "Expected and received body"),
            tableHead(["expected", "received"]), body);
        }

        const value = (text, name) => h("td", { class: name },
          h("span", { class: "sign", "aria-hidden": "true" }, name === "expected" ? "−" : "+"), text);

        function comparison(finding) {
          const evidence = finding.evidence ?? {};
          if (evidence.sides) return sidesTable(evidence.sides);
          const rows = evidence.differences ??
            (finding.expected !== undefined || finding.actual !== undefined ?
              [{ at: finding.at ?? "", expected: finding.expected ?? "", actual: finding.actual ?? "" }] : []);
          if (!rows.length) return null;
          return h("table", { class: "sides" }, h("caption", { class: "hidden" }, "Expected and received values"),
            tableHead(["place", "expected", "received"]),
            h("tbody", null, rows.map((row) => h("tr", null, h("th", { scope: "row" }, row.at || "body"),
                value(row.expected ?? "absent", "expected"), value(row.actual ?? "absent", "received"))),
              evidence.moreDifferences ?
              h("tr", null, h("td", { colspan: "3" }, `… and ${evidence.moreDifferences} more`)) : null));
        }

        """#
}
