import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import Recordings
import Reporting
import TestKit
import Testing

/// The recordings in `fixtures/`, which `assay record` made of the shipped scenarios.
@Suite("The shipped scenarios on their recordings", .inTurn, .timeLimit(.minutes(20)))
struct CommittedFixtureTests {
    private func withFixtures(_ body: (ShippedProject) async throws -> Void) async throws {
        try await withShippedProject { project in
            try FileManager.default.copyItem(
                at: repository.appending(path: "fixtures"), to: project.root.appending(path: "fixtures"))
            try await body(project)
        }
    }

    @Test("every scenario of both versions has the verdict of a run against the mock")
    func equalVerdicts() async throws {
        try await withFixtures { project in
            let mock = try await project.run()
            let recorded = try await project.run { $0.target.name = "fixtures" }
            #expect(mock.exit == .passed && recorded.exit == .passed)
            let expected = mock.verdict.summary(countsExchanges: false)
            expectNoDifference(recorded.verdict.summary(countsExchanges: false), expected)
            let names = recorded.verdict.scenarios.map(\.name)
            #expect(names.count { $0.hasSuffix("@2023-08-01") } > 50 && names.count { !$0.contains("@") } > 50)
            let stale = recorded.diagnostics.entries.filter { $0.rule.hasPrefix("fixtures.") }
            #expect(stale.isEmpty, "\(stale.map(\.message)); renew them: assay record --update")
            var request = ReplayRequest()
            request.recordings = ["fixtures"]
            let replayed = try ReplaySession.result(try Workspace.open(project.root.path), request)
            expectNoDifference(replayed.verdict.summary(countsExchanges: false), expected)
        }
    }

    @Test("a second recording gives the same files to the byte")
    func secondRecording() async throws {
        try await withFixtures { project in
            let committed = try files(project)
            let again = try await project.run { $0.recording = RecordingChoice() }
            let changes = again.recorded?.files.filter { $0.changes != [] } ?? []
            #expect(changes.isEmpty, "\(changes.map(\.path)); renew them: assay record --update")
            // A file that is no scenario's any more is not renewed; a scenario without a file is new.
            #expect(again.recorded?.files.map(\.path).sorted() == committed.keys.sorted())
            // The same from nothing, at the time when most of them were recorded.
            let times = try committed.mapValues { data in
                try HARReader.read([UInt8](data), path: "x.har").recording.origin?.values.startedAt
            }
            let time = try #require(times.values.compactMap { $0 }.mostFrequent)
            try FileManager.default.removeItem(at: project.root.appending(path: "fixtures"))
            let anew = try await project.run {
                $0.recording = RecordingChoice()
                $0.startedAt = time
            }
            #expect(anew.recorded?.files.count == committed.count)
            let written = try files(project)
            let compared = committed.filter { times[$0.key] == time }
            #expect(compared.count > committed.count / 2)
            for (path, bytes) in compared { #expect(written[path] == bytes, "\(path)") }
        }
    }

    private func files(_ project: ShippedProject) throws -> [String: Data] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: project.root.appending(path: "fixtures").path)
        return Dictionary(
            uniqueKeysWithValues: try paths.filter { $0.hasSuffix(".har") }.map { path in
                ("fixtures/\(path)", try Data(contentsOf: project.root.appending(path: "fixtures/\(path)")))
            })
    }
}

extension Sequence where Element: Hashable {
    fileprivate var mostFrequent: Element? {
        Dictionary(grouping: self, by: \.self).max { $0.value.count < $1.value.count }?.key
    }
}
