import Diagnostics
import Exchanges
import Primitives

/// A scenario and a step of it, by their names in a journal.
struct StepName: Hashable {
    var scenario: String
    var step: String

    /// The name as users write it.
    var text: String { "\(scenario)/\(step)" }
}

/// Selects steps of a journal by a name: `SCENARIO/STEP`, `SCENARIO › STEP` as reports print it, `SCENARIO`, or a `STEP`
/// that only one scenario has.
struct StepSelector {
    /// The steps of the journal, each once, in order.
    private let names: [StepName]

    init(_ names: [StepName]) {
        self.names = names
    }

    /// The steps that `text` names. Cases belong to the names without brackets: `pay[2]` to `pay`.
    ///
    /// - Throws: `HarnessError` (exit 2) with the nearest name when there is none, or with the scenarios of a step that
    ///   several scenarios have.
    func steps(_ text: String) throws(HarnessError) -> [StepName] {
        // Reports print `SCENARIO › STEP`.
        let text = text.replacing(" › ", with: "/")
        let scenarios = names.filter { Self.fits($0.scenario, text) }
        if !scenarios.isEmpty { return scenarios }
        let whole = names.filter { name in
            text.utf8.indices.contains { slash in
                text.utf8[slash] == UInt8(ascii: "/") && Self.fits(name.scenario, text[..<slash])
                    && Self.fits(name.step, text[text.utf8.index(after: slash)...])
            }
        }
        if !whole.isEmpty { return whole }
        let steps = names.filter { Self.fits($0.step, text) }
        let owners = Set(steps.map { Self.withoutCase($0.scenario) })
        if owners.count == 1 { return steps }
        guard steps.isEmpty else { throw ambiguous(text, steps) }
        let known = names.map(\.text) + names.map(\.scenario) + names.map(\.step)
        throw .wrongInput(
            "usage.unknown-step", "the journal has no scenario or step '\(text)'",
            help: nearestName(to: text, among: known).map { "did you mean `\($0)`?" }
                ?? "name a step as SCENARIO/STEP or FILE:LINE, as the report does")
    }

    private func ambiguous(_ text: String, _ steps: [StepName]) -> HarnessError {
        let listed = steps.prefix(4).map { "`\($0.text)`" }.joined(separator: ", ")
        return .wrongInput(
            "usage.ambiguous-step", "\(steps.count) scenarios have a step '\(text)'",
            help: "name one of them: \(listed)" + (steps.count > 4 ? ", …" : ""))
    }

    /// Whether `text` is a name, or the name without its case.
    private static func fits(_ name: String, _ text: some StringProtocol) -> Bool {
        name.isSame(as: text) || withoutCase(name).isSame(as: text)
    }

    private static func withoutCase(_ name: String) -> String {
        String(decoding: name.utf8.prefix { $0 != UInt8(ascii: "[") }, as: UTF8.self)
    }
}
