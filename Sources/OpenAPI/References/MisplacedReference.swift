internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

/// References that the specification does not allow but bundlers follow: in place of operations, the map of responses,
/// or lists of parameters.
extension ReferenceCrawl {
    /// Follows a reference in place of an object of a kind that cannot be referenced.
    mutating func followMisplaced(_ reference: DocumentNode, of item: Item) {
        misplaced.append((item.kind.described, reference))
        follow(reference, of: item)
    }

    /// Follows a reference in place of a list or map, and continues with its entries.
    mutating func followMisplaced(_ collection: ObjectChildren.Collection) {
        misplaced.append(("the field `\(collection.name)`", collection.reference))
        var current = collection
        var seen: Set<NodeKey> = []
        while seen.insert(current.value.key).inserted {
            guard let value = target(of: current.reference) else { return }
            targets[current.value.key] = value
            let children = ObjectChildren(ofCollection: value, as: current.shape, of: current.name)
            report(children.problems)
            pending += children.objects.reversed().map { Item(value: $0.value, kind: $0.kind) }
            guard let next = children.referredCollections.first else { return }
            current = next
        }
        report(
            "reference.cycle", .error, "the reference leads back to itself",
            at: collection.reference)
    }

    /// Reports the misplaced references, each kind once.
    mutating func reportMisplaced() {
        var kinds: [(place: String, references: [DocumentNode])] = []
        for (place, reference) in misplaced {
            if let index = kinds.firstIndex(where: { $0.place == place }) {
                kinds[index].references.append(reference)
            } else {
                kinds.append((place, [reference]))
            }
        }
        for (place, references) in kinds {
            guard let first = references.first else { continue }
            let count = references.count > 1 ? " (\(references.count) times)" : ""
            diagnostics.append(
                documents.diagnostic(
                    "reference.misplaced",
                    .warning,
                    "\(place) cannot be a $ref according to the specification; the reference is followed\(count)",
                    at: first,
                    related: references.dropFirst().map {
                        Diagnostic.Related("also here", at: documents.location(of: $0))
                    }
                )
            )
        }
    }

    mutating func report(_ problems: [ObjectChildren.Problem]) {
        diagnostics += problems.map {
            documents.diagnostic($0.rule, $0.severity, $0.message, at: $0.value, help: $0.help)
        }
    }
}
