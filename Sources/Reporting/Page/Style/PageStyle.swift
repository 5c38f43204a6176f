/// The style sheet of the page: system fonts, one accent, and colours with a contrast of at least 4.5:1 on every
/// background, light and dark.
enum PageStyle {
    /// The text of the `style` element.
    static let text = "\n" + colours + frame + parts + figures + media
    /// The text and its hash, which is not computed for each page, because that took a twentieth of a short run.
    /// `VerdictPageTests` compares them.
    static let source = PageShell.Source(text: text, hash: "sha256-9PThxoa5f7u9Lw8s74WobMFsuO26YZS+drU+BpjLJcI=")

    private static let light = """
        --ground: #ffffff; --raised: #f6f7f9; --ink: #1b1f24; --quiet: #59626d; --line: #d9dde3;
        --accent: #2456c5; --good: #1a7038; --bad: #b3261e; --warn: #7d5200; --good-wash: #e3f4e8;
        --bad-wash: #fdeae8; --warn-wash: #fdf3dc; --heat1: #dbe7fb; --heat2: #b7cff6; --heat3: #2f62cf;
        --heat4: #173f95; --on-heat: #ffffff;
        """
    private static let dark = """
        --ground: #14171c; --raised: #1c2027; --ink: #e7eaee; --quiet: #a3adb9; --line: #343b45;
        --accent: #8ab0ff; --good: #6fd08c; --bad: #ff8f85; --warn: #f0c065; --good-wash: #17301f;
        --bad-wash: #3c1c1b; --warn-wash: #362a12; --heat1: #1d2c4a; --heat2: #27437c; --heat3: #7ea6fa;
        --heat4: #b4cdff; --on-heat: #10141a;
        """

    private static let colours = """
        :root { color-scheme: light; \(light) }
        @media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { color-scheme: dark; \(dark) } }
        :root[data-theme=dark] { color-scheme: dark; \(dark) }

        """

    private static let frame = """
        * { box-sizing: border-box; }
        html { scroll-padding-top: 4rem; -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        code, pre, kbd, .code, .sides td, .status {
          font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: .875em;
        }
        code, .title, .meta, dd, td, th, li { overflow-wrap: anywhere; }
        [hidden] { display: none !important; }
        .hidden {
          position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
        }
        .skip { position: absolute; left: -100vw; }
        .skip:focus { left: 1rem; top: .5rem; z-index: 2; background: var(--ground); padding: .25rem .5rem; }
        a { color: var(--accent); }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
        main:focus { outline: none; }
        header {
          position: sticky; top: 0; z-index: 1; background: var(--ground); border-bottom: 1px solid var(--line);
        }
        .inner {
          display: flex; gap: 1.25rem; align-items: center; max-width: 72rem; margin: 0 auto; padding: .6rem 1.25rem;
        }
        .brand { font-weight: 650; letter-spacing: -.01em; color: var(--ink); text-decoration: none; }
        nav { display: flex; gap: 1rem; flex: 1; overflow-x: auto; }
        nav a { color: var(--quiet); text-decoration: none; white-space: nowrap; padding: .2rem 0; }
        nav a:hover { color: var(--ink); }
        .actions { display: flex; gap: .4rem; }
        main { max-width: 72rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
        section > h2, h1 { letter-spacing: -.015em; }
        h1 { font-size: 1.75rem; line-height: 1.2; margin: 1rem 0 .75rem; }
        h1.failed { color: var(--bad); }
        h1.passed { color: var(--good); }
        h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
        h2 small, h3 small { font-weight: 400; color: var(--quiet); margin-left: .6rem; font-size: .85rem; }
        h3 { font-size: 1rem; margin: 1.25rem 0 .5rem; }
        h3.head { margin: 0; font-weight: 400; }
        h4 { font-size: .8rem; font-weight: 600; color: var(--quiet); margin: 1rem 0 .35rem; }
        .entry > h4 { font-size: .95rem; font-weight: 400; color: var(--ink); }
        .quiet, .meta, .tally, .status { color: var(--quiet); }
        .meta { display: block; font-size: .85rem; }
        p.meta { display: block; }
        button { font: inherit; color: inherit; }
        .small, .more, .toggle {
          background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .15rem .6rem;
          font-size: .85rem; cursor: pointer;
        }
        .small:hover, .more:hover, .toggle:hover { border-color: var(--quiet); }
        .more { margin: .6rem 0; }
        dialog {
          color: var(--ink); background: var(--ground); border: 1px solid var(--line); border-radius: 10px;
          min-width: 18rem;
        }
        dialog::backdrop { background: rgb(0 0 0 / .4); }
        .keys div { display: flex; gap: 1rem; margin: .3rem 0; }
        .keys dt { width: 4rem; }
        .keys dd { margin: 0; }
        kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .3rem; }

        """

