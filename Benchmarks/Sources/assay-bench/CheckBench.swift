import ArgumentParser
import Foundation
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios
import SourceText

/// Compares the hot paths with stored thresholds.
struct CheckBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Measures each hot path beside a yardstick, and fails if a ratio exceeds its threshold.",
        discussion: """
            The yardstick of the functions is a loop that hashes bytes (nanoseconds per byte). That of runs is a client \
            loop without checks. Both are measured in the same process, so a slower machine has the same ratios. \
            THRESHOLDS contains the ratios of an idle machine; a figure may exceed its ratio by the factor `allowed`.
            """
    )

    @Argument(help: ArgumentHelp("The thresholds.", valueName: "thresholds"))
    var thresholds = "Benchmarks/thresholds.json"

    @Option(help: ArgumentHelp("A release binary, to measure runs too.", valueName: "assay"))
    var assay: String?

    @Option(help: "How often each figure is measured; the best counts.")
    var rounds = 5

    func run() async throws {
        let folder = URL(fileURLWithPath: thresholds).deletingLastPathComponent()
        let limits = try Thresholds(thresholds)
        var ratios = try functionRatios(in: folder)
        if let assay {
            let project = folder.appendingPathComponent("Fixtures/parcels").path
            let bench = try RunBench.parse([assay, "--rounds", String(rounds), "--project", project])
            let figures = try await bench.figures()
            ratios += figures.filter { $0.name.hasPrefix("ratio") }.map { ("run_" + $0.name, $0.value) }
        }
        var failed: [String] = []
        for (name, ratio) in ratios {
            guard let limit = limits.ratios[name] else { throw ValidationError("\(thresholds) has no ratio '\(name)'") }
            let isExceeded = ratio > limit * limits.allowed
            if isExceeded { failed.append(name) }
            print(
                #"{"bench":"check","figure":"\#(name)","ratio":\#(text(ratio)),"threshold":\#(text(limit)),"#
                    + #""of_threshold":\#(text(ratio / limit)),"exceeded":\#(isExceeded)}"#)
        }
        guard failed.isEmpty else {
            let message = "slower than \(limits.allowed) times the threshold: \(failed.joined(separator: ", "))\n"
            FileHandle.standardError.write(Data(message.utf8))
            throw ExitCode.failure
        }
    }

    private func text(_ ratio: Double) -> String { String(format: "%.2f", ratio) }

    /// Each function's time in yardsticks: the best of all rounds, each with a yardstick of its own.
    private func functionRatios(in folder: URL) throws -> [(name: String, value: Double)] {
        let works = try Work.all(in: folder)
        return try works.map { work in
            var best = Double.infinity
            for _ in 0..<max(1, rounds) {
                let yardstick = Yardstick.nanosecondsPerByte()
                let took = try measured { try work.body() }
                best = min(best, took.wall / Double(work.units) / yardstick)
            }
            return (work.name, best)
        }
    }
}

/// The stored ratios.
private struct Thresholds {
    /// By the name of the figure: its time divided by the yardstick.
    var ratios: [String: Double] = [:]
    /// The factor by which a figure may exceed its ratio, for noise.
    var allowed = 1.5

    init(_ file: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        for member in try JSONDocument(parsing: bytes).root.members {
            guard let value = member.value.number.flatMap({ Double($0.description) }) else {
                throw ValidationError("\(file): '\(member.name)' must be a number")
            }
            if member.name == "allowed" { allowed = value } else { ratios[member.name] = value }
        }
    }
}

/// A loop that only depends on the processor.
private enum Yardstick {
    private static let bytes = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

    /// The time to hash one byte by FNV-1a. Each step requires the one before, so no processor does several at once.
    static func nanosecondsPerByte() -> Double {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        let took = measured {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        precondition(hash != 0)
        return took.wall / Double(bytes.count)
    }
}

/// One function that is measured, with the number of units that a call processes.
private struct Work {
    let name: String
    let units: Int
    let body: () throws -> Void

    static func all(in folder: URL) throws -> [Work] {
        [try validate(folder), try load(folder, isJSON: true), try load(folder, isJSON: false), try plan(folder)]
    }

    /// Parsing and judging bodies of about a kilobyte.
    private static func validate(_ folder: URL) throws -> Work {
        let compiled = try ValidateBench.compiled(
            folder.appendingPathComponent("Fixtures/parcel.schema.json").path)
        let bodies = (0..<5_000).map { Array(MakeBodies.body($0, status: "OPEN").utf8) }
        return Work(name: "validate_body", units: bodies.count) {
            for body in bodies {
                guard compiled.validate(try JSONDocument(parsing: body).root, ValidationOptions()).outcome == .valid
                else { throw ValidationError("a valid body was rejected") }
            }
        }
    }

    /// Reading a document of 200 operations into a contract.
    private static func load(_ folder: URL, isJSON: Bool) throws -> Work {
        let make = try MakeDocument.parse(["--operations", "200"] + (isJSON ? ["--json"] : []))
        let name = isJSON ? "document.json" : "document.yaml"
        let bytes = Array(try make.written().utf8)
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("assay-bench-\(UUID().uuidString)")
        return Work(name: isJSON ? "load_json_byte" : "load_yaml_byte", units: bytes.count) {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: place) }
            try Data(bytes).write(to: place.appendingPathComponent(name))
            let contract = try ContractLoader.load(file: name, reader: SourceReader(root: place.path))
            guard contract.operations.count == 200 else { throw ValidationError("operations are missing") }
        }
    }

    /// Planning 5,000 rows.
    private static func plan(_ folder: URL) throws -> Work {
        let reader = SourceReader(root: folder.appendingPathComponent("Fixtures/parcels").path)
        let contract = try ContractLoader.load(file: "openapi.yaml", reader: reader)
        let source = TableSource(path: "bench.csv", bytes: Array(RunBench.table(steps: 5_000).utf8))
        return Work(name: "plan_row", units: 5_000) {
            let (plan, _) = Planner.plan(
                tables: [source], contracts: Contracts([contract]), settings: PlanSettings(profiles: [], reader: reader)
            )
            guard plan.scenarios.count == 500 else { throw ValidationError("scenarios are missing") }
        }
    }
}
