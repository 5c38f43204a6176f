import Primitives

/// A condition on tags: `smoke`, `smoke and not slow`, `a or (b and c)`; `not` binds most, then `and`, then `or`.
struct TagExpression: Sendable {
    /// Why a text is not a condition.
    struct Mistake: Error {
        let message: String
    }

    private indirect enum Node: Sendable {
        case tag(String)
        case not(Node)
        case both(Node, Node)
        case either(Node, Node)
    }

    private let root: Node

    /// Reads a condition; at most 1000 words.
    init(_ text: String) throws(Mistake) {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars + " ".unicodeScalars {
            if scalar == "(" || scalar == ")" || scalar == " " || scalar == "\t" {
                if !word.isEmpty { words.append(word) }
                word = ""
                if scalar == "(" || scalar == ")" { words.append(String(scalar)) }
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        guard !words.isEmpty else { throw Mistake(message: "the expression is empty") }
        guard words.count <= 1000 else { throw Mistake(message: "the expression is longer than 1000 words") }
        var rest = words[...]
        root = try Self.either(&rest)
        if let extra = rest.first { throw Mistake(message: "unexpected '\(extra)'") }
    }

    /// Whether these tags match the condition.
    func holds(for tags: [String]) -> Bool {
        Self.holds(root, tags)
    }

    private static func holds(_ node: Node, _ tags: [String]) -> Bool {
        switch node {
        case .tag(let name): tags.contains { $0.isSame(as: name) }
        case .not(let node): !holds(node, tags)
        case .both(let left, let right): holds(left, tags) && holds(right, tags)
        case .either(let left, let right): holds(left, tags) || holds(right, tags)
        }
    }

    private static func either(_ words: inout ArraySlice<String>) throws(Mistake) -> Node {
        var node = try both(&words)
        while words.first == "or" {
            words.removeFirst()
            node = .either(node, try both(&words))
        }
        return node
    }

    private static func both(_ words: inout ArraySlice<String>) throws(Mistake) -> Node {
        var node = try single(&words)
        while words.first == "and" {
            words.removeFirst()
            node = .both(node, try single(&words))
        }
        return node
    }

    private static func single(_ words: inout ArraySlice<String>) throws(Mistake) -> Node {
        switch words.popFirst() {
        case nil:
            throw Mistake(message: "a tag is missing at the end")
        case "not"?:
            return .not(try single(&words))
        case "("?:
            let node = try either(&words)
            guard words.popFirst() == ")" else { throw Mistake(message: "a closing parenthesis is missing") }
            return node
        case let word?:
            guard !["and", "or", ")"].contains(word) else { throw Mistake(message: "unexpected '\(word)'") }
            return .tag(word)
        }
    }
}
