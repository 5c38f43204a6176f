package import JSONDocument

/// The parts of a value that a schema declares: its members, elements and enumeration values, one level deep.
package struct SchemaDeclarations {
    /// The values of `enum`, or of `const`.
    package var enumeration: [JSONNode]
    /// The schema of elements; `nil` if it declares nothing.
    package var elements: SchemaView?
    /// The members in `properties` of all branches that responses can have, in order, each once. The schema is `nil` if
    /// it declares nothing.
    package var members: [(name: String, schema: SchemaView?)]
}

extension SchemaView {
    /// The declarations of the schema and its branches. Members with `writeOnly` are left out: no response has them.
    ///
    /// Views of members have no locations: a document has tens of thousands of them, and each would take time in
    /// proportion to the text before it.
    package var declarations: SchemaDeclarations {
        let branches = unstoredBranches
        var members: [(name: String, schema: SchemaView?)] = []
        var seen: Set<JSONNameKey> = []
        for branch in branches {
            guard let (map, document) = branch.ownProperties else { continue }
            for member in map.members where seen.insert(JSONNameKey(member.name)).inserted {
                guard let schema = map[member.name], [.object, .boolean].contains(schema.kind) else { continue }
                if schema.declaresNothing {
                    members.append((member.name, nil))
                    continue
                }
                let source = SchemaSource(document: document, entry: schema.tapeIndex)
                guard let view = store.workOutView(of: source, isLocated: false),
                    !view.unstoredBranches.contains(where: { $0.own("writeOnly")?.boolean == true })
                else { continue }
                members.append((member.name, view.node.declaresNothing ? nil : view))
            }
        }
        let items = elementSchema(of: branches)
        return SchemaDeclarations(
            enumeration: Self.enumeration(of: branches),
            elements: items.flatMap { $0.node.declaresNothing ? nil : $0 },
            members: members)
    }

    /// The branches, without storing them: a schema of a member is often used only here.
    private var unstoredBranches: [SchemaView] {
        store.branches(of: self, under: SchemaStore.branchKeywords)
    }
}

extension JSONNode {
    /// Whether a schema neither declares members, elements and values, nor applies schemas that might do so.
    package var declaresNothing: Bool {
        kind != .object || JSONNode.declaringKeywords.allSatisfy { self[$0] == nil }
    }

    private static let declaringKeywords =
        (SchemaStore.branchKeywords + ["properties", "items", "enum", "const", "writeOnly"]).map { JSONNameKey($0) }
}
