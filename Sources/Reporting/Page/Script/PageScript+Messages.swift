extension PageScript {
    /// Requests, responses and lines of files.
    static let messages = #"""
        // The tokens of JSON text as written: numbers keep their digits, and duplicate names stay.
        const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{}:,]|[ \t\r\n]+/gy;

        // The lines of indented JSON, each a list of [text, class, isMarked]; undefined if the text is not JSON.
        function jsonLines(text, marks) {
          const lines = [];
          let line = [];
          let depth = 0;
          let isEmpty = false;
          const breakLine = () => { lines.push(line);
            line = [
              ["  ".repeat(depth), ""]
            ]; };
          token.lastIndex = 0;
          while (token.lastIndex < text.length) {
            const start = token.lastIndex;
            const match = token.exec(text);
            if (!match) return undefined;
            const part = match[0];
            if (/^\s/.test(part)) continue;
            const isMarked = marks.some(([at, length]) => start >= at && start < at + length);
            if (part === "}" || part === "]") {
              depth = Math.max(0, depth - 1);
              if (!isEmpty) breakLine();
              line.push([part, "sign", isMarked]);
            } else if (part === "{" || part === "[") {
              line.push([part, "sign", isMarked]);
              depth += 1;
              if (/^\s*[}\]]/.test(text.slice(token.lastIndex, token.lastIndex + 200))) { isEmpty =
              true; continue; }
              breakLine();
            } else if (part === ",") {
              line.push([part, "sign"]);
              breakLine();
            } else if (part === ":") {
              const name = line[line.length - 1];
              if (name) name[1] = "name";
              line.push([": ", "sign"]);
            } else {
              line.push([part, part[0] === '"' ? "string" : "value", isMarked]);
            }
            isEmpty = false;
          }
          lines.push(line);
          return lines;
        }

        // Numbered lines. Stretches without a mark are folded, and unfold on demand.
        function codeBlock(lines, options) {
          const { first = 1, isMarked, label, most = 24 } = options;
          const near = lines.map(() => false);
          let hasMark = false;
          lines.forEach((_, index) => {
            if (!isMarked(index)) return;
            hasMark = true;
            for (let other = Math.max(0, index - 6); other <= Math.min(lines.length - 1, index + 6); other++)
              near[other] = true;
          });
          const list = h("ol", { class: "code" });
          const show = (index) => h("li", { class: isMarked(index) ? "marked" : null },
            h("span", { class: "number", "aria-hidden": "true" }, String(first + index)),
            h("span", { class: "text" },
              isMarked(index) ? h("span", { class: "hidden" }, "marked: ") : null, lines[index]));
          let index = 0;
          while (index < lines.length) {
            let end = index;
            while (end < lines.length && lines.length > most && (hasMark ? !near[end] : end >= most)) end++;
            if (end - index > 2) {
              const [from, to] = [index, end];
              const fold = h("li", { class: "fold" }, h("button", {
                type: "button",
                class: "small",
                click: () => {
                  const part = document.createDocumentFragment();
                  for (let other = from; other < to; other++) part.append(show(other));
                  fold.replaceWith(part);
                },
              }, `Show ${count(to - from, "more line")}`));
              list.append(fold);
              index = end;
            } else {
              list.append(show(index));
              index += 1;
            }
          }
          return h("div", { class: "block", role: "group", "aria-label": label, tabindex: "0" }, list);
        }

        function bodyBlock(message, label) {
          if (message.unrecorded) return h("p", { class: "quiet" }, "The body was not recorded.");
          if (message.binary !== undefined) {
            return h("p", { class: "quiet" }, `A body of ${count(message.binary, "byte")} that is not text.`);
          }
          if (message.body === undefined) return null;
          const marks = message.marks ?? [];
          const cut = message.cut ?
            h("p", { class: "quiet" }, `The beginning of a body of ${count(message.cut, "byte")}.`) : null;
          const json = /^\s*[{[]/.test(message.body) && !message.cut ? jsonLines(message.body, marks) : undefined;
          if (json) {
            const lines = json.map((parts) => parts.map(([text, name, isMarked]) => {
              const shown = h("span", { class: name || null }, text);
              return isMarked ? h("mark", null, shown) : shown;
            }));
            return [codeBlock(lines, {
              label,
              isMarked: (index) => json[index].some((part) => part[2]),
            }), cut];
          }
          const lines = message.body.split("\n").slice(0, 2000).map((line) => visible(line.replace(/\r$/, "")));
          return [codeBlock(lines, { label, isMarked: () => false }), cut];
        }

        // Headers are folded, unless one of them is the place of a finding.
        function headerTable(headers, label, isMarked) {
          if (!headers?.length) return null;
          const isOpen = headers.some(([name]) => isMarked(name));
          return h("details", { open: isOpen, class: "fields" }, h("summary", null, count(headers.length,
            "header")),
            h("table", { class: "headers" }, h("caption", { class: "hidden" }, label), h("tbody", null, headers
              .map(([name, value]) => {
                const marked = isMarked(name);
                return h("tr", { class: marked ? "marked" : null }, h("th", { scope: "row" }, name),
                  h("td", null, marked ? h("mark", null, value || " ") : value));
              }))));
        }

        function responseView(response, failure, findings) {
          if (!response) return h("p", { class: "line" }, failure ?? "No response.");
          const isStatus = findings.some((finding) => finding.kind === "status");
          const names = findings.filter((finding) => finding.kind === "header")
            .map((finding) => finding.at.replace(/^header /, "").toLowerCase());
          return [h("p", { class: "line" }, isStatus ? h("mark", null, code(response.line)) : code(response.line)),
            headerTable(response.headers, "Headers of the response", (name) => names.includes(name
          .toLowerCase())),
            bodyBlock(response, "Body of the response")
          ];
        }

        // The response with the places of findings beside the lines of the contract, then the request.
        function exchangeView(exchange, findings, step, sources) {
          const shown = exchange.messages;
          const facts = [
            exchange.attempt ? `attempt ${exchange.attempt}` : null, exchange.hop ? `redirect ${exchange.hop}` :
            null,
            exchange.ms !== undefined ? duration(exchange.ms) : null,
          ].filter(Boolean);
          const title = facts.length ? h("p", { class: "quiet" }, facts.join(", ")) : null;
          if (!shown) {
            const result = exchange.failure ?? (exchange.status ? `status ${exchange.status}` : "no response");
            return h("div", { class: "exchange" }, title, sources, h("p", null, code(exchange.method),
              ` ${result}. `,
              h("span", { class: "quiet" }, "This page does not contain the messages: ", code(showCommand(
                step)))));
          }
          // The target sent a delivery, and we its response.
          const [askingTitle, respondingTitle] = exchange.received ? ["Received delivery", "Response sent back"] :
            ["Request", "Response"];
          const response = h("div", { role: "group", "aria-label": respondingTitle }, h("h4", null,
            respondingTitle),
            responseView(shown.response, exchange.failure, exchange.received ? [] : findings));
          const request = h("div", { role: "group", "aria-label": askingTitle }, h("h4", null,
            askingTitle),
            h("p", { class: "line" }, code(shown.request.line)),
            headerTable(shown.request.headers, "Headers of the request", () => false), bodyBlock(shown.request,
              "Body of the request"));
          const beside = sources.flat(Infinity).filter(Boolean);
          return h("div", { class: "exchange" }, title,
            beside.length ? [h("div", { class: "pair" }, response, h("div", null, beside)), request] : h(
            "div", { class: "pair" }, request, response),
            shown.curl ? h("div", { class: "curl" }, h("pre", { tabindex: "0",
              role: "group", "aria-label": "Command that repeats the request" }, shown.curl),
              copyButton(shown.curl)) : null);
        }

        const quoted = (text) => /^[\w./-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";
        const showCommand = (step) => step ? `assay show ${quoted(`${step.of.name}/${step.name}`)}` : "assay show";

        // Lines of a contract or table around the place of a finding.
        function frameBlock(frame, label) {
          return codeBlock(frame.lines, {
            first: frame.first,
            label,
            most: 100,
            isMarked: (index) => frame.first + index === frame.line,
          });
        }

        """#
}
