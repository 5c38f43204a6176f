/// How a row is sent again for each page of a list: the options `pages`, `while` and `distinct`.
public struct Paging: Sendable, Hashable {
    /// The source of the request for the next page.
    public enum Source: Sendable, Hashable {
        /// A part of the request gets the value at a path of the response; of several values, the last one.
        case value(ItemPath, into: ItemPath)
        /// A part of the request is a number that increases by a fixed amount: a page number or an offset.
        case number(ItemPath, by: Int)
        /// The response contains the URL of the next page; in `header.link`, with the relation type `next`.
        case url(ItemPath)
    }

    /// Whether a response says that there is a next page.
    public struct Condition: Sendable, Hashable {
        /// The place of the value. There is a next page if it is neither absent nor null, false, 0, or empty.
        public var path: ItemPath
        /// Whether the value has the opposite meaning: `!last`.
        public var isNegated: Bool

        /// Creates a condition on the value at `path`.
        public init(_ path: ItemPath, isNegated: Bool = false) {
            self.path = path
            self.isNegated = isNegated
        }

        /// The condition as written.
        public var text: String { (isNegated ? "!" : "") + path.text }
    }

    /// The limit if the row sets none.
    public static let usualLimit = 100
    /// The highest limit that a row can set.
    public static let highestLimit = 1_000

    /// The source of the next request.
    public var source: Source
    /// Whether there is a next page; `nil` if the source alone decides.
    public var condition: Condition?
    /// A path of values that may occur only once on all pages together.
    public var distinct: ItemPath?
    /// The maximum number of pages, at least 2.
    public var limit: Int

    /// Creates a description of the pages of a list.
    public init(
        _ source: Source, while condition: Condition? = nil, distinct: ItemPath? = nil, limit: Int = usualLimit
    ) {
        self.source = source
        self.condition = condition
        self.distinct = distinct
        self.limit = limit
    }
}
