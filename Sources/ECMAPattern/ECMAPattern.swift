/// A compiled ECMA-262 regular expression.
///
/// JSON Schema's `pattern` requires only a match anywhere in the text, so captures are not available.
public struct ECMAPattern: Sendable {
    /// The pattern as written.
    public let source: String

    private let program: Program

    /// The grammar of a pattern. Texts are always read by code points.
    public enum Grammar: Sendable, Hashable {
        /// With the `u` flag: the strict grammar (ECMA-262, section 22.2.1), which JSON Schema 2020-12 requires.
        case unicode
        /// Without the `u` flag (ECMA-262, edition 5.1, and Annex B.1.2 of later editions), as OpenAPI 3.0 specifies: a
        /// backslash before punctuation means that character, and an unmatched bracket is a literal character.
        case withoutUnicodeFlag
    }

    /// The result of testing a text.
    public enum Outcome: Sendable, Hashable {
        /// The text contains a match.
        case match
        /// The text contains no match.
        case noMatch
        /// The steps were used up before a decision.
        case undecided
    }

    /// The default maximum number of steps for a test.
    public static let defaultSteps = 50_000_000

    /// Compiles a pattern.
    ///
    /// - Throws: ``ECMAPatternSyntaxError`` if `source` is not a pattern of the grammar or uses an unsupported feature.
    public init(_ source: String, grammar: Grammar = .unicode) throws(ECMAPatternSyntaxError) {
        self.source = source
        program = try Program.compile(source, grammar: grammar)
    }

    /// Compiles a pattern by the grammar with the `u` flag, or otherwise by the grammar without it.
    ///
    /// - Throws: ``ECMAPatternSyntaxError`` of the grammar with the flag if the pattern is invalid in both.
    public static func inEitherGrammar(_ source: String) throws(ECMAPatternSyntaxError) -> ECMAPattern {
        do {
            return try ECMAPattern(source)
        } catch {
            if let pattern = try? ECMAPattern(source, grammar: .withoutUnicodeFlag) { return pattern }
            throw error
        }
    }

    /// Searches for the pattern anywhere in a text, as JSON Schema's `pattern` does.
    ///
    /// - Parameter steps: Bounds the work; a step is about one instruction of the compiled pattern, which takes some
    ///   nanoseconds.
    public func search(_ text: String, steps: Int = defaultSteps) -> Outcome {
        test(text, wholeText: false, steps: steps)
    }

    /// Searches for the pattern anywhere in a text given as valid UTF-8.
    ///
    /// For bytes that are not valid UTF-8 the result is unspecified, but reading never goes beyond their end.
    public func search(utf8: UnsafeBufferPointer<UInt8>, steps: Int = defaultSteps) -> Outcome {
        var steps = steps
        return test(utf8, wholeText: false, steps: &steps)
    }

    /// The same search, which subtracts the steps used from `steps`. If they did not suffice, `steps` is 0 or less
    /// afterwards.
    public func search(utf8: UnsafeBufferPointer<UInt8>, steps: inout Int) -> Outcome {
        test(utf8, wholeText: false, steps: &steps)
    }

    /// Whether the whole text matches, as with `^(?:source)$`.
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
            // An empty buffer may have no address.
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

/// Why a text is not a valid pattern, and where.
public struct ECMAPatternSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The mistake, as a clause without a full stop.
    public let message: String

    /// Where it is wrong: the number of Unicode scalars before the place, from 0.
    public let offset: Int

    /// Creates an error at a place of a pattern.
    public init(message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }

    /// The message with its place, as in `a quantifier has nothing to repeat (at offset 3)`.
    public var description: String { "\(message) (at offset \(offset))" }
}
