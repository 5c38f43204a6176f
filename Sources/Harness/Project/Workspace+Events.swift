import Mocking
import OpenAPI
import Project
import Recordings
import Scenarios

extension Workspace {
    /// The events that rows of `tables` can trigger at `target`; `nil` when no table mentions an event.
    ///
    /// Behaviour files are read for every target, because they show whether a name that the target does not map is an
    /// event of the mock or a typing mistake.
    ///
    /// - Parameter versions: What the mock serves, if it is known.
    func events(
        of target: Target, _ tables: [TableSource], _ loaded: LoadedContracts, _ versions: [MockVersion]?
    ) -> TargetEvents? {
        guard tables.contains(where: \.mayContainEvents) else { return nil }
        // The events of a behaviour file with a mistake are unknown, and the mistake is reported.
        guard let served = versions.flatMap({ $0.isEmpty ? nil : $0 }) ?? (try? mockVersions(loaded)) else {
            return nil
        }
        var declared: [String: [DeclaredEvent]] = [:]
        for version in served {
            declared[version.contract.name] = version.behaviour?.eventInputs.map { name, inputs in
                DeclaredEvent(
                    name: name,
                    inputs: inputs.map { DeclaredEvent.Input(name: $0.name, kind: $0.kind, isRequired: $0.isRequired) })
            }
        }
        let target = recordedTarget(target)
        return TargetEvents(
            target: target.name, isMock: target.kind == .mock, mappings: target.events,
            others: project.targets.filter { $0.name != target.name }.flatMap(\.events), declared: declared)
    }

    /// The target of the recordings, for runs that use them; otherwise `target` itself.
    private func recordedTarget(_ target: Target) -> Target {
        guard target.kind == .fixtures else { return target }
        guard let origin = FixtureFolder.origin(in: self), !origin.isMock else { return .mock }
        return project.target(origin.target) ?? Target(name: origin.target, kind: .live(baseURL: origin.baseURL))
    }
}

extension TableSource {
    /// Whether the word `event` occurs anywhere. The generic search of the standard library takes 140,000 instructions for
    /// each row of `assay-bench run`'s table, a sixth of a run.
    fileprivate var mayContainEvents: Bool {
        let word = Array("event".utf8)
        return bytes.withUnsafeBufferPointer { bytes in
            guard bytes.count >= word.count else { return false }
            for start in 0...(bytes.count - word.count)
            where bytes[start] == word[0] && bytes[start..<(start + word.count)].elementsEqual(word) {
                return true
            }
            return false
        }
    }
}
