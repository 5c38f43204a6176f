import Conformance
import Exchanges
import Primitives
import Project
import Running
import Scenarios

/// The requests of a run that were sent, and their judge.
struct SentRun {
    /// The journal; with a judge that judges while the run sends, without exchanges.
    var journal: Journal
    /// The reason why the journal could not be written completely; `nil` if it was.
    var error: JournalError?
    /// The judge of the run.
    var judging: JudgedRun
}

/// Scenarios that a live target may have failed are run again: one that passes then is flaky.
extension RunSession {
    /// How often suspects are run again. The mock and recordings respond in the same way every time.
    var reruns: Int {
        guard case .live = planned.target.kind, planned.fixtures == nil, !request.failFast else { return 0 }
        return request.judging.reruns ?? planned.workspace.project.judging.illness.reruns
    }

    /// The run after its suspects were run again, until none is left or the number of reruns is reached.
    ///
    /// The journal is continued as by `--resume`: the last run of each scenario counts, and the exchanges before it are
    /// kept as superseded. Each run has a new seed, because the target knows the ids of the runs before.
    ///
    /// - Parameter path: The journal, which is closed.
    func rerun(
        _ first: SentRun, _ settings: RunSettings, path: String, _ network: any Network,
        _ progress: @escaping @Sendable (RunEvent) -> Void
    ) async -> SentRun {
        var sent = first
        for round in 0..<reruns {
            guard !Task.isCancelled, sent.error == nil, sent.judging.hasSigns else { break }
            let verdict = sent.judging.verdict(sent.journal)
            let suspects = verdict.suspects(in: planned.plan)
            // A target that never responds is not available to a second run either.
            guard !suspects.isEmpty, verdict.exchanges.contains(where: { $0.response != nil }) else { break }
            if round > 0 { try? await Task.sleep(for: .seconds(round)) }
            guard let next = await rerun(suspects, settings, path: path, network, progress) else { break }
            sent = next
        }
        return sent
    }

    /// Runs `suspects` again; `nil` if the journal cannot be opened again.
    private func rerun(
        _ suspects: Set<String>, _ settings: RunSettings, path: String, _ network: any Network,
        _ progress: @escaping @Sendable (RunEvent) -> Void
    ) async -> SentRun? {
        var settings = settings
        settings.seed = Seed.fresh()
        settings.startedAt = .now
        let origin = JournalOrigin(seed: settings.seed, startedAt: settings.startedAt)
        var judging = JudgedRun(planned, planned.plan, settings.journalHeader(for: planned.plan))
        judging.observer = request.observer
        guard let (writer, begun) = try? goOn(path, origin, again: suspects, judging) else { return nil }
        defer { writer.close() }
        return await send(settings, writer, begun, judging, .system, network, progress)
    }
}
