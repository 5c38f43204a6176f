import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Scenarios

/// Judges the pages of one step together: whether the list was walked to its end, and whether its elements differ.
struct PageJudge {
    /// Values that are shown individually.
    private static let shownValues = 5

    private let paging: Paging
    private var walk: PageWalk
    private var last: (subject: StepSubject, move: PageWalk.Move)?
    /// The page on which each value of `distinct` was received first.
    private var pages: [String: Int] = [:]
    /// Whether a page has no response, which its own finding says.
    private var isBroken = false
    /// Values that were received again, with both pages.
    private var repeated: [(value: String, first: Int, again: Int)] = []

    /// Judges no page yet; `nil` for a step without pages.
    init?(_ step: Step) {
        guard let paging = step.options.paging else { return nil }
        self.paging = paging
        walk = PageWalk(paging)
    }

    /// The number of pages so far.
    var count: Int { walk.count }

    /// Ends the walk with a page that has no response.
    mutating func fail() {
        isBroken = true
    }

    /// Adds the last response of a page.
    mutating func add(_ subject: StepSubject) {
        let move = walk.move(after: subject.view)
        last = (subject, StatusRules.accepts(subject) ? move : .end)
        guard let distinct = paging.distinct else { return }
        let values: [JSONValue] =
            switch distinct.select(in: subject.view) {
            case .absent: []
            case .one(let value, _): [value]
            case .many(let selected, _): selected.compactMap(\.value)
            }
        for value in values {
            let text = value.text
            if let first = pages[text] {
                repeated.append((value.shown, first, count))
            } else {
                pages[text] = count
            }
        }
    }

    /// The findings about all pages, once no other page follows.
    var findings: [Finding] {
        guard let (subject, move) = last else { return [] }
        let found = [end(move, subject), duplicates(subject), uncompared(subject), single(move, subject)]
        return found.compactMap { $0 }.map { MaskedValues.unjudged($0, subject.response) }
    }

    private func end(_ move: PageWalk.Move, _ subject: StepSubject) -> Finding? {
        guard !isBroken else { return nil }
        return switch move {
        case .end: nil
        case .stop(.limit):
            subject.finding(
                .pagesLimit, "the list does not end after \(count) pages, the maximum of this row", blame: .table,
                expected: "at most \(paging.limit) pages", actual: "more pages",
                details: ["if the list is longer, write a higher maximum after `pages=…/`"])
        case .stop(.repeated(let value)):
            subject.finding(
                .pagesRepeated, "the next page was requested before, so the list never ends",
                expected: "a new value for the next page", actual: value)
        case .stop(.unusable(let reason)):
            subject.finding(.pagesNext, "the next page cannot be requested: \(reason)")
        case .value, .url:
            subject.finding(
                .pagesUnfinished, "page \(count) is not the last one, but the next page was not requested",
                blame: .table)
        }
    }

    private func duplicates(_ subject: StepSubject) -> Finding? {
        guard let distinct = paging.distinct, !repeated.isEmpty else { return nil }
        let details = repeated.prefix(Self.shownValues).map { value, first, again in
            "\(value) on " + (first == again ? "page \(first) twice" : "page \(first) and page \(again)")
        }
        let rest = repeated.count - details.count
        return subject.finding(
            .pagesDuplicate,
            "`\(distinct.text)` has \(plural(repeated.count, "value")) that occurred before in the list",
            clause: distinct.text, expected: "different values on all pages", actual: repeated[0].value,
            details: details + (rest > 0 ? ["and \(rest) more"] : []))
    }

    /// Elements without the value cannot be compared; the table seems to name the wrong one.
    private func uncompared(_ subject: StepSubject) -> Finding? {
        guard let distinct = paging.distinct, pages.isEmpty, count > 1 else { return nil }
        return subject.finding(
            .pagesUncompared, "no page has a value at `\(distinct.text)`, so elements were not compared",
            blame: .table, clause: distinct.text)
    }

    private func single(_ move: PageWalk.Move, _ subject: StepSubject) -> Finding? {
        guard count == 1, move == .end, !isBroken, StatusRules.accepts(subject) else { return nil }
        return subject.finding(
            .pagesSingle, "the list has only one page, so its pages were not tested", blame: .table,
            details: ["create more elements in earlier rows, or request smaller pages"])
    }
}
