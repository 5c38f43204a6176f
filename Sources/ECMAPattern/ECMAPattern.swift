/// An ECMA-262 regular expression, compiled.
///
/// JSON Schema's `pattern` asks only whether a text holds a match, so no captures are handed out.
public struct ECMAPattern: Sendable {
    /// The pattern as it was written.
    public let source: String

    private let program: Program

    /// The grammar that a pattern is read by. Texts are always read by code points.
    public enum Grammar: Sendable, Hashable {
        /// With the `u` flag: the strict grammar (ECMA-262, section 22.2.1), as JSON Schema 2020-12 asks for.
        case unicode
        /// Without the `u` flag (ECMA-262, edition 5.1, and Annex B.1.2 of later editions), as OpenAPI 3.0 names it:
        /// a backslash before punctuation is that character, and a bracket that opens nothing is a character.
        case withoutUnicodeFlag
    }

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
    /// - Throws: ``ECMAPatternSyntaxError`` when `source` is no pattern of the grammar or asks for something that is
    ///   not supported.
    public init(_ source: String, grammar: Grammar = .unicode) throws(ECMAPatternSyntaxError) {
        self.source = source
        program = try Program.compile(source, grammar: grammar)
    }

    /// Compiles a pattern by the grammar with the `u` flag, or else by the one without it.
    ///
    /// - Throws: ``ECMAPatternSyntaxError`` of the grammar with the flag when neither fits.
    public static func inEitherGrammar(_ source: String) throws(ECMAPatternSyntaxError) -> ECMAPattern {
        do {
            return try ECMAPattern(source)
        } catch {
            if let pattern = try? ECMAPattern(source, grammar: .withoutUnicodeFlag) { return pattern }
            throw error
        }
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
        var steps = steps
        return test(utf8, wholeText: false, steps: &steps)
    }

    /// The same; takes the steps that were needed from `steps`, which is not above 0 afterwards when they did not
    /// suffice.
    public func search(utf8: UnsafeBufferPointer<UInt8>, steps: inout Int) -> Outcome {
        test(utf8, wholeText: false, steps: &steps)
    }

    /// Tells whether the whole text matches, as `^(?:source)$` would.
    public func matchesWhole(_ text: String, steps: Int = defaultSteps) -> Outcome {
        test(text, wholeText: true, steps: steps)
    }

    func test(_ text: String, wholeText: Bool, steps: Int, machine: Program.Machine = .automatic) -> Outcome {
        var text = text
        var steps = steps
        return text.withUTF8 { test($0, wholeText: wholeText, steps: &steps, machine: machine) }
    }

    private func test(
        _ utf8: UnsafeBufferPointer<UInt8>,
        wholeText: Bool,
        steps: inout Int,
        machine: Program.Machine = .automatic
    ) -> Outcome {
        guard let bytes = utf8.baseAddress else {
            // An empty buffer need not have an address.
            return withUnsafeBytes(of: UInt8(0)) { byte in
                guard let address = byte.bindMemory(to: UInt8.self).baseAddress else { return .undecided }
                return program.test(
                    UTF8Text(bytes: address, count: 0),
                    wholeText: wholeText,
                    steps: &steps,
                    machine: machine
                )
            }
        }
        return program.test(
            UTF8Text(bytes: bytes, count: utf8.count),
            wholeText: wholeText,
            steps: &steps,
            machine: machine
        )
    }
}
