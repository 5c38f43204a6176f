import Exchanges
import Primitives
import Project
import Scenarios

extension Workspace {
    /// The places whose values are replaced by tokens; `nil` when the configuration names none.
    ///
    /// The key of the tokens is made of the run's secrets and seed. Tokens of one seed can be compared with each other,
    /// and a reader of a journal cannot guess values without knowing the secrets.
    ///
    /// - Parameter learnsSecrets: Whether secrets can become known during a run, which requires a value also without
    ///   places.
    func redactedPlaces(
        secrets: [(name: String, value: String)], seed: String, learnsSecrets: Bool = false
    ) -> RedactedPlaces? {
        let places = project.redact.compactMap { text in
            (try? ItemPath.parse(text)).flatMap(RedactedPlace.init)
        }
        guard !places.isEmpty || learnsSecrets else { return nil }
        var material: [UInt8] = []
        for text in secrets.map(\.value) + [seed] { material += Array(text.utf8) + [0] }
        let key = SHA256.digest(material)
        return RedactedPlaces(places) { hmacSHA256(key: key, message: $0) }
    }
}

extension Workspace {
    /// The values that rows, profiles and headers of targets derive from secrets with filters.
    func derivedSecrets(
        plan: Plan?, _ secrets: SecretValues, _ environment: [String: String]
    ) -> [(name: String, value: String)] {
        let scope = scope(environment, secrets.values)
        let ofProfiles = project.profiles.flatMap(\.credentials).flatMap(\.templates).flatMap(\.expressions)
        let ofHeaders = project.targets.flatMap(\.requests.headers).flatMap(\.value.expressions)
        return scope.derivedSecrets((plan?.secretExpressions ?? []) + ofProfiles + ofHeaders)
    }

    /// The values that templates of the configuration can use.
    ///
    /// - Parameter secrets: The values of secrets by name.
    func scope(_ environment: [String: String], _ secrets: [String: String]) -> ValueScope {
        ValueScope(
            seed: "", table: "", scenario: "", now: .now,
            sources: ValueSources(environment: environment, secrets: secrets, variables: project.variableValues))
    }

    /// The environment variables that credentials are made of. They are secrets although the configuration does not
    /// call them secrets.
    func credentialVariables(_ environment: [String: String]) -> [(name: String, value: String)] {
        let references = project.profiles.flatMap(\.credentials).flatMap(\.templates).flatMap(\.references)
        return references.compactMap { reference in
            guard case .environment(let name) = reference else { return nil }
            return environment[name].map { (name, $0) }
        }
    }
}

extension RedactedPlace {
    /// The place that a path of the configuration names; `nil` for paths that are not parts of a message.
    init?(_ path: ItemPath) {
        switch path.root {
        case .header(let name): self = .header(name)
        case .query(let name): self = .query(name)
        case .cookie(let name): self = .cookie(name)
        case .body:
            self = .body(
                path.segments.map { segment in
                    switch segment {
                    case .name(let name): .name(name)
                    case .index(let index): .index(index)
                    case .every, .some: .every
                    }
                })
        case .path, .partHeader, .status, .time, .operation, .tag, .method, .requestPath: return nil
        }
    }
}
