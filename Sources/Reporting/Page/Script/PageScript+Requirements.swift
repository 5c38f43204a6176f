extension PageScript {
    /// The requirements with their results and rows.
    static let requirements = #"""
        const requirementMarks = { shown: "passed", failed: "failed", notExercised: "notRun", notApplicable: "skipped",
          notSelected: "skipped" };

        function requirementRow(requirement) {
          const id = code(requirement.id);
          const rows = requirement.rows;
          const more = requirement.count - rows.length;
          const names = rows.map(([name]) => name).join(", ") + (more > 0 ? ` and ${more} more` : "");
          return h("tr", null,
            h("th", { scope: "row" }, requirement.link ?
              h("a", { href: requirement.link, rel: "noreferrer" }, id) : id),
            h("td", null, mark(requirementMarks[requirement.result]), " ", requirement.words),
            h("td", null, requirement.level), h("td", null, requirement.title), h("td", null, names || null));
        }

        function requirementSection() {
          const requirements = data.requirements;
          if (!requirements) return null;
          const shown = requirements.filter((requirement) => requirement.result === "shown").length;
          return h("section", { id: "requirements", "aria-labelledby": "requirements-title" },
            h("h2", { id: "requirements-title" }, "Requirements",
              h("small", null, `${shown} of ${requirements.length} shown`)),
            scrollable("Requirements", h("table", { class: "plain-table" },
              tableHead(["id", "result", "level", "requirement", "rows"]),
              h("tbody", null, requirements.map(requirementRow)))));
        }

        """#
}
