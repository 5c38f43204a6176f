internal import JSONDocument
internal import JSONSchema
internal import Primitives

/// The style deepObject in forms: `shipping[address][city]=Pune&items[0][price]=p`.
///
/// OpenAPI defines one level of brackets. Forms with more levels and with lists follow a common convention: each
/// bracket is one level deeper, and list items have an index or empty brackets.
enum BracketedValue {
    /// The maximum number of bracket levels.
    private static let maximumDepth = 32

    private indirect enum Tree {
        case text([String])
        case branches([(key: String, tree: Tree)])
    }

    /// Parses the pairs of one member.
    static func parsed(_ pairs: QueryText.Pairs, _ parameter: Parameter) -> ParameterCodec.Parsed {
        let view = parameter.schema?.view
        let typing = SchemaTyper(schema: parameter.schema)
        let bare = pairs.values(of: parameter.name)
        guard bare.count < pairs.pairs.count else {
            // Some APIs clear a member with an empty text instead of an object.
            guard bare.count == 1, let text = PercentEncoding.text(bare[0], plusIsBlank: true) else {
                return .invalid("has values of its own, but only members in brackets are allowed")
            }
            return .value(FormReader.typed(text, view, typing))
        }
        guard bare.isEmpty else { return .invalid("has a value of its own, but only members in brackets are allowed") }
        var tree = Tree.branches([])
        for pair in pairs.pairs {
            guard let keys = keys(of: pair.name, after: parameter.name) else {
                return .invalid("has unbalanced brackets")
            }
            guard keys.count <= maximumDepth else {
                return .undefined("it has more than \(maximumDepth) levels of brackets")
            }
            guard let text = PercentEncoding.text(pair.value, plusIsBlank: true) else {
                return .invalid("is not percent-encoded UTF-8")
            }
            guard insert(text, at: keys[...], into: &tree) else {
                return .invalid("has both a value and members at one place in brackets")
            }
        }
        return .value(value(of: tree, view, typing))
    }

    /// The keys in brackets after the name: `a[b][0]` has `b` and `0`.
    private static func keys(of name: String, after member: String) -> [String]? {
        var keys: [String] = []
        var rest = name.utf8.dropFirst(member.utf8.count)
        while !rest.isEmpty {
            guard rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let key = rest[rest.index(after: rest.startIndex)..<end]
            guard !key.contains(UInt8(ascii: "[")) else { return nil }
            keys.append(String(Substring(key)))
            rest = rest[rest.index(after: end)...]
        }
        return keys
    }

    /// Adds a text; `false` if it is both a value and a container of other values: `a[b]=1&a[b][c]=2`.
    private static func insert(_ text: String, at keys: ArraySlice<String>, into tree: inout Tree) -> Bool {
        guard let key = keys.first else {
            guard case .text(let texts) = tree else { return false }
            tree = .text(texts + [text])
            return true
        }
        guard case .branches(var branches) = tree else { return false }
        // `a[]=1&a[]=2` are two elements.
        let index = key.isEmpty ? nil : branches.lastIndex { $0.key.isSame(as: key) }
        if let index {
            guard insert(text, at: keys.dropFirst(), into: &branches[index].tree) else { return false }
        } else {
            var branch = keys.count > 1 ? Tree.branches([]) : Tree.text([])
            guard insert(text, at: keys.dropFirst(), into: &branch) else { return false }
            branches.append((key, branch))
        }
        tree = .branches(branches)
        return true
    }

    private static func value(of tree: Tree, _ view: SchemaView?, _ typing: SchemaTyper) -> JSONValue {
        switch tree {
        case .text(let texts):
            guard texts.count != 1 else { return FormReader.typed(texts[0], view, typing) }
            return .array(texts.map { FormReader.typed($0, view?.items, typing) })
        case .branches(let branches):
            if isList(branches, view) {
                return .array(
                    branches.enumerated().map { index, branch in
                        value(of: branch.tree, view?.item(index) ?? view?.items, typing)
                    })
            }
            var object = JSONObject()
            for branch in branches {
                object[branch.key] = value(of: branch.tree, view?.property(branch.key) ?? view?.additional, typing)
            }
            return .object(object)
        }
    }

    /// Whether the brackets contain indexes in order, or nothing, and the schema allows a list.
    private static func isList(_ branches: [(key: String, tree: Tree)], _ view: SchemaView?) -> Bool {
        let isIndexed =
            branches.enumerated().allSatisfy { index, branch in
                branch.key.isEmpty || branch.key.isSame(as: String(index))
            }
        guard isIndexed else { return false }
        guard let view, view.kinds != nil else { return branches.allSatisfy(\.key.isEmpty) }
        return view.allows(.array)
    }

    /// The pairs for a value, with percent-encoded names: `a%5Bb%5D=1`.
    static func pairs(of value: JSONValue, named name: String, depth: Int = 0) throws(ParameterError) -> [String] {
        guard depth <= maximumDepth else { throw ParameterError("the value has more than \(maximumDepth) levels") }
        switch value {
        case .object(let object):
            var pairs: [String] = []
            for member in object.members {
                let inner = "\(name)%5B\(PercentEncoding.encoded(member.name))%5D"
                pairs += try Self.pairs(of: member.value, named: inner, depth: depth + 1)
            }
            return pairs
        case .array(let elements):
            var pairs: [String] = []
            for (index, element) in elements.enumerated() {
                pairs += try Self.pairs(of: element, named: "\(name)%5B\(index)%5D", depth: depth + 1)
            }
            return pairs
        case .null: return ["\(name)="]
        default: return ["\(name)=" + PercentEncoding.encoded(try ScalarText.text(of: value))]
        }
    }
}
