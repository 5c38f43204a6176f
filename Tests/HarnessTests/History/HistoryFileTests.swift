import Conformance
import Diagnostics
import Foundation
import Primitives
import Project
import TestKit
import Testing

@testable import Harness
@testable import Reporting

/// The history on disk, and the journals beside it.
@Suite struct HistoryFileTests {
    private static func entry(_ second: Int, steps: Int = 1) -> HistoryEntry {
        HistoryEntry(
            startedAt: Instant(microsecondsSinceEpoch: Int64(second) * 1_000_000), seed: "s\(second)", target: "mock",
            versions: [], exit: 0, milliseconds: 1, causes: 0,
            scenarios: [
                HistoryEntry.Scenario(
                    name: "send", steps: (0..<steps).map { HistoryEntry.Step(name: "step-\($0)", outcome: .passed) })
            ])
    }

    private static let path = HistoryFile.path

    private static func folder() throws -> TemporaryFolder { try TemporaryFolder(["reports/keep": ""]) }

    @Test("entries are read in the order in which they were appended")
    func appended() throws {
        let folder = try Self.folder()
        let history = HistoryFile(root: folder.path)
        #expect(try history.entries().entries.isEmpty)
        for second in 1...3 { #expect(history.append(Self.entry(second)) == nil) }
        #expect(try history.entries().entries == (1...3).map { Self.entry($0) })
    }

    @Test("a writer has its turn only while no other process uses the lock")
    func turns() throws {
        let folder = try Self.folder()
        let lock = open(folder.file("reports/.history.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        defer { close(lock) }
        // A writer that only shared the lock would have its turn now.
        let isShared = flock(lock, LOCK_SH) == 0
        #expect(isShared)
        let history = HistoryFile(root: folder.path, tries: 2)
        #expect(
            history.append(Self.entry(1))?.message
                == "the run was not added to reports/history.ndjson: another process is writing it")
        #expect(!folder.contains(Self.path))
        _ = flock(lock, LOCK_UN)
        #expect(history.append(Self.entry(1)) == nil)
        #expect(try history.entries().entries == [Self.entry(1)])
    }

    @Test("concurrent writers lose no entry")
    func concurrent() async throws {
        let folder = try Self.folder()
        let root = folder.path
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<25 {
                        #expect(HistoryFile(root: root).append(Self.entry(writer * 100 + number)) == nil)
                    }
                }
            }
        }
        let (entries, unreadable) = try HistoryFile(root: root).entries()
        #expect(unreadable == 0 && Set(entries.map(\.seed)).count == 100)
    }

    @Test("a long history keeps its newest lines")
    func shortened() throws {
        let folder = try Self.folder()
        let history = HistoryFile(root: folder.path, limit: 4_000)
        for second in 1...200 { #expect(history.append(Self.entry(second)) == nil) }
        let entries = try history.entries().entries
        #expect(try folder.read(Self.path).utf8.count <= 4_000)
        #expect(entries.count > 5 && entries == (201 - entries.count...200).map { Self.entry($0) })
        // One line may be longer than everything that is allowed.
        #expect(history.append(Self.entry(300, steps: 1_000)) == nil)
        #expect(try history.entries().entries == [Self.entry(300, steps: 1_000)])
    }

    @Test("an incomplete line of a killed writer is not continued, and is counted")
    func broken() throws {
        let folder = try Self.folder()
        let history = HistoryFile(root: folder.path)
        #expect(history.append(Self.entry(1)) == nil)
        try folder.write(try folder.read(Self.path) + "{\"schema\":\"assay-his", to: Self.path)
        #expect(history.append(Self.entry(2)) == nil)
        let (entries, unreadable) = try history.entries()
        #expect(entries == [Self.entry(1), Self.entry(2)] && unreadable == 1)
    }

    @Test("a link is not followed, and the run gets a warning")
    func link() throws {
        let folder = try Self.folder()
        let outside = try TemporaryFolder(["history.ndjson": "mine\n"])
        try FileManager.default.createSymbolicLink(
            atPath: folder.file(Self.path), withDestinationPath: outside.file("history.ndjson"))
        let problem = try #require(HistoryFile(root: folder.path).append(Self.entry(1)))
        #expect(problem.severity == .warning && problem.rule == "reports.history")
        #expect(try outside.read("history.ndjson") == "mine\n")
    }

    // MARK: Journals

    private static let journals = [
        "20260101T000000-a.ndjson", "20260110T000000-b.ndjson", "20260120T000000-c.ndjson", "20260130T000000-d.ndjson",
    ].map { "\(ReportFiles.journals)/\($0)" }

    @Test(
        "journals are removed by number and age, never the present one",
        arguments: [
            (Project.Retention(), [], []), (Project.Retention(keep: 2), [1, 0], [2, 1]),
            (Project.Retention(keep: 10), [], []), (Project.Retention(maximumAge: .seconds(15 * 86_400)), [1, 0], [1]),
            (Project.Retention(keep: 1, maximumAge: .seconds(15 * 86_400)), [2, 1, 0], [3, 2, 1]),
        ] as [(Project.Retention, [Int], [Int])])
    func pruned(retention: Project.Retention, removed: [Int], removedBesideFirst: [Int]) throws {
        let now = try #require(Instant("2026-02-01T00:00:00Z"))
        let pruning = JournalPruning(root: ".", retention)
        #expect(
            pruning.removable(Self.journals, keeping: "other", now: now) == removed.map { Self.journals[$0] })
        // The journal of the run counts as one of those that are kept.
        #expect(
            pruning.removable(Self.journals, keeping: Self.journals[0], now: now)
                == removedBesideFirst.map { Self.journals[$0] })
    }

    @Test("files with other names, folders and links stay")
    func others() throws {
        let names = [
            "\(ReportFiles.journals)/mine.ndjson", "\(ReportFiles.journals)/20260101T000000.ndjson",
            "\(ReportFiles.journals)/2026010xT000000-a.ndjson", "\(ReportFiles.journals)/20261301T000000-a.ndjson",
            "\(ReportFiles.journals)/deep/20260101T000000-a.ndjson", "other/20260101T000000-a.ndjson",
        ]
        let now = try #require(Instant("2027-02-01T00:00:00Z"))
        let pruning = JournalPruning(root: ".", Project.Retention(keep: 1, maximumAge: .seconds(1)))
        #expect(pruning.removable(names, keeping: "", now: now) == [])
    }
}

