import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Project
import Recordings
import Reporting
import Scenarios

extension RunSession {
    /// Writes the traffic of the run in `journal` as one HTTP Archive for each scenario that ended.
    ///
    /// A file is replaced only if the server's responses differ, or the contracts or generated values.
    ///
    /// - Throws: `HarnessError` (exit 3) when a file cannot be written, or would show a secret.
    func record(_ journal: Journal, in folder: String) throws(HarnessError) -> RecordResult {
        var result = RecordResult()
        let scenarios = planned.plan.scenarios.map { (id: $0.id, table: $0.file, origin: $0.origin) }
        let files = ReportFiles(root: planned.workspace.root)
        let volatile = planned.workspace.volatilePaths
        for recording in Recording.recordings(
            of: journal, scenarios: scenarios, isMock: planned.target.kind == .mock)
        where !recording.entries.isEmpty {
            let path = folder + "/" + recording.path
            let bytes = HARWriter.bytes(of: recording, version: AssayVersion.text)
            guard !shows(recording, bytes) else {
                throw .notPossible(
                    "recording.secret", "the recording of '\(recording.origin?.scenario ?? "")' would contain a secret",
                    help: "name the place under `redact` in assay.yaml, and record again")
            }
            let exists = FileSystem.exists(path, in: planned.workspace.root)
            let old = exists ? try? FixtureFolder.read(path, in: planned.workspace.root).get().recording : nil
            let changes = old.map { old in
                RecordingChange.between(old, recording) { pointer in
                    volatile.contains { $0.leads(to: pointer) }
                }
            }
            let isSameOrigin =
                old?.origin?.values == recording.origin?.values
                && old?.origin?.contracts == recording.origin?.contracts
            if changes?.isEmpty != true || !isSameOrigin {
                try files.write(to: path) { $0.write(bytes) }
            }
            result.files.append(RecordResult.File(path: path, changes: changes))
        }
        return result
    }

    /// Whether a secret is visible in the file or in a body that the file keeps in base64.
    private func shows(_ recording: Recording, _ bytes: [UInt8]) -> Bool {
        planned.redactor.findsSecret(in: bytes)
            || recording.entries.contains { entry in
                planned.redactor.findsSecret(in: entry.request.body ?? [])
                    || planned.redactor.findsSecret(in: entry.outcome.response?.body ?? [])
            }
    }
}

extension ItemPath {
    /// Whether the path leads to this place of a body.
    fileprivate func leads(to pointer: JSONPointer) -> Bool {
        guard case .body = root, !isRequest, segments.count == pointer.tokens.count else { return false }
        return zip(segments, pointer.tokens).allSatisfy { segment, token in
            switch segment {
            case .name(let name): name.isSame(as: token)
            case .index(let index): token == String(index)
            case .every, .some: true
            }
        }
    }
}
