import Diagnostics
import JSONDocument
import Primitives

/// Resolves the options `pages`, `while` and `distinct` of a row; `nil` without them, and after a diagnostic.
struct PagingResolver: PlanningStage {
    let row: CalledRow
    /// The items that the row sets.
    let set: [ResolvedItem]
    let expect: StatusExpectation
    let responses: ResponsePaths
    let lookups: ContractLookups
    var diagnostics: [Diagnostic] = []

    mutating func run() -> Paging? {
        let options = row.draft.options
        guard let pages = options.pages else {
            for (name, option) in [("while", options.condition), ("distinct", options.distinct)] {
                if let option { report(option.diagnostic("`\(name)` has no effect without `pages`", help: usage)) }
            }
            return nil
        }
        checkContradictions(pages)
        guard let (text, limit) = split(pages), let source = source(text, pages) else { return nil }
        var paging = Paging(source, limit: limit)
        if let option = options.condition { paging.condition = condition(option) }
        if let option = options.distinct { paging.distinct = path(option.text, at: 0, option) }
        if case .number(let target, _) = source { checkNumber(target, hasCondition: options.condition != nil, pages) }
        return hasErrors(since: 0) ? nil : paging
    }

    private let usage =
        "write pages=cursor:next_cursor (a parameter and the path of its next value), pages=page:+1 while=items[0], "
        + "or pages=header.link (a URL); /50 after it allows at most 50 pages"

    init(
        row: CalledRow, set: [ResolvedItem], expect: StatusExpectation, responses: ResponsePaths,
        lookups: ContractLookups
    ) {
        self.row = row
        self.set = set
        self.expect = expect
        self.responses = responses
        self.lookups = lookups
    }

    // MARK: The row

    private mutating func checkContradictions(_ pages: OptionValue) {
        let step = row.draft.options.step
        if step.isInvalid {
            report(pages.diagnostic("a row marked `invalid` has no pages", help: "remove `invalid` or `pages`"))
        }
        if step.poll != nil {
            report(pages.diagnostic("`pages` cannot be combined with `poll`", help: "poll in a row of its own"))
        }
        if row[.sameAs] != nil {
            report(
                pages.diagnostic(
                    "`pages` cannot be combined with `same_as`: the pages of a list differ",
                    help: "remove `same_as`, or compare one page in a row of its own"))
        }
        let accepts2xx = expect.alternatives.contains { alternative in
            switch alternative {
            case .exact(let status): status / 100 == 2
            case .range(let hundred): hundred == 2
            }
        }
        if !accepts2xx {
            report(
                pages.diagnostic(
                    "pages follow only a 2xx response, but the row expects '\(visibleText(expect.text))'",
                    help: "remove `pages`, or expect 200"))
        }
    }

    /// The text before `/50`, and the limit.
    private mutating func split(_ pages: OptionValue) -> (text: String, limit: Int)? {
        guard let slash = pages.text.lastIndex(of: "/"),
            pages.text[pages.text.index(after: slash)...].utf8.allSatisfy(\.isASCIIDigit)
        else { return (pages.text, Paging.usualLimit) }
        guard let limit = Int(pages.text[pages.text.index(after: slash)...]),
            (2...Paging.highestLimit).contains(limit)
        else {
            report(
                pages.diagnostic(
                    "the maximum number of pages is not between 2 and \(Paging.highestLimit)", help: "write /50"))
            return nil
        }
        return (String(pages.text[..<slash]), limit)
    }

    // MARK: The source of the next page

    private mutating func source(_ text: String, _ pages: OptionValue) -> Paging.Source? {
        let scalars = Array(text.unicodeScalars)
        let end = ItemPath.end(of: scalars)
        guard end < scalars.count, end > 0, scalars[end] == ":" else {
            return path(text, at: 0, pages).map { .url($0) }
        }
        let name = String(String.UnicodeScalarView(scalars[..<end]))
        let rest = String(String.UnicodeScalarView(scalars[(end + 1)...]))
        guard let target = target(name, pages) else { return nil }
        guard rest.utf8.first == UInt8(ascii: "+") else {
            return path(rest, at: end + 1, pages).map { .value($0, into: target) }
        }
        guard rest.utf8.dropFirst().allSatisfy(\.isASCIIDigit), let amount = Int(rest.dropFirst()),
            (1...1_000_000).contains(amount)
        else {
            report(pages.diagnostic("'\(visibleText(rest))' is not a valid increment", help: "write +1"))
            return nil
        }
        return .number(target, by: amount)
    }

    /// The part of the request that changes from page to page, resolved like the path of a `set` item.
    private mutating func target(_ name: String, _ pages: OptionValue) -> ItemPath? {
        do throws(ItemSyntaxError) {
            let path = try ItemPath.parse(name)
            let range = pages.offset..<(pages.offset + name.unicodeScalars.count)
            let item = PlacedItem(
                parsed: ParsedItem(
                    path: path, op: .literal, value: .json(.string("")), pathRange: range, valueRange: range,
                    range: range, place: 0, text: name),
                cell: pages.cell, isPromoted: false)
            guard !path.hasWildcard else {
                report(pages.diagnostic("'\(visibleText(name))' can match several places", help: "use an index: [0]"))
                return nil
            }
            return run(SetPlaceResolver(item: item, row: row, lookups: lookups))?.path
        } catch {
            report(pages.cell.diagnostic(ItemProblem("table.path", error, from: pages.offset)))
            return nil
        }
    }

    /// A number needs its first value, and a response with which the list ends.
    private mutating func checkNumber(_ target: ItemPath, hasCondition: Bool, _ pages: OptionValue) {
        if !hasCondition {
            report(
                pages.diagnostic(
                    "a list with page numbers requires `while`, because a number has no end",
                    help: "write while=items[0] or while=has_more"))
        }
        if !set.contains(where: { $0.path == target && $0.placed.parsed.op != .absent }) {
            report(
                pages.diagnostic(
                    "the row does not set the first value of '\(target.text)'", help: "add '\(target.text)=1' to `set`")
            )
        }
    }

    // MARK: Paths of responses

    private mutating func condition(_ option: OptionValue) -> Paging.Condition? {
        let isNegated = option.text.utf8.first == UInt8(ascii: "!")
        let text = isNegated ? String(option.text.unicodeScalars.dropFirst()) : option.text
        return path(text, at: isNegated ? 1 : 0, option).map { Paging.Condition($0, isNegated: isNegated) }
    }

    /// A path of the response, which some documented response must have.
    private mutating func path(_ text: String, at offset: Int, _ option: OptionValue) -> ItemPath? {
        do throws(ItemSyntaxError) {
            let path = try ItemPath.parse(text)
            guard let problem = responses.problem(path) else { return path }
            report(
                option.cell.diagnostic(
                    "table.unknown-member", problem.message, offset: option.offset + offset,
                    length: text.unicodeScalars.count, help: problem.help))
            return nil
        } catch {
            var problem = ItemProblem("table.path", error, from: option.offset + offset)
            problem.help = problem.help ?? usage
            report(option.cell.diagnostic(problem))
            return nil
        }
    }
}

extension OptionValue {
    /// An error about the whole value.
    fileprivate func diagnostic(_ message: String, help: String) -> Diagnostic {
        cell.diagnostic(
            "table.option", message, offset: offset, length: text.unicodeScalars.count, help: help)
    }
}
