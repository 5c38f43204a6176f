import Diagnostics

/// What one input of `assay validate` is worth: a response, a body, or one line of values.
public struct InputVerdict: Sendable {
    /// The input's name: a path, or `-` for standard input.
    public var input: String
    /// The line of the input at which it starts, from 1.
    public var line: Int
    /// What it was judged as, for people: `fetchParcel 200`, `#/components/schemas/Parcel`.
    public var subject: String
    /// What was found.
    public var findings: [Finding]

    /// A verdict.
    public init(input: String, line: Int, subject: String, findings: [Finding]) {
        self.input = input
        self.line = line
        self.subject = subject
        self.findings = findings
    }

    /// How an input comes out.
    public enum Outcome: String, Sendable, Hashable {
        /// Nothing is wrong; warnings and notes may be there.
        case passed
        /// Something is wrong.
        case failed
        /// Nothing is wrong as far as it could be judged, and some of it could not.
        case undecided
    }

    /// Failed with an error that is sure, undecided with one that is not, else passed.
    public var outcome: Outcome {
        if findings.contains(where: { $0.severity == .error && !$0.isUndecided }) { return .failed }
        return findings.contains(where: \.isUndecided) ? .undecided : .passed
    }
}

extension Finding {
    /// Whether it says that something could not be judged, and not that it is wrong.
    public var isUndecided: Bool {
        rule.utf8.suffix(10).elementsEqual(".undecided".utf8) || rule.utf8.suffix(9).elementsEqual(".unjudged".utf8)
    }
}
