internal import Exchanges
package import JSONDocument
internal import Primitives

/// A difference between two recordings of a scenario, in the order of its steps.
package struct RecordingChange: Sendable, Hashable {
    /// The step.
    package var step: String
    /// The place: `request url`, `status`, `header x`, or a JSON pointer into the body.
    package var place: String
    /// The value in the old recording; `nil` if absent.
    package var old: String?
    /// The value in the new recording; `nil` if absent.
    package var new: String?

    /// Returns the changes from `old` to `new`.
    ///
    /// Headers are compared by name and value, bodies by JSON value if both are JSON. Requests are compared if both
    /// recordings have the same seed and time; otherwise their generated values differ.
    ///
    /// - Parameter isVolatile: Whether a place of a body may differ.
    package static func between(
        _ old: Recording, _ new: Recording, isVolatile: @escaping (JSONPointer) -> Bool = { _ in false }
    ) -> [RecordingChange] {
        func byKey(_ recording: Recording) -> (order: [RecordedStep], entries: [RecordedStep: RecordedExchange]) {
            let steps = recording.entries.compactMap(\.step)
            let pairs = recording.entries.compactMap { entry in entry.step.map { ($0, entry) } }
            return (steps, Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
        }
        let (before, after) = (byKey(old), byKey(new))
        let added = after.order.filter { before.entries[$0] == nil }
        let isSameOrigin = old.origin?.values == new.origin?.values
        return (before.order + added).flatMap { step -> [RecordingChange] in
            let name = step.attempt > 1 ? "\(step.name) (attempt \(step.attempt))" : step.name
            switch (before.entries[step], after.entries[step]) {
            case (let old?, nil): return [RecordingChange(step: name, place: "exchange", old: old.summary, new: nil)]
            case (nil, let new?): return [RecordingChange(step: name, place: "exchange", old: nil, new: new.summary)]
            case (let old?, let new?):
                return (isSameOrigin ? requestChanges(old.request, new.request, name) : [])
                    + changes(old, new, name, isVolatile)
            case (nil, nil): return []
            }
        }
    }

    /// The changes of a request; those of a delivery follow from the target.
    private static func requestChanges(
        _ old: RequestMessage, _ new: RequestMessage, _ step: String
    ) -> [RecordingChange] {
        guard !old.isReceived, !new.isReceived else { return [] }
        return RequestComparison(credentialFields: ["authorization", "cookie"]).differences(recorded: old, sent: new)
            .map { difference in
                RecordingChange(
                    step: step, place: "request \(difference.place)", old: difference.recorded,
                    new: difference.sent ?? difference.note)
            }
    }

    private static func changes(
        _ old: RecordedExchange, _ new: RecordedExchange, _ step: String, _ isVolatile: @escaping (JSONPointer) -> Bool
    ) -> [RecordingChange] {
        guard let before = old.outcome.response, let after = new.outcome.response else {
            return old.outcome == new.outcome
                ? [] : [RecordingChange(step: step, place: "outcome", old: old.summary, new: new.summary)]
        }
        var found: [RecordingChange] = []
        func add(_ place: String, _ old: String?, _ new: String?) {
            if old.map({ Array($0.utf8) }) != new.map({ Array($0.utf8) }) {
                found.append(RecordingChange(step: step, place: place, old: old, new: new))
            }
        }
        add("status", String(before.status), String(after.status))
        var names: [String] = []
        for field in before.headers + after.headers where !names.contains(field.name.lowercased()) {
            names.append(field.name.lowercased())
        }
        for name in names where name != "content-length" {
            let (old, new) = (before.header(name), after.header(name))
            add(
                "header \(name)", old.isEmpty ? nil : old.joined(separator: ", "),
                new.isEmpty ? nil : new.joined(separator: ", "))
        }
        add("transport defects", before.defectText, after.defectText)
        guard before.body != after.body else { return found }
        guard let oldJSON = try? JSONDocument(parsing: before.body),
            let newJSON = try? JSONDocument(parsing: after.body)
        else {
            add("body", Self.summary(before.body), Self.summary(after.body))
            return found
        }
        let differences = JSONDifference.between(expected: oldJSON.root.value, actual: newJSON.root.value)
        if differences.isEmpty { add("body", "\(before.body.count) bytes", "the same JSON value in other bytes") }
        for difference in JSONDifference.between(
            expected: oldJSON.root.value, actual: newJSON.root.value, ignoring: isVolatile)
        {
            let place = difference.pointer.description
            add(place.isEmpty ? "body" : place, difference.expected?.text, difference.actual?.text)
        }
        return found
    }
}

extension RecordingChange {
    /// A short description of a body that is not JSON before or after the change.
    fileprivate static func summary(_ body: [UInt8]) -> String {
        "\(body.count) bytes" + (body.isEmpty ? "" : " with the SHA-256 \(SHA256.hex(body).prefix(12))…")
    }
}

extension ResponseMessage {
    fileprivate var defectText: String? {
        defects.isEmpty ? nil : defects.map { "\($0.kind.rawValue): \($0.message)" }.joined(separator: "; ")
    }
}

extension RecordedExchange {
    /// Method, path and status, or the failure.
    fileprivate var summary: String {
        let result = outcome.response.map { String($0.status) } ?? outcome.failure?.class.rawValue ?? ""
        return "\(request.method) \(request.path) → \(result)"
    }
}
