import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A resource in the examples of a document. It exists before any request.
struct InferredSeed: Sendable {
    /// The text of its id.
    let id: String
    /// Its members in all examples.
    var value: JSONObject
    /// The resource in the example of the list; `nil` where only the detail has one.
    var listed: JSONObject?
}

/// Finds the resources that the examples of a collection's list and details show.
struct InferredSeeds {
    let collection: InferredCollection

    /// The most resources that are read.
    private static let maximumCount = 100

    /// The resources, those of the list first.
    ///
    /// - Parameters:
    ///   - list: The response of the list; `nil` where there is none.
    ///   - detail: The response of one resource.
    func seeds(list: AnswerShape?, detail: AnswerShape?) -> [InferredSeed] {
        var seeds: [InferredSeed] = []
        for value in list.flatMap(listed) ?? [] {
            guard let id = id(of: value), !seeds.contains(where: { $0.id == id }) else { continue }
            seeds.append(InferredSeed(id: id, value: value, listed: value))
        }
        for value in detail.flatMap(shown) ?? [] {
            guard let id = id(of: value) else { continue }
            if let index = seeds.firstIndex(where: { $0.id == id }) {
                for member in value.members { seeds[index].value[member.name] = member.value }
            } else {
                seeds.append(InferredSeed(id: id, value: value))
            }
        }
        return Array(seeds.prefix(Self.maximumCount))
    }

    private func id(of value: JSONObject) -> String? {
        guard let id = value[collection.key], id.kind == .string || id.kind == .number else { return nil }
        return InferredPlace.id(plainText(id), isNumeric: collection.hasNumericIDs)
    }

    /// The elements of the list's example.
    private func listed(_ shape: AnswerShape) -> [JSONObject]? {
        guard let place = collection.listPlace, let example = shape.authored.first else { return nil }
        return example.value(at: JSONPointer(place.path))?.elements?.compactMap(\.object)
    }

    /// The resources of all examples of a detail.
    private func shown(_ shape: AnswerShape) -> [JSONObject]? {
        guard let place = collection.detailPlace else { return nil }
        return shape.authored.compactMap { $0.value(at: JSONPointer(place.path))?.object }
    }
}
