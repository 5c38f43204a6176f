import JSONDocument

/// Describes how a row can show a change.
struct ChangeExercise {
    private let change: Change
    private let isAboutNull: Bool

    init(_ change: Change) {
        self.change = change
        isAboutNull = change.rule.id.contains(".nullable-")
    }

    /// Whether a step uses the changed part.
    func isShown(by pair: StepPair) -> Bool {
        switch change.place {
        case .response(let key, _):
            return [pair.before, pair.after].contains { observed in
                guard let response = observed.response, response.isCovered(by: key) else { return false }
                return change.pointer.tokens.isEmpty || response.json.map { has(change.pointer, in: $0) } == true
            }
        case .header(let key, let name):
            return [pair.before, pair.after].contains { observed in
                guard let response = observed.response, response.isCovered(by: key) else { return false }
                return response.headers[name.lowercased()] != nil
            }
        case .requestBody:
            return [pair.before, pair.after].contains { observed in
                guard let sent = observed.sent else { return false }
                return isRequirement ? hasParent(in: sent) : has(change.pointer, in: sent)
            }
        case .parameter(let location, let name):
            if isRequirement { return true }
            let wanted = location == "header" ? "header.\(name.lowercased())" : "\(location).\(name)"
            return location == "path" || pair.before.parameters.contains(wanted)
                || pair.after.parameters.contains(wanted)
        case .operation, .contract: return true
        }
    }

    /// Whether the change affects requests without the member or parameter.
    private var isRequirement: Bool {
        change.rule.id.hasSuffix("required-added") || change.rule.id.hasSuffix("became-required")
    }

    private func has(_ pointer: JSONPointer, in value: JSONValue) -> Bool {
        Self.values(at: pointer.tokens[...], in: value).contains { found in
            if isAboutNull { return found.isNull }
            guard change.rule.id.contains(".enum-value-") else { return true }
            return [change.base.text, change.revision.text].contains(found.text)
        }
    }

    private func hasParent(in value: JSONValue) -> Bool {
        guard let parent = change.pointer.parent else { return true }
        return Self.values(at: parent.tokens[...], in: value).contains { $0.object != nil }
    }

    /// The values at a place; `*` is every element and every member.
    private static func values(at tokens: ArraySlice<String>, in value: JSONValue) -> [JSONValue] {
        guard let token = tokens.first else { return [value] }
        let rest = tokens.dropFirst()
        switch value {
        case .object(let object):
            if let member = object[token] { return values(at: rest, in: member) }
            return token == "*" ? object.members.flatMap { values(at: rest, in: $0.value) } : []
        case .array(let elements):
            return token == "*" ? elements.flatMap { values(at: rest, in: $0) } : []
        default: return []
        }
    }

    // MARK: Missing parts

    /// The parts that are missing in all `pairs`, the steps of the operation.
    func missing(in pairs: [StepPair]) -> String {
        let operation = change.subject?.name ?? "the API"
        guard !pairs.isEmpty else { return "no row calls \(operation)" }
        let name = change.pointer.asPath
        switch change.place {
        case .response(let key, _):
            let isReceived = pairs.contains { pair in
                [pair.before, pair.after].contains { $0.response.map { $0.isCovered(by: key) } == true }
            }
            guard isReceived else { return "no row receives \(key) from \(operation)" }
            if isAboutNull { return "no response of \(operation) has null at \(name)" }
            if change.rule.id.contains(".enum-value-"), let value = change.revision.text ?? change.base.text {
                return "no response of \(operation) has \(value) at \(name)"
            }
            return "no response of \(operation) contains \(name)"
        case .header(let key, let name): return "no response \(key) of \(operation) has the header \(name)"
        case .requestBody:
            if isAboutNull { return "no row sends null as \(name) to \(operation)" }
            if isRequirement { return "no row sends the object around \(name) to \(operation)" }
            return "no row sends \(change.itemText) to \(operation)"
        case .parameter(let location, let name): return "no row sends \(location).\(name) to \(operation)"
        case .operation, .contract: return "no row calls \(operation)"
        }
    }
}