    private static let parts = """
        .mark { display: inline-block; min-width: 1.1em; font-weight: 700; text-align: center; }
        .mark.passed { color: var(--good); }
        .mark.failed, .mark.error { color: var(--bad); }
        .mark.notRun, .mark.warning { color: var(--warn); }
        .mark.skipped, .mark.note { color: var(--quiet); }
        .tally-bar { display: block; width: 100%; height: 8px; border-radius: 4px; background: var(--raised); }
        rect.passed { fill: var(--good); }
        rect.failed { fill: var(--bad); }
        rect.notRun { fill: var(--warn); }
        rect.skipped, rect.track { fill: var(--line); }
        .tallies { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; margin: .6rem 0; }
        .facts { margin: .5rem 0; display: grid; gap: .15rem 0; }
        .facts div { display: grid; grid-template-columns: 6rem 1fr; }
        .facts dt { color: var(--quiet); }
        .facts dd { margin: 0; }
        .facts.places { grid-template-columns: repeat(auto-fill, minmax(22rem, 1fr)); gap: .15rem 1.5rem; }
        .facts.wide {
          grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: .15rem 1.5rem; margin-top: 1rem;
        }
        .hint {
          border-left: 3px solid var(--warn); background: var(--warn-wash); padding: .5rem .75rem; margin: .75rem 0;
        }
        .hint.error { border-color: var(--bad); background: var(--bad-wash); }
        .hint.note { border-color: var(--quiet); background: var(--raised); }
        .plain, .links { list-style: none; margin: 0; padding: 0; }
        .links li { padding: .1rem 0; }
        .card { border: 1px solid var(--line); border-radius: 8px; margin: .4rem 0; }
        .card.error { border-left: 3px solid var(--bad); }
        .card.warning { border-left: 3px solid var(--warn); }
        .plain > li { content-visibility: auto; contain-intrinsic-size: auto 3rem; }
        .row {
          display: flex; gap: .6rem; align-items: baseline; width: 100%; text-align: left; background: none;
          border: 0; padding: .5rem .75rem; cursor: pointer; border-radius: 8px;
        }
        .row:hover { background: var(--raised); }
        .title { flex: 1; min-width: 0; }
        .tally { white-space: nowrap; font-variant-numeric: tabular-nums; font-size: .85rem; }
        .chevron { color: var(--quiet); width: .7em; }
        [aria-expanded=true] > .chevron { transform: rotate(90deg); }
        .rule { font-weight: 600; }
        .error .rule, .entry.error > h4 > span { color: var(--bad); }
        .warning .rule, .entry.warning > h4 > span { color: var(--warn); }
        .ordinal { color: var(--quiet); }
        .body { padding: .25rem .9rem .9rem 1.9rem; }
        .step { border-top: 1px solid var(--line); }
        .plain > li:first-child > .step { border-top: 0; }
        .entry { border-left: 3px solid var(--line); padding-left: .75rem; margin: .5rem 0 1rem; }
        .entry.error { border-color: var(--bad); }
        .entry.warning { border-color: var(--warn); }
        .tag {
          border: 1px solid var(--warn); color: var(--warn); border-radius: 4px; font-size: .75rem; padding: 0 .35rem;
          margin-left: .4rem;
        }
        .strip { font-size: .75rem; letter-spacing: .1em; }
        .strip .passed { color: var(--good); }
        .strip .failed { color: var(--bad); }
        .strip .notRun { color: var(--warn); }
        .strip .skipped { color: var(--quiet); }
        .bar { width: 8rem; height: 8px; align-self: center; flex: none; }
        .status { width: 6.5rem; text-align: right; }
        .filter { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
        .filter input {
          flex: 1 1 16rem; font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--quiet);
          border-radius: 6px; padding: .35rem .6rem; min-width: 0;
        }
        .toggles { display: flex; flex-wrap: wrap; gap: .4rem; }
        .toggle[aria-pressed=true] {
          border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600;
        }
        .exchange { margin: .5rem 0 1.25rem; }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.25rem; }
        .pair > * { min-width: 0; }
        .line { margin: 0 0 .35rem; }
        .fields { margin: .2rem 0 .5rem; }
        .fields summary { color: var(--quiet); cursor: pointer; font-size: .85rem; }
        .headers { border-collapse: collapse; margin-bottom: .5rem; font-size: .85rem; }
        .headers th {
          text-align: left; font-weight: 400; color: var(--quiet); padding-right: .75rem; vertical-align: top;
        }
        .headers td, .headers th { padding-block: .05rem; }
        mark { background: var(--bad-wash); color: var(--bad); border-bottom: 2px solid var(--bad); font-weight: 600; }
        mark * { color: inherit !important; }
        .block {
          border: 1px solid var(--line); border-radius: 6px; background: var(--raised); overflow: auto;
          max-height: 30rem; position: relative;
        }
        .code { list-style: none; margin: 0; padding: .4rem 0; }
        .code li { display: flex; padding-right: .75rem; }
        .code .number {
          flex: none; width: 3.2rem; padding-right: .9rem; text-align: right; color: var(--quiet); user-select: none;
        }
        .code .text { white-space: pre-wrap; overflow-wrap: anywhere; }
        .code .marked { background: var(--bad-wash); box-shadow: inset 3px 0 var(--bad); }
        .code .fold { padding: .2rem 0 .2rem 3.2rem; }
        .name { color: var(--accent); }
        .string, .value { color: var(--ink); }
        .sign { color: var(--quiet); }
        .value { font-weight: 600; }
        .curl { display: flex; gap: .6rem; align-items: flex-start; margin-top: .75rem; }
        .curl pre {
          flex: 1; min-width: 0; margin: 0; padding: .45rem .7rem; background: var(--raised);
          border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere;
        }
        .sides {
          width: 100%; border-collapse: collapse; table-layout: fixed; margin: .6rem 0; border: 1px solid var(--line);
        }
        .sides thead th {
          text-align: left; font-size: .8rem; color: var(--quiet); font-weight: 600; padding: .2rem .6rem;
          background: var(--raised);
        }
        .sides td, .sides tbody th {
          white-space: pre-wrap; padding: .05rem .6rem; vertical-align: top; border-left: 1px solid var(--line);
          text-align: left; font-weight: 400;
        }
        .sides .expected { background: var(--good-wash); }
        .sides .received { background: var(--bad-wash); }
        .sides .absent { background: var(--raised); }
        .sides .fold td { color: var(--quiet); background: var(--raised); }
        .sides .sign { display: inline-block; width: 1.2em; font-weight: 700; }
        .expected .sign { color: var(--good); }
        .received .sign { color: var(--bad); }
        .details { margin: .4rem 0; color: var(--quiet); }

        """

