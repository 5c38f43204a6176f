extension PageScript {
    /// The head of the page, addresses, keys and print.
    static let main = #"""
        const themes = ["system", "light", "dark"];

        function remembered() {
          try { return themes.includes(localStorage.getItem("assay-theme")) ? localStorage.getItem("assay-theme") :
              "system"; } catch { return "system"; }
        }

        const themeButton = h("button", { type: "button", class: "small", click: () => setTheme(themes[(themes
            .indexOf(theme) + 1) % 3]) });
        let theme = remembered();

        function setTheme(name) {
          theme = name;
          if (name === "system") document.documentElement.removeAttribute("data-theme");
          else document.documentElement.setAttribute("data-theme", name);
          themeButton.textContent = `Theme: ${name}`;
          try { localStorage.setItem("assay-theme", name); } catch { /* A page from disk may store nothing. */ }
        }

        function headline() {
          const failures = data.groups.filter((group) => group.severity === "error");
          const findings = failures.reduce((sum, group) => sum + group.count, 0);
          const { summary } = data;
          if (failures.length) return ["failed",
            `${count(failures.length, "cause")}, ${count(findings, "finding")}`];
          if (summary.notRun) return ["notRun", `${count(summary.notRun, "incomplete scenario")}`];
          return summary.passed ? ["passed", `${count(summary.passed, "scenario")} passed`] : ["skipped",
            "No scenario was judged"
          ];
        }

        function tallyBar() {
          const { summary } = data;
          const parts = [
            ["failed", summary.failed],
            ["notRun", summary.notRun],
            ["skipped", summary.skipped],
            ["passed", summary.passed]
          ];
          let x = 0;
          const rects = parts.map(([name, number]) => {
            const width = summary.scenarios ? number / summary.scenarios * 100 : 0;
            const rect = svg("rect", { class: name, x, y: 0, width, height: 6 });
            x += width;
            return rect;
          });
          return [svg("svg", { class: "tally-bar", "aria-hidden": "true", viewBox: "0 0 100 6",
              preserveAspectRatio: "none" }, rects),
            h("ul", { class: "tallies" }, parts.filter(([, number]) => number).map(([name, number]) => h("li",
              null, mark(name),
              h("strong", null, String(number)),
              ` ${count(number, "scenario").replace(/^\d+ /, "")} ${outcomes[name].word}`)))
          ];
        }

        function summarySection() {
          const [outcome, text] = headline();
          const { run, summary } = data;
          const facts = [
            ["target", run.baseURL && run.baseURL !== run.target ? `${run.target} · ${run.baseURL}` : run.target],
            ["started", run.startedAt && when(run.startedAt)],
            ["duration", run.startedAt && duration(run.ms)],
            ["sent", `${count(summary.exchanges, "exchange")} in ${count(summary.steps, "step")}`],
            [run.versions.length === 1 ? "contract" : "contracts", run.versions.join(", ")],
            ["seed", run.seed],
            ["command", `assay ${run.command}`],
          ].filter(([, value]) => value);
          return h("section", { id: "summary", "aria-labelledby": "title" },
            h("h1", { id: "title", class: outcome }, mark(outcome), " ", text), tallyBar(),
            data.hints.map((hint) => h("p", { class: `hint ${hint.severity}` }, h("strong", null,
                `${hint.severity}: `), hint.message,
              hint.help ? h("span", { class: "meta" }, `help: ${hint.help}`) : null)),
            h("dl", { class: "facts wide" }, facts.map(([name, value]) => h("div", null, h("dt", null, name), h(
              "dd", null, value)))));
        }

        const keys = [
          ["/", "search"],
          ["j / k", "next or previous entry"],
          ["Enter", "open or close"],
          ["f", "only failed steps"],
          ["t", "theme"],
          ["?", "this list"],
          ["Esc", "clear the search"]
        ];
        const keyList = h("dialog", { "aria-labelledby": "keys-title" }, h("h2", { id: "keys-title" }, "Keys"),
          h("dl", { class: "keys" }, keys.map(([key, text]) => h("div", null, h("dt", null, h("kbd", null, key)),
            h("dd", null, text)))),
          h("button", { type: "button", class: "small", click: () => keyList.close() }, "Close"));

        function pressed(event) {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const isTyping = /^(INPUT|TEXTAREA)$/.test(event.target.tagName);
          if (event.key === "Escape" && event.target === search) {
            search.value = "";
            filter.words = [];
            applyFilter();
            search.blur();
          }
          if (isTyping || keyList.open) return;
          const act = {
            "/": () => { search.focus();
              search.scrollIntoView({ block: "center" }); },
            "?": () => keyList.showModal(),
            f: () => toggleOutcome("failed"),
            t: () => themeButton.click(),
            j: () => move(1),
            k: () => move(-1),
          } [event.key];
          if (!act) return;
          event.preventDefault();
          act();
        }

        function move(by) {
          const rows = [...document.querySelectorAll("button.row")].filter((row) => row.offsetParent);
          const at = rows.indexOf(document.activeElement);
          const next = rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by];
          next?.focus();
          next?.scrollIntoView({ block: "nearest" });
        }

        function reveal(part) {
          if (!part) return;
          part.toggle(true);
          part.element.scrollIntoView({ block: "start" });
          part.button.focus({ preventScroll: true });
        }

        // Shows the part of the page that the address names.
        function follow() {
          const [path, text] = location.hash.slice(1).split("?");
          const [kind, ...names] = path.split("/").map((part) => { try { return decodeURIComponent(
              part); } catch { return part; } });
          const number = /^failure-(\d+)$/.exec(kind)?.[1];
          if (number) {
            failureSection.reach?.(Number(number));
            return reveal(cards.get(Number(number)));
          }
          if (kind === "step" || kind === "scenario") {
            filter.words = [];
            filter.outcomes.clear();
            search.value = "";
            for (const button of outcomeButtons.values()) button.setAttribute("aria-pressed", "false");
            listScenarios();
            const card = scenarioList.reach(names[0]);
            return reveal(kind === "step" && card ? card.step(names[1]) ?? card : card);
          }
          if (kind === "scenarios" && text !== undefined) {
            readQuery(text);
            search.value = filter.words.join(" ");
            for (const [name, button] of outcomeButtons) button.setAttribute("aria-pressed", String(filter.outcomes
              .has(name)));
            listScenarios();
          }
          document.getElementById(kind)?.scrollIntoView({ block: "start" });
        }

        // Print contains everything that is listed, with the failures opened.
        addEventListener("beforeprint", () => {
          for (const card of cards.values()) card.toggle(true);
        });

        const sections = [summarySection(), failureSection(), lesserSection(), historySection(), scenarioSection(),
          coverageSection(), requirementSection(),
          durationSection(), lifeCycleSection()
        ].filter(Boolean);
        const links = sections.filter((section) => section.id !== "summary").map((section) => h(
          "a", { href: `#${section.id}` },
          section.querySelector("h2").firstChild.textContent));
        document.body.append(h("a", { class: "skip", href: "#main" }, "Skip to the report"),
          h("header", null, h("div", { class: "inner" }, h("a", { class: "brand", href: "#summary" }, "assay"),
            h("nav", { "aria-label": "Sections" }, links), h("div", { class: "actions" }, themeButton,
              h("button", { type: "button", class: "small", click: () => keyList
              .showModal(), "aria-label": "Keys" }, "?")))),
          h("main", { id: "main", tabindex: "-1" }, sections), keyList);
        setTheme(theme);
        listScenarios();
        document.addEventListener("keydown", pressed);
        addEventListener("hashchange", follow);
        if (location.hash) follow();

        """#
}
