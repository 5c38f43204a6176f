internal import Exchanges
internal import JSONDocument

/// Compares a request with the recorded one, so that a response is never returned for another request.
struct RequestComparison {
    /// The maximum number of described differences.
    private static let mostDescribed = 10

    /// Header fields in lower case whose values are credentials; only their presence is compared.
    let credentialFields: Set<String>

    /// The differences in words, each with its place; empty if the requests are equal.
    func differences(recorded: RequestMessage, sent: RequestMessage) -> [String] {
        var found: [String] = []
        if recorded.method != sent.method {
            found.append(difference("method", recorded.method, sent.method))
        }
        if !recorded.url.utf8.elementsEqual(sent.url.utf8) {
            found.append(difference("url", recorded.url, sent.url))
        }
        found += headers(recorded.headers, sent.headers)
        found += bodies(recorded, sent)
        guard found.count > Self.mostDescribed else { return found }
        return found.prefix(Self.mostDescribed) + ["and \(found.count - Self.mostDescribed) more"]
    }

    private func headers(_ recorded: [HeaderField], _ sent: [HeaderField]) -> [String] {
        var names: [String] = []
        for name in (recorded + sent).map({ $0.name.lowercased() }) where !names.contains(name) { names.append(name) }
        // The version of Assay is not part of the test.
        return names.filter { $0 != "user-agent" }.compactMap { name in
            let (old, new) = (recorded.values(name), sent.values(name))
            if credentialFields.contains(name), old.isEmpty == new.isEmpty { return nil }
            guard old != new else { return nil }
            return difference(
                "header \(name)", old.isEmpty ? nil : old.joined(separator: ", "),
                new.isEmpty ? nil : new.joined(separator: ", "))
        }
    }

    private func bodies(_ recorded: RequestMessage, _ sent: RequestMessage) -> [String] {
        guard recorded.body != sent.body else { return [] }
        if let cut = recorded.cut {
            return cut.describes(sent.body ?? []) ? [] : ["body: it differs from the recorded one"]
        }
        guard let old = recorded.body, let new = sent.body, let oldJSON = try? JSONDocument(parsing: old),
            let newJSON = try? JSONDocument(parsing: new)
        else {
            return [difference("body", recorded.body.map(shown), sent.body.map(shown))]
        }
        let differences = JSONDifference.between(expected: oldJSON.root.value, actual: newJSON.root.value)
        guard !differences.isEmpty else { return ["body: the same JSON value in other bytes"] }
        return differences.map {
            difference(
                "body \($0.pointer.description.isEmpty ? "/" : $0.pointer.description)", $0.expected?.text,
                $0.actual?.text)
        }
    }

    private func shown(_ body: [UInt8]) -> String {
        body.isEmpty ? "\"\"" : String(decoding: body.prefix(200), as: UTF8.self)
    }

    private func difference(_ place: String, _ recorded: String?, _ sent: String?) -> String {
        func short(_ text: String?) -> String {
            guard let text else { return "nothing" }
            return text.unicodeScalars.count > 120
                ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(119))) + "…" : text
        }
        return "\(place): recorded \(short(recorded)), sent \(short(sent))"
    }
}

extension BodyCut {
    /// Whether `body` is the whole body that was cut.
    fileprivate func describes(_ body: [UInt8]) -> Bool { BodyCut(of: body) == self }
}
