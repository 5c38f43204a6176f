import ArgumentParser
import Diagnostics
import Foundation
import JSONDocument
import JSONSchema
import Measuring
import OpenAPI
import SourceText

/// Compares `assay replay` with the validation of the bodies that it judges.
struct ReplayBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Records EXCHANGES exchanges against the mock, and judges the recordings again and again.",
        discussion: """
            ASSAY is the release binary. tables_us is `assay replay fixtures`: recordings of scenarios, judged with \
            their tables. entries_us is `assay replay fixtures --spec openapi.yaml`: every entry is matched by method \
            and URL. Both are microseconds an exchange of the whole process; validate_us is what parsing and validating \
            one of the recorded bodies takes in this process. one_file_us is a single archive with all entries. \
            tables_s is the time of the whole replay in seconds, tables_cpu_s its processor time, and peak_mb the most memory of any process.
            """
    )

    @Argument(help: ArgumentHelp("The binary: .build/release/assay.", valueName: "assay"))
    var assay: String

    @Option(help: ArgumentHelp("The project that is recorded.", valueName: "folder"))
    var project = "Benchmarks/Fixtures/parcels"

    @Option(help: "How many exchanges are recorded.")
    var exchanges = 10_000

    @Option(help: "How often each figure is taken; the best counts.")
    var rounds = 3

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-bench-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: URL(fileURLWithPath: project), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        try ParcelTable.text(steps: exchanges).write(
            to: folder.appendingPathComponent("bench.csv"), atomically: true, encoding: .utf8)
        _ = try seconds(["record", "--quiet"], in: folder)
        let recordingPeak = peakMegabytesOfChildren()
        let archives = try archives(in: folder)
        let bodies = try bodies(of: archives)
        try joined(archives).write(to: folder.appendingPathComponent("all.har"))
        let replays = [["fixtures"], ["fixtures", "--spec", "openapi.yaml"], ["all.har", "--spec", "openapi.yaml"]]
        let cpuBefore = childSeconds()
        _ = try seconds(["replay", "--quiet", "fixtures"], in: folder)
        let cpu = childSeconds() - cpuBefore
        let best = try replays.map { arguments in
            try (0..<max(1, rounds)).map { _ in try seconds(["replay", "--quiet"] + arguments, in: folder) }.min() ?? 0
        }
        let compiled = try schema(in: folder)
        let validate = try median(
            (0..<max(1, rounds)).map { _ in
                try measured {
                    for body in bodies where compiled.validate(try JSONDocument(parsing: body).root).outcome != .valid {
                        throw ValidationError("a recorded body is not valid")
                    }
                }
                .wall
            })
        func each(_ seconds: Double) -> String { String(format: "%.1f", seconds * 1e6 / Double(bodies.count)) }
        print(
            #"{"bench":"replay","exchanges":\#(bodies.count),"tables_us":\#(each(best[0])),"#
                + #""entries_us":\#(each(best[1])),"one_file_us":\#(each(best[2])),"#
                + #""validate_us":\#(each(validate / 1e9)),"tables_s":\#(String(format: "%.2f", best[0])),"#
                + #""tables_cpu_s":\#(String(format: "%.2f", cpu)),"#
                + #""record_peak_mb":\#(recordingPeak),"peak_mb":\#(peakMegabytesOfChildren())}"#)
    }

    private func seconds(_ arguments: [String], in folder: URL) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: assay)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        let took = try measured {
            try process.run()
            process.waitUntilExit()
        }
        guard process.terminationStatus == 0 else {
            throw ValidationError("`assay \(arguments.joined(separator: " "))` ended with \(process.terminationStatus)")
        }
        return took.wall / 1e9
    }

    private func archives(in folder: URL) throws -> [JSONDocument] {
        let fixtures = folder.appendingPathComponent("fixtures/bench")
        return try FileManager.default.contentsOfDirectory(atPath: fixtures.path).sorted().map { name in
            try JSONDocument(parsing: [UInt8](Data(contentsOf: fixtures.appendingPathComponent(name))))
        }
    }

    private func bodies(of archives: [JSONDocument]) throws -> [[UInt8]] {
        archives.flatMap { archive in
            (archive.root["log"]?["entries"]?.elements).map { entries in
                entries.compactMap { $0["response"]?["content"]?["text"]?.string.map { Array($0.utf8) } }
            } ?? []
        }
    }

    /// One archive with all entries.
    private func joined(_ archives: [JSONDocument]) -> Data {
        let entries = archives.flatMap { archive in
            (archive.root["log"]?["entries"]?.elements).map { entries in
                entries.map { entry -> String in
                    guard let value = entry.value.object else { return "{}" }
                    return JSONValue.object(
                        JSONObject(value.members.filter { $0.name != "_assay" }.map { ($0.name, $0.value) })
                    ).text
                }
            } ?? []
        }
        return Data("{\"log\":{\"version\":\"1.2\",\"entries\":[\(entries.joined(separator: ",\n"))]}}".utf8)
    }

    private func schema(in folder: URL) throws -> CompiledSchema {
        let contract = try ContractLoader.load(file: "openapi.yaml", reader: SourceReader(root: folder.path))
        guard let schema = contract.schema("Parcel") else { throw ValidationError("the document has no schema Parcel") }
        do {
            return try schema.compiled()
        } catch {
            throw ValidationError("the schema cannot be compiled: \(error.diagnostics.map(\.message))")
        }
    }
}
