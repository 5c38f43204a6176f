/// An ECMA-262 regular expression with the `u` flag, compiled.
///
/// The grammar is the strict one (ECMA-262 §22.2.1, without Annex B). JSON Schema's `pattern` asks only whether
/// a text holds a match, so no captures are handed out.
public struct ECMAPattern: Sendable {
    /// The pattern as it was written.
    public let source: String

    private let program: Program

    /// What a test of a text can answer.
    public enum Outcome: Sendable, Hashable {
        /// The text holds a match.
        case match
        /// The text holds no match.
        case noMatch
        /// The allowed number of steps was used up before an answer was found.
        case undecided
    }

    /// The steps a test may take when the caller does not say otherwise.
    public static let defaultSteps = 50_000_000

    /// Compiles a pattern.
    ///
    /// - Throws: ``ECMAPatternSyntaxError`` when `source` is no pattern of the strict grammar or asks for something
    ///   that is not supported.
    public init(_ source: String) throws(ECMAPatternSyntaxError) {
        self.source = source
        program = try Program.compile(source)
    }

    /// Looks for the pattern anywhere in a text, as JSON Schema's `pattern` does.
    ///
    /// - Parameter steps: Bounds the work; a step is about one instruction of the compiled pattern, some nanoseconds.
    public func search(_ text: String, steps: Int = defaultSteps) -> Outcome {
        test(text, wholeText: false, steps: steps)
    }

    /// Looks for the pattern anywhere in a text given as valid UTF-8.
    ///
    /// Bytes that are not valid UTF-8 give an unspecified answer, but are never read beyond their end.
    public func search(utf8: UnsafeBufferPointer<UInt8>, steps: Int = defaultSteps) -> Outcome {
        test(utf8, wholeText: false, steps: steps)
    }

    /// Tells whether the whole text matches, as `^(?:source)$` would.
    public func matchesWhole(_ text: String, steps: Int = defaultSteps) -> Outcome {
        test(text, wholeText: true, steps: steps)
    }

    func test(_ text: String, wholeText: Bool, steps: Int, machine: Program.Machine = .automatic) -> Outcome {
        var text = text
        return text.withUTF8 { test($0, wholeText: wholeText, steps: steps, machine: machine) }
    }

    private func test(
        _ utf8: UnsafeBufferPointer<UInt8>,
        wholeText: Bool,
        steps: Int,
        machine: Program.Machine = .automatic
    ) -> Outcome {
        guard let bytes = utf8.baseAddress else {
            // An empty buffer need not have an address.
            return withUnsafeBytes(of: UInt8(0)) { byte in
                guard let address = byte.bindMemory(to: UInt8.self).baseAddress else { return .undecided }
                return program.test(
                    UTF8Text(bytes: address, count: 0),
                    wholeText: wholeText,
                    steps: steps,
                    machine: machine
                )
            }
        }
        return program.test(
            UTF8Text(bytes: bytes, count: utf8.count),
            wholeText: wholeText,
            steps: steps,
            machine: machine
        )
    }
}
