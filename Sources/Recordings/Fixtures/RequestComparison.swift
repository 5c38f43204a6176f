internal import Exchanges
internal import JSONDocument
internal import Primitives

/// Compares a request with the recorded one, so that a response is never returned for another request.
struct RequestComparison {
    /// The maximum number of described differences.
    private static let mostDescribed = 10

    /// Header fields in lower case whose values are credentials; only their presence is compared.
    let credentialFields: Set<String>

    /// A part of a request that differs.
    struct Difference {
        /// The place: `method`, `header x-key`, `body /amount`.
        var place: String
        /// The recorded value; `nil` if the recorded request lacks it.
        var recorded: String?
        /// The value that is sent; `nil` if the request lacks it.
        var sent: String?
        /// The difference in words, where the values do not show it.
        var note: String?

        /// The difference in words.
        var text: String {
            func short(_ text: String?) -> String {
                guard let text else { return "nothing" }
                return text.unicodeScalars.count > 120
                    ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(119))) + "…" : text
            }
            return "\(place): " + (note ?? "recorded \(short(recorded)), sent \(short(sent))")
        }
    }

    /// The differences in words, each with its place; empty if the requests are equal.
    func descriptions(recorded: RequestMessage, sent: RequestMessage) -> [String] {
        let found = differences(recorded: recorded, sent: sent).map(\.text)
        guard found.count > Self.mostDescribed else { return found }
        return found.prefix(Self.mostDescribed) + ["and \(found.count - Self.mostDescribed) more"]
    }

    /// The differences; empty if the requests are equal.
    func differences(recorded: RequestMessage, sent: RequestMessage) -> [Difference] {
        var found: [Difference] = []
        if !recorded.method.isSame(as: sent.method) {
            found.append(Difference(place: "method", recorded: recorded.method, sent: sent.method))
        }
        if !recorded.url.isSame(as: sent.url) {
            found.append(Difference(place: "url", recorded: recorded.url, sent: sent.url))
        }
        return found + headers(recorded.headers, sent.headers) + bodies(recorded, sent)
    }

    private func headers(_ recorded: [HeaderField], _ sent: [HeaderField]) -> [Difference] {
        var names: [String] = []
        for name in (recorded + sent).map({ $0.name.lowercased() }) where !names.contains(name) { names.append(name) }
        // The version of Assay is not part of the test.
        return names.filter { $0 != "user-agent" }.compactMap { name in
            let (old, new) = (recorded.values(name), sent.values(name))
            if credentialFields.contains(name), old.isEmpty == new.isEmpty { return nil }
            guard !old.elementsEqual(new, by: { $0.isSame(as: $1) }) else { return nil }
            return Difference(
                place: "header \(name)", recorded: old.isEmpty ? nil : old.joined(separator: ", "),
                sent: new.isEmpty ? nil : new.joined(separator: ", "))
        }
    }

    private func bodies(_ recorded: RequestMessage, _ sent: RequestMessage) -> [Difference] {
        guard recorded.body != sent.body || recorded.cut != sent.cut else { return [] }
        if let cut = recorded.cut {
            return cut == sent.cut || cut.describes(sent.body ?? [])
                ? [] : [Difference(place: "body", note: "it differs from the recorded one")]
        }
        guard let old = recorded.body, let new = sent.body, let oldJSON = try? JSONDocument(parsing: old),
            let newJSON = try? JSONDocument(parsing: new)
        else {
            return [Difference(place: "body", recorded: recorded.body.map(shown), sent: sent.body.map(shown))]
        }
        let differences = JSONDifference.between(expected: oldJSON.root.value, actual: newJSON.root.value)
        guard !differences.isEmpty else {
            return [Difference(place: "body", note: "the same JSON value in other bytes")]
        }
        return differences.map { difference in
            let pointer = difference.pointer.description
            return Difference(
                place: "body \(pointer.isEmpty ? "/" : pointer)", recorded: difference.expected?.text,
                sent: difference.actual?.text)
        }
    }

    private func shown(_ body: [UInt8]) -> String {
        body.isEmpty ? "\"\"" : String(decoding: body.prefix(200), as: UTF8.self)
    }
}

extension BodyCut {
    /// Whether `body` is the whole body that was cut.
    fileprivate func describes(_ body: [UInt8]) -> Bool { BodyCut(of: body) == self }
}
