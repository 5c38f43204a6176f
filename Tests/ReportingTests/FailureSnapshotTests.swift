import Exchanges
import Foundation
import Primitives
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

extension FailureSample: CustomTestStringConvertible {
    var testDescription: String { name }
}

/// The text of typical failures, as readers see it.
@Suite("Typical failures as text")
struct FailureSnapshotTests {
    private static let snapshots = Snapshots("Tests/ReportingTests/Failures")

    private static func text(_ sample: FailureSample, width: Int = TextStyle.usualWidth) -> String {
        let report = sample.report()
        let text = VerdictText(style: TextStyle(isColoured: false, width: width), redactor: .none)
        return text.failures(report.failures, of: report)
    }

    @Test("the text of a failure is the stored one", arguments: FailureSample.all)
    func snapshot(sample: FailureSample) throws {
        try Self.snapshots.expect(Self.text(sample), is: sample.name + ".txt")
    }

    @Test("the first three lines have the rule, the place, and what to do", arguments: FailureSample.all)
    func firstLines(sample: FailureSample) {
        let lines = Self.text(sample).split(separator: "\n").prefix(3)
        #expect(lines.first?.contains(sample.finding.rule) == true)
        #expect(lines.contains { $0.contains(sample.place) }, "\(lines.joined(separator: "\n"))")
        #expect(lines.last?.hasPrefix("  help: \(sample.finding.remedy)") == true, "\(lines)")
    }

    @Test(
        "no line is longer than the terminal is wide, except a curl line, which continues by itself",
        arguments: [40, 52, 60, 80, 100, 120, 200])
    func widths(width: Int) {
        for sample in FailureSample.all {
            let report = sample.report()
            let style = TextStyle(isColoured: false, width: width)
            let text = VerdictText(style: style, redactor: .none, listsMissing: true)
                .render(report, folder: "reports/latest")
            for line in text.split(separator: "\n") where !line.hasPrefix("  curl ") {
                #expect(line.unicodeScalars.count <= width, "\(sample.name): \(line)")
            }
        }
        let text = VerdictText(style: TextStyle(isColoured: false, width: width), redactor: .none)
            .render(RunReport(Samples.failing, elapsed: .milliseconds(1_234), redactor: .none))
        for line in text.split(separator: "\n") where !line.hasPrefix("  curl ") {
            #expect(line.unicodeScalars.count <= width, "\(line)")
        }
    }

    @Test("coloured text has the same characters, the expected value in green and the received one in red")
    func colours() throws {
        for sample in FailureSample.all {
            let report = sample.report()
            let coloured = VerdictText(style: TextStyle(isColoured: true), redactor: .none)
                .failures(report.failures, of: report)
            #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == Self.text(sample))
        }
        let report = try #require(FailureSample.all.first { $0.name == "body-type" }).report()
        let text = VerdictText(style: TextStyle(isColoured: true), redactor: .none)
            .failures(report.failures, of: report)
        #expect(text.contains("expected  \u{1B}[32mnumber\u{1B}[0m\n"))
        #expect(text.contains("received  \u{1B}[31m\"2.5\"\u{1B}[0m\n"))
        let same = try #require(FailureSample.all.first { $0.name == "same-as" }).report()
        let difference = VerdictText(style: TextStyle(isColoured: true), redactor: .none)
            .failures(same.failures, of: same)
        #expect(difference.contains("\u{1B}[32m-   \"state\": \"sent\",\u{1B}[0m"))
        #expect(difference.contains("\u{1B}[31m+   \"state\": \"lost\",\u{1B}[0m"))
    }

    @Test("a line with a secret is shown masked and without a caret")
    func maskedFrames() throws {
        let sample = try #require(FailureSample.all.first { $0.name == "check" })
        let redactor = Redactor(secrets: [("KEY", "{{send.id}}")])
        let frame = SourceFrame(
            style: TextStyle(isColoured: false), redactor: redactor, sources: FailureSample.sources)
        let lines = frame.lines(at: try #require(sample.finding.table), isTable: true)
        #expect(lines.count == 1 && !lines[0].contains("send.id") && lines[0].contains("‹secret KEY›"))
    }

    @Test("a failure without lines of its files has the places alone")
    func noFrames() throws {
        let report = try #require(FailureSample.all.first).report(sources: SourceExcerpts())
        let text = VerdictText(style: TextStyle(isColoured: false), redactor: .none)
            .failures(report.failures, of: report)
        #expect(text.contains("    contract  specs/parcels.yaml:93:11\n  curl "))
    }
}

@Suite("Commands over several lines")
struct WrappedCommandTests {
    /// The arguments that a shell passes to `curl` for the lines.
    private static func arguments(_ lines: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let script = "curl() { for word in \"$@\"; do printf '%s\\0' \"$word\"; done; }\n"
        process.arguments = ["-c", script + lines.joined(separator: "\n") + "\n"]
        process.environment = ["KEY": "secret value"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false)
            .dropLast().map { String($0) }
    }

    @Test(
        "a shell reads the same words from the lines as from the command", arguments: [20, 40, 60, 100],
        [
            "curl --include 'http://127.0.0.1:4010/v1/parcels/P-1?a=1&b=2'",
            "curl --include --request POST 'http://127.0.0.1:4010/v1/parcels' --header 'x-key: '\"$KEY\"' and more' "
                + "--data-raw '{\"name\":\"it'\\''s a long name\",\"text\":\"one two  three four five six seven\"}'",
            "curl 'http://a/\(String(repeating: "x", count: 300))' --header 'a: \\' --header 'b;'",
        ])
    func words(width: Int, command: String) throws {
        let lines = WrappedCommand(width: width).lines(command, first: 2)
        #expect(try Self.arguments(lines) == Self.arguments([command]))
        for (index, line) in lines.enumerated() {
            #expect(line.unicodeScalars.count + (index == 0 ? 2 : 0) <= width, "\(line)")
        }
    }

    @Test("a command that fits stays on one line, and no line begins with a command of a CI server")
    func lines() {
        #expect(WrappedCommand(width: 80).lines("curl --include 'http://a'") == ["curl --include 'http://a'"])
        let body = String(repeating: "::error::x ", count: 40)
        let lines = WrappedCommand(width: 40).lines("curl --data-raw '\(body)'")
        #expect(lines.count > 5 && lines.allSatisfy { !$0.hasPrefix("::") })
    }
}

@Suite("Wrapped text")
struct WrappedTextTests {
    @Test(
        "lines end between words, and long words are split",
        arguments: [
            ("aa bb cc", 5, 0, 0, ["aa bb", "cc"]), ("aa bb cc", 80, 0, 0, ["aa bb cc"]),
            ("aaaaaaa", 3, 0, 0, ["aaa", "aaa", "a"]), ("aa bb", 6, 4, 2, ["aa", "  bb"]), ("", 10, 0, 0, [""]),
            ("a  b", 10, 0, 0, ["a  b"]),
        ] as [(String, Int, Int, Int, [String])])
    func lines(text: String, width: Int, first: Int, indent: Int, lines: [String]) {
        #expect(WrappedText(width: width).lines(text, first: first, indent: indent) == lines)
    }

    @Test("every width is kept, and no character is lost", arguments: 1...30)
    func kept(width: Int) {
        let text = "the quick brown fox jumps over incomprehensibilities"
        let lines = WrappedText(width: width).lines(text)
        #expect(lines.allSatisfy { $0.unicodeScalars.count <= width })
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
}
