import Diagnostics
import OpenAPI
import TestKit
import Testing

@testable import Versions

/// Two smallest documents, and what the comparison reports in both directions.
///
/// Marks stand where changes are located in each document. Almost every case has one change and so one mark. A mark
/// before the text of an operation or path item stands before its name, and one on a line of its own before the document.
struct ChangeCase: Sendable, CustomTestStringConvertible {
    /// What the texts of a case are part of.
    enum Frame: Sendable {
        /// The operation `POST /a`, as a flow mapping.
        case operation
        /// The path item `/a`, as a flow mapping.
        case path
        /// Members of the document, as block mappings; without `paths`, there is one operation.
        case document
    }

    var frame = Frame.operation
    var old: String
    var new: String
    /// The changes from `old` to `new`, two lines each: `severity rule at place`, then `message: from → to`.
    ///
    /// The severity is that of all presets, or `strict/github/stripe` if they differ.
    var forwards: String
    /// The changes from `new` to `old`.
    var backwards: String
    /// The day of the comparison.
    var today = "2026-01-01"
    /// The required days between deprecation and sunset.
    var noticeDays = 0
    var comparesExtensions = false

    var testDescription: String { forwards.split(separator: "\n").first.map { String($0) } ?? "no change" }

    /// The ids of the expected rules.
    var rules: [String] {
        [forwards, backwards].flatMap { text in
            text.split(separator: "\n").enumerated().filter { $0.offset.isMultiple(of: 2) }
                .compactMap { $0.element.split(separator: " ").dropFirst().first.map { String($0) } }
        }
    }

    /// Compares the documents in both directions.
    func check() throws {
        let (before, after) = (MarkedText(Self.document(old, frame)), MarkedText(Self.document(new, frame)))
        let (old, new) = (try Contract.load(text: before.text), try Contract.load(text: after.text))
        expect(forwards, from: (old, before), to: (new, after))
        expect(backwards, from: (new, after), to: (old, before))
    }

    private func expect(_ text: String, from old: (Contract, MarkedText), to new: (Contract, MarkedText)) {
        let comparisons = RulePreset.allCases.map { preset in
            ContractDiff.compare(
                old.0, new.0,
                ComparisonOptions(
                    preset: preset, comparesExtensions: comparesExtensions, today: today, noticeDays: noticeDays))
        }
        let found = comparisons[0].changes.indices.map { index in
            Self.text(of: comparisons.map { $0.changes.indices.contains(index) ? $0.changes[index] : nil })
        }
        #expect(found.joined(separator: "\n") == text)
        for change in comparisons[0].changes {
            for (name, location, marks) in [
                ("base", change.base.location, old.1), ("revision", change.revision.location, new.1),
            ] {
                let place = location.map { MarkedText.Place(line: $0.line, column: $0.column) }
                let isMarked = place.map { marks.places.contains($0) } ?? false
                #expect(
                    isMarked, "\(name) of \(change.rule.id) is \(place?.description ?? "missing") in\n\(marks.text)")
            }
        }
    }

    /// A change under every preset, in the two lines of an expectation.
    private static func text(of presets: [Change?]) -> String {
        guard let change = presets.first ?? nil else { return "" }
        var severities = presets.map { $0?.severity.rawValue ?? "missing" }
        if Set(severities).count == 1 { severities = [severities[0]] }
        return "\(severities.joined(separator: "/")) \(change.rule.id) at \(change.placeText)\n"
            + "\(change.message): \(change.base.text ?? "none") → \(change.revision.text ?? "none")"
    }

    private static func document(_ text: String, _ frame: Frame) -> String {
        let isMarked = text.hasPrefix("①")
        let mark = isMarked ? "①" : ""
        let text = isMarked && frame != .document ? String(text.dropFirst()) : text
        let head =
            (text.hasPrefix("①\n") ? "①" : "") + "openapi: 3.1.0\n"
            + (text.contains("info:") ? "" : "info: {title: t, version: '1'}\n")
        func indented(_ width: Int) -> String {
            String(repeating: " ", count: width)
                + text.split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\n" + String(repeating: " ", count: width))
        }
        return switch frame {
        case .operation: head + "paths:\n  /a:\n    \(mark)post:\n" + indented(6) + "\n"
        case .path: head + "paths:\n  \(mark)/a:\n" + indented(4) + "\n"
        case .document: head + (text.contains("paths:") ? "" : "paths: {/a: {post: {}}}\n") + text + "\n"
        }
    }
}
