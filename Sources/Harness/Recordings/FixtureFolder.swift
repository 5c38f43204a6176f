import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Project
import Recordings
import Scenarios

/// The recordings of a project that a plan needs.
struct FixtureFolder: Sendable {
    /// One recording for each scenario that has one.
    var recordings: [Recording] = []
    /// Diagnostics about recordings that are missing, outdated or unreadable.
    var diagnostics: [Diagnostic] = []

    /// Whether the recorded target was the mock. This decides which rows run.
    var isMock: Bool { recordings.first?.origin?.isMock ?? true }
    /// The base URL of the recorded requests.
    var baseURL: String { recordings.first?.origin?.baseURL ?? "" }

    /// Reads the recordings of the scenarios of `plan` that can run.
    ///
    /// - Parameter asOf: The time at which the age of recordings is measured.
    init(_ workspace: Workspace, plan: Plan, contracts: Contracts, asOf now: Instant) {
        let settings = workspace.project.fixtures
        var missing: [String] = []
        for scenario in plan.scenarios where !scenario.options.skip {
            let path = settings.folder + "/" + RecordingPath.path(ofScenario: scenario.id, table: scenario.file)
            guard FileSystem.exists(path, in: workspace.root) else {
                missing.append(scenario.id)
                continue
            }
            switch Self.read(path, in: workspace.root) {
            case .failure(let problems): diagnostics += problems.diagnostics
            case .success(let (recording, problems)):
                diagnostics += problems
                guard let origin = recording.origin, origin.scenario.isSame(as: scenario.id) else {
                    missing.append(scenario.id)
                    continue
                }
                recordings.append(recording)
                diagnostics += Self.staleness(of: recording, origin, contracts, settings.maximumAge, now)
            }
        }
        checkTargets()
        report(missing: missing, folder: settings.folder)
    }

    /// The origin of one of the recordings of a project; `nil` if it has none. All are of one target.
    static func origin(in workspace: Workspace) -> RecordingOrigin? {
        let files = FileSystem.files(in: workspace.project.fixtures.folder, of: workspace.root, suffix: ".har")
        return files.lazy.compactMap { try? read($0, in: workspace.root).get().recording.origin }.first
    }

    /// Reports a mix of recordings of the mock and of a live target: they run different rows, so one run cannot use
    /// both.
    private mutating func checkTargets() {
        guard let first = recordings.first, let origin = first.origin,
            let other = recordings.first(where: {
                $0.origin?.isMock != origin.isMock || $0.origin?.baseURL != origin.baseURL
            })
        else { return }
        diagnostics.append(
            Diagnostic(
                "fixtures.mixed", .error,
                "the recordings are of different targets: '\(origin.target)' at \(origin.baseURL) and "
                    + "'\(other.origin?.target ?? "")' at \(other.origin?.baseURL ?? "")",
                at: SourceLocation(file: other.path, line: 1, column: 1),
                help: "record all scenarios against one target: assay record --update --target NAME"))
    }

    private mutating func report(missing: [String], folder: String) {
        guard let first = missing.first else { return }
        let many = missing.count == 1 ? "" : " and \(missing.count - 1) more"
        let command = missing.count == 1 ? "assay record --grep '\(first)'" : "assay record"
        diagnostics.append(
            Diagnostic(
                "fixtures.missing", .error, "the scenario '\(first)'\(many) has no recording under \(folder)/",
                help: "record it with `\(command)`; add --target NAME for a live target"))
    }

    private static func staleness(
        of recording: Recording, _ origin: RecordingOrigin, _ contracts: Contracts, _ maximumAge: Duration?,
        _ now: Instant
    ) -> [Diagnostic] {
        var found: [Diagnostic] = []
        let location = SourceLocation(file: recording.path, line: 1, column: 1)
        let renewal = "renew it: assay record --update --grep '\(origin.scenario)'"
        let age = now.since(origin.values.startedAt)
        if let maximumAge, age > maximumAge {
            found.append(
                Diagnostic(
                    "fixtures.stale", .warning, "the recording is \(age.components.seconds / 86_400) days old",
                    at: location, help: renewal))
        }
        for contract in origin.contracts where contracts[contract.name]?.fingerprint != contract.fingerprint {
            found.append(
                Diagnostic(
                    "fixtures.contract", .warning,
                    "the contract '\(contract.name)' has changed since the recording was made", at: location,
                    help: renewal))
        }
        return found
    }

    /// The recording in a file of the project.
    static func read(
        _ path: String, in root: String
    ) -> Result<(recording: Recording, diagnostics: [Diagnostic]), RecordingError> {
        let file = FileSystem.joined(root, path)
        switch FileSystem.read(file, limit: HARReader.limits.maximumBytes) {
        case .failure(let problem):
            return .failure(
                RecordingError(diagnostics: [
                    Diagnostic(
                        "recording.unreadable", .error, "the recording cannot be read: \(problem.reason)",
                        at: SourceLocation(file: path, line: 1, column: 1))
                ]))
        case .success(let bytes):
            let bodies = BodyFiles(besides: file)
            do throws(RecordingError) {
                return .success(try HARReader.read(bytes, path: path) { bodies.read($0) })
            } catch {
                return .failure(error)
            }
        }
    }
}

/// The bodies that a tool keeps in files next to an archive. Files outside of the archive's folder are not read.
final class BodyFiles {
    /// The maximum size of a body, as everywhere (`JSONLimits`), and of all bodies of one archive together.
    private static let largest = 64 << 20
    private static let most = 512 << 20

    private let folder: String?
    private var left = BodyFiles.most

    init(besides archive: String) {
        let parts = archive.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let name = String(decoding: archive.utf8.dropLast(parts.last?.count ?? 0), as: UTF8.self)
        folder = FileSystem.realPath(name.isEmpty ? "." : name)
    }

    /// The bytes of a file; `nil` when it cannot be read or is not below the folder. Links cannot lead out of the
    /// folder.
    func read(_ name: String) -> [UInt8]? {
        guard let folder, !name.isEmpty, !name.utf8.contains(0), name.utf8.first != UInt8(ascii: "/"),
            let path = FileSystem.realPath(folder + "/" + name), path.utf8.starts(with: (folder + "/").utf8),
            case .success(let bytes) = FileSystem.read(path, limit: min(Self.largest, left))
        else { return nil }
        left -= bytes.count
        return bytes
    }
}

extension Contracts {
    /// The header fields of all contracts whose values are credentials.
    var credentialFields: Set<String> {
        Set(
            all.flatMap(\.securitySchemes).compactMap { scheme in
                if case .apiKey(let name, .header) = scheme.kind { name } else { nil }
            })
    }
}

extension Plan {
    /// The plan with the seed and time of each recording, without the steps that were skipped when it was made.
    func recorded(in folder: FixtureFolder) -> Plan {
        var plan = self
        let origins = Dictionary(
            folder.recordings.compactMap { $0.origin.map { ($0.scenario, $0) } },
            uniquingKeysWith: { first, _ in first })
        for index in plan.scenarios.indices {
            guard let origin = origins[plan.scenarios[index].id] else { continue }
            plan.scenarios[index].origin = origin.values
            let skipped = Set(origin.notRun.filter(\.isSkip).map(\.step))
            plan.scenarios[index].steps = plan.scenarios[index].steps.map { step in
                guard skipped.contains(step.name), !step.options.isSkipped else { return step }
                var options = step.options
                options.isSkipped = true
                return step.with(options: options)
            }
        }
        return plan
    }
}

extension NotRun {
    fileprivate var isSkip: Bool {
        if case .skipped = reason { true } else { false }
    }
}
