internal import Diagnostics
internal import Exchanges
internal import JSONDocument
internal import Primitives

// Reads the additional members of our own recordings. They are read strictly: a damaged member is an error.
extension HARPass {
    /// The outcome of an entry in our own recording.
    func ownOutcome(_ entry: JSONNode, _ bodies: HARBodies) -> ExchangeOutcome {
        if let failure = entry["_assay"]?["failure"] {
            let kind = failure["class"]?.string.flatMap(TransportFailure.Class.init(rawValue:)) ?? .other
            return .failure(TransportFailure(kind, failure["message"]?.string ?? ""))
        }
        guard let response = entry["response"], let status = response["status"]?.integer, (100...999).contains(status)
        else { return .failure(TransportFailure(.other, "the recording has no response")) }
        return .response(
            ResponseMessage(
                status: status, version: response["httpVersion"]?.string ?? "HTTP/1.1",
                headers: headers(response["headers"]), body: bodies.ownResponse(response["content"]) ?? [],
                cut: response["content"]?["_cut"].flatMap(cut),
                defects: response["_defects"]?.elements.compactMap(defect) ?? []))
    }

    private func defect(_ node: JSONNode) -> TransportDefect? {
        guard let kind = node["kind"]?.string.flatMap(TransportDefect.Kind.init(rawValue:)) else { return nil }
        return TransportDefect(kind, node["message"]?.string ?? "", isLate: node["late"]?.boolean ?? false)
    }

    func cut(_ node: JSONNode) -> BodyCut? {
        guard let length = node["length"]?.integer, let hash = node["hash"]?.string else { return nil }
        return BodyCut(length: length, hash: hash)
    }

    /// The step that sent the request; if it cannot be read, an error is reported and the result is `nil`.
    mutating func step(_ node: JSONNode) -> RecordedStep? {
        guard let name = node["step"]?.string, let contract = node["contract"]?.string,
            let attempt = node["attempt"]?.integer
        else {
            report("`_assay` of the entry does not name a step, an attempt and a contract", at: node, severity: .error)
            return nil
        }
        var step = RecordedStep(
            name: name, attempt: attempt, hop: node["hop"]?.integer ?? 0,
            operation: node["operation"]?.string, contract: contract)
        step.isConcurrent = node["concurrent"]?.boolean == true
        return step
    }

    /// The run of the recording; if it cannot be read, an error is reported and the result is `nil`.
    mutating func origin(_ node: JSONNode) -> RecordingOrigin? {
        guard let format = node["format"]?.string, format == HARWriter.format else {
            report(
                "the recording has the format \(node["format"]?.value.text ?? "none"), this version reads "
                    + HARWriter.format, at: node, severity: .error)
            return nil
        }
        guard let scenario = node["scenario"]?.string, let seed = node["seed"]?.string,
            let startedAt = node["startedAt"]?.string.flatMap({ Instant($0) }),
            let baseURL = node["baseURL"]?.string
        else {
            report("`_assay` does not name scenario, seed, startedAt and baseURL", at: node, severity: .error)
            return nil
        }
        return RecordingOrigin(
            scenario: scenario, values: JournalOrigin(seed: seed, startedAt: startedAt),
            target: node["target"]?.string ?? "", isMock: node["mock"]?.boolean ?? false, baseURL: baseURL,
            contracts: node["contracts"]?.elements.compactMap { contract in
                guard let name = contract["name"]?.string, let fingerprint = contract["fingerprint"]?.string
                else { return nil }
                return .init(name: name, fingerprint: fingerprint)
            } ?? [],
            notRun: node["notRun"]?.elements.compactMap { notRun($0, scenario) } ?? [])
    }

    private func notRun(_ node: JSONNode, _ scenario: String) -> NotRun? {
        guard let step = node["step"]?.string, let reason = node["reason"] else { return nil }
        let kind: NotRun.Reason? =
            switch reason["kind"]?.string {
            case "missingValue": .missingValue(step: reason["step"]?.string ?? "", path: reason["path"]?.string ?? "")
            case "setupFailed": .setupFailed(step: reason["step"]?.string ?? "")
            case "sessionFailed": .sessionFailed(scenario: reason["of"]?.string ?? "")
            case "stopped": .stopped
            case "skipped": .skipped(reason["why"]?.string ?? "")
            case "unbuildable": .unbuildable(reason["why"]?.string ?? "")
            case "unjudged": .unjudged(reason["why"]?.string ?? "")
            default: nil
            }
        return kind.map { NotRun(scenario: scenario, step: step, reason: $0) }
    }
}
