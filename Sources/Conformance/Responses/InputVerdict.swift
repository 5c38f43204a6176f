import Diagnostics

/// The verdict on one input of `assay validate`: a response, a body, or one line of values.
package struct InputVerdict: Sendable {
    /// The input's name: a path, or `-` for standard input.
    package var input: String
    /// The line of the input at which it starts, from 1.
    package var line: Int
    /// The response or schema by which it was judged: `fetchParcel 200`, `#/components/schemas/Parcel`.
    package var subject: String
    /// The findings.
    package var findings: [Finding]

    /// A verdict.
    package init(input: String, line: Int, subject: String, findings: [Finding]) {
        self.input = input
        self.line = line
        self.subject = subject
        self.findings = findings
    }

    /// The result of an input.
    package enum Outcome: String, Sendable, Hashable {
        /// No error; warnings and notes are possible.
        case passed
        /// An error.
        case failed
        /// No error, but a part of the input could not be judged.
        case undecided
    }

    /// Failed with a certain error, undecided with an uncertain one, otherwise passed.
    package var outcome: Outcome {
        if findings.contains(where: { $0.severity == .error && !$0.isUndecided }) { return .failed }
        return findings.contains(where: \.isUndecided) ? .undecided : .passed
    }
}

extension Finding {
    /// Whether the finding means that something could not be judged, and not that it is wrong.
    package var isUndecided: Bool {
        rule.utf8.suffix(10).elementsEqual(".undecided".utf8) || rule.utf8.suffix(9).elementsEqual(".unjudged".utf8)
    }
}
