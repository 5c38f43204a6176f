/// One thing that is wrong with what the user handed in: what, where, and what to do.
public struct Diagnostic: Sendable, Hashable {
    /// Stable name of the kind of problem, such as `table.unknown-column`.
    public var rule: String
    /// How much it weighs.
    public var severity: Severity
    /// What is wrong, in one sentence.
    public var message: String
    /// Where it is wrong; `nil` where no file is concerned (an option of the command line, say).
    public var location: SourceLocation?
    /// A finer place in words of the format: a column name or a JSON pointer.
    public var place: String?
    /// The text that is wrong, to be shown with its bad part underlined.
    public var excerpt: Excerpt?
    /// What to do about it.
    public var help: String?
    /// Other places that belong to the problem, such as the first of two equal keys.
    public var related: [Related]

    /// Describes one problem.
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

    /// A second place that explains the first.
    public struct Related: Sendable, Hashable {
        /// What is there.
        public var message: String
        /// Where it is.
        public var location: SourceLocation

        /// Points at `location`.
        public init(_ message: String, at location: SourceLocation) {
            self.message = message
            self.location = location
        }
    }

    /// A piece of the input and the part of it that is meant.
    public struct Excerpt: Sendable, Hashable {
        /// The cell or line, as it stands in the input.
        public var text: String
        /// Where the bad part starts, in Unicode scalars from 0.
        public var offset: Int
        /// How many Unicode scalars it covers; 0 points between two.
        public var length: Int

        /// Underlines `length` scalars of `text` from `offset`.
        public init(_ text: String, offset: Int = 0, length: Int = 0) {
            self.text = text
            self.offset = offset
            self.length = length
        }

        /// The bad part alone, at most 200 Unicode scalars of it; empty where a place between two is meant.
        public var meant: String {
            String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(offset).prefix(min(length, 200))))
        }
    }
}
