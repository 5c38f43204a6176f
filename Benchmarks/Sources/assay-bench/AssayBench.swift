import ArgumentParser

/// Measures the hot paths; each measurement prints one line of JSON.
@main
struct AssayBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay-bench",
        abstract: "Measures the hot paths of Assay; each measurement prints one line of JSON.",
        discussion: """
            Build it with `swift build -c release`; figures of a debug build mean nothing.

            Examples:
              assay-bench table .build/release/assay --text
              assay-bench scaling --assay .build/release/assay
              assay-bench make-bodies > bodies.ndjson
              assay-bench validate Fixtures/parcel.schema.json bodies.ndjson
              assay-bench make-document > openapi.yaml
              assay-bench load openapi.yaml
              assay-bench diff openapi.yaml changed.yaml
              assay-bench plan openapi.yaml scenarios/table.csv --rows 100000
              assay-bench run ../.build/release/assay --project Fixtures/parcels
              assay-bench check Benchmarks/thresholds.json --assay .build/release/assay
              assay-bench replay ../.build/release/assay --project Fixtures/parcels
            """,
        subcommands: [
            TableBench.self, ScalingBench.self, CheckBench.self, ValidateBench.self, LoadBench.self, PlanBench.self,
            RunBench.self, ReplayBench.self, DiffBench.self,
            MakeBodies.self, MakeDocument.self, BareResponder.self,
        ]
    )
}
