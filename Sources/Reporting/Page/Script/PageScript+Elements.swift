extension PageScript {
    /// Elements, text and numbers.
    static let elements = #"""
        const data = JSON.parse(document.getElementById("data").textContent);

        // Characters that a reader cannot see are shown as escapes, so that they cannot hide or reorder text.
        const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}]/gu;
        const escapes = { "\t": "\\t", "\r": "\\r", "\n": "\\n" };
        const escapeOf = (c) => escapes[c] ?? "\\u{" + c.codePointAt(0).toString(16) + "}";
        const visible = (text) => String(text).replace(invisible, escapeOf);

        // An element. Values of `props` that are functions are listeners; `class` and other names are attributes.
        function h(tag, props, ...children) {
          const element = document.createElement(tag);
          return fill(element, props, children);
        }

        // An element of a picture.
        function svg(tag, props, ...children) {
          return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
        }

        function fill(element, props, children) {
          for (const [name, value] of Object.entries(props ?? {})) {
            if (value === undefined || value === null || value === false) continue;
            if (typeof value === "function") element.addEventListener(name, value);
            else element.setAttribute(name, value === true ? "" : visible(value));
          }
          add(element, children);
          return element;
        }

        function add(element, children) {
          for (const child of children.flat(Infinity)) {
            if (child === undefined || child === null || child === false) continue;
            element.append(child instanceof Node ? child : visible(child));
          }
          return element;
        }

        const count = (number, noun, many) => `${number} ${number === 1 ? noun : many ?? noun + "s"}`;

        function duration(ms) {
          if (ms === undefined) return "";
          if (ms >= 60000) return `${Math.floor(ms / 60000)} min ${Math.round((ms % 60000) / 1000)} s`;
          if (ms >= 1000) return `${(ms / 1000).toFixed(ms < 10000 ? 2 : 1)} s`;
          return ms >= 10 ? `${Math.round(ms)} ms` : `${ms} ms`;
        }

        const when = (text) => text.replace("T", " ").replace("Z", " UTC");

        // Every result has a sign and a word; colour only repeats them.
        const outcomes = {
          passed: { sign: "✓", word: "passed" },
          failed: { sign: "✗", word: "failed" },
          notRun: { sign: "•", word: "incomplete" },
          skipped: { sign: "–", word: "skipped" },
        };

        function mark(outcome) {
          const { sign, word } = outcomes[outcome];
          return h("span", { class: `mark ${outcome}`, title: word },
            h("span", { "aria-hidden": "true" }, sign), h("span", { class: "hidden" }, word));
        }

        const code = (text, name) => h("code", { class: name }, text);

        // The head of a table.
        const tableHead = (names) =>
          h("thead", null, h("tr", null, names.map((name) => h("th", { scope: "col" }, name))));

        // A wide part of the page that scrolls by itself.
        const scrollable = (label, ...children) =>
          h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label }, children);

        // A heading with a button that shows a part, which is created when it is shown first.
        function disclosure(level, head, create, props) {
          const id = `part-${disclosure.next++}`;
          const body = h("div", { class: "body", id, hidden: true });
          const button = h("button", {
            type: "button",
            class: "row",
            "aria-expanded": "false",
            "aria-controls": id,
            click: () => toggle(),
          }, h("span", { class: "chevron", "aria-hidden": "true" }, "›"), head);
          const element = h("div", { class: "disclosure", ...props },
            level ? h(`h${level}`, { class: "head" }, button) : button, body);
          let isCreated = false;

          function toggle(open = body.hidden) {
            if (open && !isCreated) {
              isCreated = true;
              add(body, [create()]);
            }
            body.hidden = !open;
            button.setAttribute("aria-expanded", String(open));
          }
          return { element, button, body, toggle };
        }
        disclosure.next = 1;

        // A list that is created in pieces: the next piece follows when its end is seen.
        function pieces(items, size, create, props) {
          const list = h("ol", props);
          const more = h("button", { type: "button", class: "more", click: () => extend() });
          const box = h("div", null, list, more);
          let next = 0;

          function extend(until = next + size) {
            const end = Math.min(items.length, until);
            const part = document.createDocumentFragment();
            for (; next < end; next++) part.append(create(items[next]));
            list.append(part);
            more.hidden = next >= items.length;
            more.textContent = `Show ${Math.min(size, items.length - next)} more of ${items.length - next}`;
          }
          extend();
          if (typeof IntersectionObserver === "function") {
            new IntersectionObserver((seen) => {
              if (seen.some((entry) => entry.isIntersecting) && next < items.length) extend();
            }).observe(more);
          }
          return { element: box, reach: (index) => { if (index >= next) extend(index + 1); } };
        }

        function copyButton(text) {
          const label = "Copy";
          const button = h("button", {
            type: "button",
            class: "small",
            click: () => {
              const area = h("textarea", { class: "hidden", "aria-hidden": "true", tabindex: "-1" });
              area.value = text;
              document.body.append(area);
              area.select();
              button.textContent = document.execCommand("copy") ? "Copied" : "Not copied";
              area.remove();
              button.focus();
              setTimeout(() => { button.textContent = label; }, 1500);
            },
          }, label);
          return button;
        }

        """#
}