/// The reports and the history that runs leave.
@Suite(.inTurn) struct LatestReportTests {
    private static func entries(_ project: ShippedProject) throws -> [HistoryEntry] {
        try HistoryFile(root: project.root.path).entries().entries
    }

    @Test("a large passing run in CI leaves only text and JSON, and earlier reports are removed")
    func unwatched() async throws {
        try await withShippedProject { project in
            let table = (0...(RunSession.fewSteps / 500)).map {
                "s\($0),fetch,PGFetchLink,link_id=none,404,,repeat=500\n"
            }
            try project.write("scenario,step,call,set,expect,check,opts\n" + table.joined(), to: "scenarios/large.csv")
            for (isLarge, isWatched) in [(false, false), (true, false), (true, false), (true, true)] {
                _ = try await project.run {
                    $0.tables.tables = [isLarge ? "scenarios/large.csv" : "scenarios/payment-links.csv"]
                    $0.contracts.version = "2022-09-01"
                    if !isLarge { $0.tables.grep = "link-defaults" }
                    $0.invocation.isWatched = isWatched
                }
                let index = try project.read("\(ReportFiles.latest)/\(LatestIndex.name)")
                for report in LatestReport.allCases {
                    let isWritten = isWatched || !isLarge || report == .text || report == .json
                    let path = "\(ReportFiles.latest)/\(report.rawValue)"
                    #expect(
                        FileManager.default.fileExists(atPath: project.root.appendingPathComponent(path).path)
                            == isWritten, "\(path)")
                    #expect(index.contains("<a href=\"\(report.rawValue)\">") == isWritten)
                }
            }
            let page = "\(ReportFiles.previous)/\(LatestReport.page.rawValue)"
            #expect(!FileManager.default.fileExists(atPath: project.root.appendingPathComponent(page).path))
        }
    }

    @Test("a run leaves every report with an index, and the next one moves them away")
    func latest() async throws {
        try await withShippedProject { project in
            for number in 1...2 {
                let result = try await project.run {
                    $0.tables.grep = "link-defaults"
                    $0.seed = "run\(number)"
                    $0.invocation.isWatched = true
                }
                #expect(result.exit == .passed)
                let index = try project.read("\(ReportFiles.latest)/\(LatestIndex.name)")
                for report in LatestReport.allCases {
                    #expect(index.contains("<a href=\"\(report.rawValue)\">"))
                    let text = try project.read("\(ReportFiles.latest)/\(report.rawValue)")
                    #expect(!text.isEmpty)
                    let namesSeed = [.page, .text, .json, .markdown].contains(report)
                    #expect(!namesSeed || text.contains("run\(number)"), "\(report)")
                }
                #expect(!index.contains("<script"))
            }
            for name in LatestReport.allCases.map(\.rawValue) + [LatestIndex.name] {
                #expect(try !project.read("\(ReportFiles.previous)/\(name)").isEmpty)
            }
            #expect(try Self.entries(project).map(\.seed) == ["run1", "run2"])
        }
    }

    @Test("the page of a failing run has the lines of the contract and the table, and the trend")
    func failing() async throws {
        try await withShippedProject { project in
            let change = { (request: inout RunRequest) in
                request.tables.grep = "link-defaults"
                request.contracts.version = "2022-09-01"
            }
            _ = try await project.run(change)
            try project.replace(
                "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}",
                in: "specs/cashfree/2022-09-01.behaviour.yaml")
            let result = try await project.run(change)
            let first = try #require(result.verdict.groups.first?.first)
            let location = try #require(first.contractLocation)
            let frame = try #require(result.sources.lines(around: location, (before: 4, after: 8)))
            let lines = try project.read(location.file).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(frame.lines[location.line - frame.first] == String(lines[location.line - 1]))
            #expect(frame.lines.count == 13)
            #expect(result.trend?.newlyFailing.map(\.step) == ["cancel"])
            #expect(
                try project.read("\(ReportFiles.latest)/report.html").contains(
                    "\"newlyFailing\":[{\"scenario\":\"link-defaults\""))
            // The report of the journal is the same page.
            var request = ReportRequest()
            request.journals = [result.journal]
            request.contracts.version = "2022-09-01"
            let again = try ReportSession.result(try Workspace.open(project.root.path), request)
            #expect(again.trend?.newlyFailing == result.trend?.newlyFailing)
            #expect(again.sources == result.sources)
        }
    }

    @Test("journals are removed as `reports` specifies")
    func pruned() async throws {
        try await withShippedProject { project in
            let configuration = try project.read("assay.yaml")
            try project.write(configuration + "\nreports: {keep: 1}\n", to: "assay.yaml")
            var journals: [String] = []
            for _ in 1...2 {
                let result = try await project.run { $0.tables.grep = "link-defaults" }
                journals.append(result.journal)
            }
            #expect(!FileSystem.exists(journals[0], in: project.root.path))
            #expect(FileSystem.exists(journals[1], in: project.root.path))
        }
    }
}
