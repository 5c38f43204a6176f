import Primitives

/// One mistake in the user's input, with its location and a remedy.
public struct Diagnostic: Sendable, Hashable {
    /// Stable name of the kind of mistake, such as `table.unknown-column`.
    public var rule: String
    /// How serious it is.
    public var severity: Severity
    /// The mistake, in one sentence.
    public var message: String
    /// Where it is wrong; `nil` if no file is involved, for example for a command-line option.
    public var location: SourceLocation?
    /// A more precise place in the file's own terms: a column name or a JSON pointer.
    public var place: String?
    /// The wrong text, shown with its bad part underlined.
    public var excerpt: Excerpt?
    /// The remedy.
    public var help: String?
    /// Other locations that belong to the mistake, such as the first of two equal keys.
    public var related: [Related]

    /// Creates a diagnostic.
    public init(
        _ rule: String,
        _ severity: Severity = .error,
        _ message: String,
        at location: SourceLocation? = nil,
        place: String? = nil,
        excerpt: Excerpt? = nil,
        help: String? = nil,
        related: [Related] = []
    ) {
        self.rule = rule
        self.severity = severity
        self.message = message
        self.location = location
        self.place = place
        self.excerpt = excerpt
        self.help = help
        self.related = related
    }

    /// A second location that explains the first.
    public struct Related: Sendable, Hashable {
        /// A description of this location.
        public var message: String
        /// Where it is.
        public var location: SourceLocation

        /// Creates a reference to `location`.
        public init(_ message: String, at location: SourceLocation) {
            self.message = message
            self.location = location
        }
    }

    /// A piece of the input, with the part that is wrong.
    public struct Excerpt: Sendable, Hashable {
        /// The cell or line, as written in the input.
        public var text: String
        /// Where the bad part starts, in Unicode scalars from 0.
        public var offset: Int
        /// How many Unicode scalars it covers; 0 points between two.
        public var length: Int

        /// Creates an excerpt that underlines `length` scalars of `text` from `offset`.
        public init(_ text: String, offset: Int = 0, length: Int = 0) {
            self.text = text
            self.offset = offset
            self.length = length
        }

        /// The wrong part alone, at most 200 Unicode scalars; empty if the excerpt points between two characters.
        public var meant: String {
            String(
                String.UnicodeScalarView(text.unicodeScalars.dropFirst(max(0, offset)).prefix(max(0, min(length, 200))))
            )
        }
    }
}

/// How serious a diagnostic or finding is.
public enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Information only.
    case note
    /// Probably a mistake, but the input can be used.
    case warning
    /// The input cannot be used, or the contract is violated.
    case error

    /// Orders notes before warnings before errors.
    public static func < (left: Severity, right: Severity) -> Bool {
        left.weight < right.weight
    }

    private var weight: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// A location in a file, with line and column as editors count them.
public struct SourceLocation: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file as the user named it, or relative to the project.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column in Unicode scalars, from 1.
    public var column: Int

    /// Creates a location in `file`.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, which terminals and editors open.
    public var description: String {
        "\(file):\(line):\(column)"
    }

    /// Orders by file (in code unit order), then line, then column.
    public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
        if !left.file.isSame(as: right.file) {
            return left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
        }
        return (left.line, left.column) < (right.line, right.column)
    }
}