    private static let figures = """
        .scroll { overflow-x: auto; position: relative; }
        caption { text-align: left; color: var(--quiet); font-size: .85rem; padding: .25rem 0; }
        .shares {
          list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
          gap: .5rem 1.5rem;
        }
        .shares li { display: grid; grid-template-columns: 1fr auto; }
        .share { grid-column: 1 / -1; width: 100%; height: 5px; }
        .share .filled { fill: var(--accent); }
        .heatmap, .plain-table, .durations { border-collapse: collapse; font-size: .85rem; }
        .heatmap th, .plain-table th, .durations th { text-align: left; font-weight: 500; padding: .2rem .6rem; }
        .heatmap thead th { color: var(--quiet); }
        .heatmap tbody th { white-space: nowrap; }
        .heatmap td {
          min-width: 4rem; white-space: nowrap; text-align: center; border: 2px solid var(--ground);
          padding: .2rem .4rem; font-variant-numeric: tabular-nums;
        }
        .level0 { box-shadow: inset 0 0 0 1px var(--quiet); color: var(--ink); }
        .level1 { background: var(--heat1); }
        .level2 { background: var(--heat2); }
        .level3 { background: var(--heat3); color: var(--on-heat); }
        .level4 { background: var(--heat4); color: var(--on-heat); }
        .plain-table td, .durations td { padding: .2rem .6rem; border-top: 1px solid var(--line); white-space: nowrap; }
        .plain-table th, .durations th { border-top: 1px solid var(--line); }
        thead th { border-top: 0 !important; color: var(--quiet); }
        .durations { width: 100%; }
        .figure { width: 50%; min-width: 12rem; }
        .plot { display: block; width: 100%; height: 22px; }
        .range { fill: var(--heat2); }
        .dot { fill: var(--quiet); opacity: .55; }
        .median { fill: var(--accent); }
        .cycle .state { fill: var(--raised); stroke: var(--ink); }
        .cycle .inner { fill: none; }
        .cycle .edge { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
        .cycle .tip { fill: var(--quiet); }
        .cycle .start { fill: var(--ink); }
        .cycle text { fill: var(--ink); font-size: 13px; }
        .cycle .label {
          fill: var(--quiet); font-size: 12px; paint-order: stroke; stroke: var(--ground); stroke-width: 5px;
        }
        .trend .this { fill: var(--accent); }

        """

    private static let media = """
        @media (max-width: 48rem) {
          .pair { grid-template-columns: 1fr; }
          .bar, .strip { display: none; }
          .status { width: auto; }
          .body { padding: .25rem .6rem .75rem; }
          .inner { gap: .75rem; padding: .5rem .75rem; flex-wrap: wrap; }
          .inner nav { order: 3; flex-basis: 100%; }
          main { padding-inline: .75rem; }
          h1 { font-size: 1.4rem; }
          .facts.wide { grid-template-columns: 1fr; }
          .actions { margin-left: auto; }
          html { scroll-padding-top: 6rem; }
          .curl { flex-direction: column; }
          .code .number { width: 2.4rem; padding-right: .6rem; }
          .sides td { padding-inline: .3rem; }
        }
        @media (prefers-reduced-motion: no-preference) { .chevron { transition: transform .12s; } }
        @media (forced-colors: active) { mark, .level1, .level2, .level3, .level4 { forced-color-adjust: none; } }
        @media print {
          header, .filter, .more, .small, .skip, .chevron { display: none !important; }
          body { font-size: 11px; }
          .block { max-height: none; }
          .plain > li { content-visibility: visible; }
          .card { break-inside: avoid-page; }
          a { color: inherit; text-decoration: none; }
        }

        """
}
