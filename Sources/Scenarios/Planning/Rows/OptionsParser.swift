import Diagnostics
import Primitives

/// The options of an `opts` cell, for the step and for its scenario.
struct RowOptions: Sendable {
    var step = StepOptions()
    var only: CellPlace?
    /// Whether other scenarios can use the saved values: `session`.
    var session: CellPlace?
    var lock: OptionValue?
    /// The data file, relative to the table: `rows=`.
    var dataFile: OptionValue?
    /// The pages of a list: `pages=`, `while=` and `distinct=`.
    var pages: OptionValue?
    var condition: OptionValue?
    var distinct: OptionValue?
    /// The step that is sent at the same time: `race=`.
    var race: OptionValue?

    /// Whether one of the options about pages is present.
    var isPaged: Bool { pages != nil || condition != nil || distinct != nil }
}

/// The value of an option that applies to the whole scenario, with its position.
struct OptionValue: Sendable {
    /// The text after `=`.
    var text: String
    var cell: CellPlace
    /// Its offset in the cell, in Unicode scalars.
    var offset: Int
}

/// Parses `opts` cells.
struct OptionsParser {
    static let flags = ["invalid", "setup", "teardown", "skip", "only", "session", "mock", "live"]
    static let settings = [
        "timeout", "poll", "retry", "follow", "repeat", "burst", "race", "pages", "while", "distinct", "lock",
        "rows",
    ]
    /// The maximum number of redirects that a row may follow, the same as in most clients.
    static let mostRedirects = 10
    /// The maximum number of times that a row is sent.
    static let mostRepetitions = 1_000

    let cell: CellPlace
    var diagnostics: [Diagnostic] = []

    init(_ cell: CellPlace) {
        self.cell = cell
    }

    /// Applies the cell's words on top of `defaults`.
    mutating func parse(over defaults: RowOptions) -> RowOptions {
        var options = defaults
        var seen: [String: Int] = [:]
        for word in words(of: cell.text) {
            let scalars = Array(word.text.unicodeScalars)
            let equals = scalars.firstIndex(of: "=")
            let name = (String(String.UnicodeScalarView(scalars[..<(equals ?? scalars.count)]))).lowercasedASCII
            if seen[name] != nil {
                report(word, "table.option", "duplicate option '\(name)'", help: nil)
                continue
            }
            seen[name] = word.offset
            if let equals {
                let value = String(String.UnicodeScalarView(scalars[(equals + 1)...]))
                apply(name, value, word, &options)
            } else {
                apply(name, word, &options)
            }
        }
        checkContradictions(seen, options)
        return options
    }

    private mutating func apply(_ flag: String, _ word: (text: String, offset: Int), _ options: inout RowOptions) {
        switch flag {
        case "invalid": options.step.isInvalid = true
        case "setup":
            options.step.isSetup = true
            options.step.isTeardown = false
        case "teardown":
            options.step.isTeardown = true
            options.step.isSetup = false
        case "skip": options.step.isSkipped = true
        case "only": options.only = cell
        case "session": options.session = cell
        case "mock":
            options.step.mockOnly = true
            options.step.liveOnly = false
        case "live":
            options.step.liveOnly = true
            options.step.mockOnly = false
        case _ where OptionsParser.settings.contains(flag):
            report(
                word, "table.option", "the option `\(flag)` requires a value",
                help: "write \(OptionsParser.usage[flag] ?? flag)")
        default:
            unknown(flag, word)
        }
    }

    private mutating func apply(
        _ name: String, _ value: String, _ word: (text: String, offset: Int), _ options: inout RowOptions
    ) {
        let offset = word.offset + name.unicodeScalars.count + 1
        switch name {
        case "timeout":
            guard let duration = DurationText.parse(value), duration > .zero else { return malformed(name, word) }
            options.step.timeout = duration
        case "poll":
            guard let poll = poll(value) else { return malformed(name, word) }
            options.step.poll = poll
        case "retry":
            let parts = split(value)
            guard parts.count == 2, let count = Int(parts[0]), (1...100).contains(count),
                let interval = DurationText.parse(parts[1])
            else { return malformed(name, word) }
            options.step.retry = .init(count: count, interval: interval)
        case "follow":
            guard let count = count(value, 1...OptionsParser.mostRedirects) else { return malformed(name, word) }
            options.step.follow = count
        case "repeat":
            guard let count = count(value, 1...OptionsParser.mostRepetitions) else { return malformed(name, word) }
            options.step.repetitions = count
        case "burst":
            let parts = split(value)
            guard let count = count(parts[0], Burst.counts), parts.count == 1 || parts.dropFirst() == ["keys"] else {
                return malformed(name, word)
            }
            options.step.series = .burst(Burst(count: count, hasKeys: parts.count == 2))
        case "race":
            guard !value.isEmpty else { return malformed(name, word) }
            options.race = OptionValue(text: value, cell: cell, offset: offset)
        case "pages", "while", "distinct":
            guard !value.isEmpty else { return malformed(name, word) }
            let option = OptionValue(text: value, cell: cell, offset: offset)
            switch name {
            case "pages": options.pages = option
            case "while": options.condition = option
            default: options.distinct = option
            }
        case "lock":
            guard !value.isEmpty else { return malformed(name, word) }
            options.lock = OptionValue(text: value, cell: cell, offset: offset)
        case "rows":
            guard !value.isEmpty else { return malformed(name, word) }
            options.dataFile = OptionValue(text: value, cell: cell, offset: offset)
        case _ where OptionsParser.flags.contains(name):
            report(word, "table.option", "the option `\(name)` takes no value", help: "write \(name)")
        default:
            unknown(name, word)
        }
    }

