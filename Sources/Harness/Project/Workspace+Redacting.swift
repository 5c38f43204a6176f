import Exchanges
import Primitives
import Project
import Scenarios

extension Workspace {
    /// The places whose values are kept as tokens; `nil` when the configuration names none.
    ///
    /// The key of the tokens is made of the run's secrets and seed: tokens of one seed can be compared with each other,
    /// and a reader of a journal cannot try values out without knowing the secrets.
    func redactedPlaces(secrets: [(name: String, value: String)], seed: String) -> RedactedPlaces? {
        let places = project.redact.compactMap { text in
            (try? ItemPath.parse(text)).flatMap(RedactedPlace.init)
        }
        guard !places.isEmpty else { return nil }
        var material: [UInt8] = []
        for text in secrets.map(\.value) + [seed] { material += Array(text.utf8) + [0] }
        let key = SHA256.digest(material)
        return RedactedPlaces(places) { hmacSHA256(key: key, message: $0) }
    }
}

extension Workspace {
    /// What rows and profiles make of secrets with filters.
    func derivedSecrets(
        plan: Plan?, _ secrets: SecretValues, _ environment: [String: String]
    ) -> [(name: String, value: String)] {
        let scope = scope(environment, secrets)
        let ofProfiles = project.profiles.flatMap(\.credentials).flatMap(\.value.expressions)
        return scope.derivedSecrets((plan?.secretExpressions ?? []) + ofProfiles)
    }

    /// What the templates of credentials may ask for.
    func scope(_ environment: [String: String], _ secrets: SecretValues) -> ValueScope {
        ValueScope(
            seed: "", table: "", scenario: "", now: .now, environment: environment, secrets: secrets.values,
            variables: project.variableValues)
    }

    /// The variables of the environment that credentials are made of: secrets, although they are not called so.
    func credentialVariables(_ environment: [String: String]) -> [(name: String, value: String)] {
        let references = project.profiles.flatMap(\.credentials).flatMap(\.value.references)
        return references.compactMap { reference in
            guard case .environment(let name) = reference else { return nil }
            return environment[name].map { (name, $0) }
        }
    }
}

extension RedactedPlace {
    /// The place that a path of the configuration means; `nil` for what messages do not carry.
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
        case .path, .status, .time, .operation, .tag, .method, .requestPath: return nil
        }
    }
}