    /// A number in digits alone; `nil` outside of the range.
    private func count(_ value: String, _ range: ClosedRange<Int>) -> Int? {
        guard value.utf8.allSatisfy(\.isASCIIDigit), let count = Int(value), range.contains(count) else { return nil }
        return count
    }

    private func poll(_ value: String) -> StepOptions.Poll? {
        let parts = split(value)
        // Only a row that awaits a delivery needs no interval; `RowResolver` reports others.
        if parts.count == 1, let limit = DurationText.parse(value), limit > .zero {
            return .init(limit: limit, interval: .zero)
        }
        guard parts.count == 2, let limit = DurationText.parse(parts[0]), let interval = DurationText.parse(parts[1]),
            interval > .zero, limit >= interval
        else { return nil }
        return .init(limit: limit, interval: interval)
    }

    private func split(_ value: String) -> [String] {
        value.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    private static let usage = [
        "timeout": "timeout=5s", "poll": "poll=20s/2s (for 20 s, every 2 s)",
        "retry": "retry=3/1s (3 more tries, 1 s apart)",
        "follow": "follow=3 (at most 3 redirects; the maximum is \(mostRedirects))",
        "repeat": "repeat=3 (sent 3 times; the maximum is \(mostRepetitions))",
        "burst": "burst=5 (5 equal requests at once; at most \(Burst.counts.upperBound)) or burst=5/keys (a key each)",
        "race": "race=STEP (at once with the step directly before)",
        "pages": "pages=cursor:next_cursor/50 (at most 50 pages)",
        "while": "while=has_more", "distinct": "distinct=items[*].id",
        "lock": "lock=NAME", "rows": "rows=data/x.csv",
    ]

    private mutating func malformed(_ name: String, _ word: (text: String, offset: Int)) {
        report(
            word, "table.option", "'\(visibleText(word.text))' is not valid for the option `\(name)`",
            help: "write \(OptionsParser.usage[name] ?? name)")
    }

    private mutating func unknown(_ name: String, _ word: (text: String, offset: Int)) {
        let near = nearestName(to: name, among: OptionsParser.flags + OptionsParser.settings)
        report(
            word, "table.option", "unknown option '\(visibleText(name))'",
            help: near.map { "did you mean `\(OptionsParser.usage[$0] ?? $0)`?" }
                ?? "the options are \(OptionsParser.flags.joined(separator: " ")) "
                + OptionsParser.settings.map { "\($0)=…" }.joined(separator: " "))
    }

    private mutating func checkContradictions(_ seen: [String: Int], _ options: RowOptions) {
        for (first, second) in [("setup", "teardown"), ("mock", "live")] {
            guard seen[first] != nil, let place = seen[second] else { continue }
            report((second, place), "table.option", "a step cannot be both `\(first)` and `\(second)`", help: nil)
        }
        checkBurst(seen, options)
    }

    /// The requests of a burst are sent once, at once: they are neither retried nor followed.
    private mutating func checkBurst(_ seen: [String: Int], _ options: RowOptions) {
        guard options.step.burst != nil else { return }
        let others = [
            ("poll", options.step.poll != nil), ("retry", options.step.retry != nil),
            ("follow", options.step.follow != nil), ("pages", options.isPaged), ("race", options.race != nil),
        ]
        for (name, isSet) in others where isSet {
            guard let place = seen[name] ?? seen["burst"] else { continue }
            report(
                (seen[name] == nil ? "burst" : name, place), "table.option",
                "`burst` cannot be combined with `\(name)`", help: "remove one of them")
        }
    }

    private mutating func report(_ word: (text: String, offset: Int), _ rule: String, _ message: String, help: String?)
    {
        diagnostics.append(
            cell.diagnostic(
                rule, message, offset: word.offset, length: word.text.unicodeScalars.count, help: help))
    }
}
