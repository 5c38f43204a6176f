// swift-tools-version: 6.2
import PackageDescription

/// One set of compiler settings for every target, so that no module is laxer than the next.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A module; every one may import the leaf of primitives, and swift-system for files.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(
        name: name, dependencies: dependencies + [system] + (name == primitives ? [] : [.target(name: primitives)]),
        swiftSettings: settings)
}

let primitives = "Primitives"
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.target(name: name), .target(name: primitives), .target(name: "TestKit"), system] + dependencies,
        exclude: exclude, swiftSettings: settings)
}

/// Shared by tests; no product contains it. It imports the testing library, which no other target outside tests may.
let testKit = Target.target(
    name: "TestKit",
    dependencies: [
        "Running", "OpenAPI", "SourceText", "JSONSchema", "JSONDocument", "Diagnostics", "Primitives",
    ],
    path: "Tests/TestKit", exclude: ["Conformance"], swiftSettings: settings)

/// What only the trait `Network` needs. A package that uses `AssayTesting` alone turns it off and fetches none of it.
let network = TargetDependencyCondition.when(traits: ["Network"])

let customDump = Target.Dependency.product(name: "CustomDump", package: "swift-custom-dump")

let package = Package(
    name: "assay",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "assay", targets: ["assay"]),
        .library(name: "JSONDocument", targets: ["JSONDocument"]),
        .library(name: "JSONSchema", targets: ["JSONSchema", "Diagnostics"]),
        .library(name: "OpenAPI", targets: ["OpenAPI", "SourceText"]),
        .library(name: "Scenarios", targets: ["Scenarios"]),
        .library(name: "Versions", targets: ["Versions"]),
        .library(name: "AssayTesting", targets: ["AssayTesting"]),
        .library(name: "AssayTestingLive", targets: ["AssayTestingLive"]),
        .library(name: "AssayXCTest", targets: ["AssayXCTest"]),
    ],
    traits: [
        .trait(name: "Network", description: "The command line, the mock on a socket, and targets over HTTP"),
        .default(enabledTraits: ["Network"]),
    ],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // Tests only. The default trait of custom-dump links libcurl and its tree.
        .package(url: "https://github.com/pointfreeco/swift-custom-dump", exact: "1.7.3", traits: []),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
    ],
    targets: [
        // The upper half: no network, no clock, quick to build.
        module(primitives),
        module("JSONDocument"),
        module("ECMAPattern"),
        module("Diagnostics"),
        module("SourceText", ["JSONDocument", "Diagnostics", .product(name: "Yams", package: "Yams")]),
        module("JSONSchema", ["JSONDocument", "ECMAPattern", "Diagnostics"]),
        module("OpenAPI", ["SourceText", "JSONSchema", "ECMAPattern", "JSONDocument", "Diagnostics"]),
        module("Generation", ["JSONSchema", "ECMAPattern", "JSONDocument", "Diagnostics"]),
        module("Versions", ["OpenAPI", "JSONSchema", "ECMAPattern", "JSONDocument", "Diagnostics"]),
        module("Exchanges", ["JSONDocument", "Diagnostics"]),
        module("Recordings", ["Exchanges", "JSONDocument", "Diagnostics"]),
        module("Webhooks", ["Exchanges"]),
        module(
            "Scenarios",
            ["OpenAPI", "Exchanges", "SourceText", "JSONSchema", "ECMAPattern", "JSONDocument", "Diagnostics"]
        ),
        module(
            "Drafting",
            [
                "Scenarios", "Project", "OpenAPI", "Generation", "SourceText", "JSONSchema", "JSONDocument",
                "Diagnostics",
            ]
        ),
        module(
            "Project", ["Scenarios", "Webhooks", "OpenAPI", "Exchanges", "SourceText", "JSONDocument", "Diagnostics"]),
        module(
            "Conformance",
            [
                "Scenarios", "Webhooks", "Exchanges", "OpenAPI", "JSONSchema", "ECMAPattern", "JSONDocument",
                "Diagnostics",
            ]
        ),
        module("Running", ["Scenarios", "Exchanges", "OpenAPI", "JSONDocument"]),
        module(
            "Reporting",
            [
                "Drafting", "Project", "Versions", "Conformance", "Recordings", "SourceText", "Exchanges",
                "JSONDocument", "Diagnostics",
            ]
        ),
        module(
            "Mocking",
            [
                "OpenAPI", "Exchanges", "Webhooks", "Generation", "SourceText", "JSONSchema", "ECMAPattern",
                "JSONDocument", "Diagnostics",
            ]
        ),

        // What uses sockets.
        module(
            "LiveTransport",
            [
                "Exchanges", "JSONDocument",
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: network),
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOPosix", package: "swift-nio", condition: network),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: network),
                .product(name: "NIOHPACK", package: "swift-nio-http2", condition: network),
                .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: network),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: network),
            ]
        ),
        module(
            "MockHTTP",
            [
                "Mocking", "Exchanges",
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOPosix", package: "swift-nio", condition: network),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: network),
            ]
        ),

        // What joins the stages, without and with sockets, and the executable: one file per command.
        module(
            "Harness",
            [
                "Project", "Drafting", "Running", "Recordings", "Mocking", "Conformance", "Reporting", "Scenarios",
                "Webhooks", "Generation", "Exchanges", "Versions", "OpenAPI", "SourceText", "JSONSchema",
                "JSONDocument",
                "Diagnostics",
            ]
        ),
        // Scenarios under `swift test`: only the live targets need sockets.
        module(
            "AssayTesting",
            ["Harness", "Reporting", "Running", "Conformance", "Scenarios", "OpenAPI", "Exchanges", "Diagnostics"]
        ),
        module("AssayTestingLive", ["AssayTesting", "Sockets"]),
        module("AssayXCTest", ["AssayTesting"]),
        module("Sockets", ["Harness", "LiveTransport", "MockHTTP", "Mocking", "Running", "Exchanges"]),
        // Not imported: it makes the executable smaller.
        .target(name: "NoLocaleData"),
        .executableTarget(
            name: "assay",
            dependencies: [
                "Harness", "Sockets", "Running", "Reporting", "Conformance", "Mocking", "Scenarios", "Exchanges",
                "JSONSchema", "JSONDocument", "Diagnostics", "Primitives", "Versions", "NoLocaleData",
                .product(name: "ArgumentParser", package: "swift-argument-parser", condition: network),
            ],
            swiftSettings: settings
        ),

        .testTarget(name: "PrimitivesTests", dependencies: ["Primitives"], swiftSettings: settings),
        tests("JSONDocument"),
        tests("ECMAPattern", ["JSONDocument"]),
        tests("Diagnostics"),
        tests("SourceText", ["JSONDocument", "Diagnostics"]),
        tests("JSONSchema", ["JSONDocument", "Diagnostics"]),
        tests("OpenAPI", ["SourceText", "JSONSchema", "JSONDocument", "Diagnostics"]),
        tests("Generation", ["JSONSchema", "ECMAPattern", "JSONDocument", "Diagnostics"]),
        .testTarget(
            name: "VersionsTests",
            dependencies: [
                "Versions", "Generation", "OpenAPI", "SourceText", "JSONSchema", "JSONDocument", "Diagnostics",
                "TestKit",
            ],
            exclude: ["Cases"],
            swiftSettings: settings
        ),
        tests("Exchanges", ["JSONDocument", "Diagnostics"]),
        tests("Recordings", ["Exchanges", "JSONDocument", "Diagnostics"]),
        tests("Webhooks", ["Exchanges"]),
        tests(
            "Scenarios",
            [
                "OpenAPI", "Exchanges", "SourceText", "JSONSchema", "JSONDocument", "Diagnostics",
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ]
        ),
        tests(
            "Drafting",
            ["Scenarios", "OpenAPI", "Exchanges", "SourceText", "JSONSchema", "JSONDocument", "Diagnostics"]
        ),
        testKit,
        tests(
            "Project",
            [
                "Drafting", "Scenarios", "Webhooks", "OpenAPI", "Exchanges", "SourceText", "JSONSchema", "JSONDocument",
                "Diagnostics",
            ]
        ),
        tests(
            "Conformance",
            [
                "Scenarios", "Webhooks", "Exchanges", "OpenAPI", "SourceText", "JSONSchema", "JSONDocument",
                "Diagnostics",
            ]
        ),
        tests("Running", ["Scenarios", "OpenAPI", "Exchanges", "JSONDocument", "Diagnostics"]),
        tests(
            "Reporting",
            [
                "Conformance", "Versions", "Scenarios", "Exchanges", "OpenAPI", "SourceText", "JSONSchema",
                "JSONDocument", "Diagnostics", customDump,
            ], exclude: ["Failures"]
        ),
        tests(
            "LiveTransport",
            [
                "Exchanges",
                .product(name: "AsyncHTTPClient", package: "async-http-client", condition: network),
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOEmbedded", package: "swift-nio", condition: network),
                .product(name: "NIOPosix", package: "swift-nio", condition: network),
                .product(name: "NIOHPACK", package: "swift-nio-http2", condition: network),
                .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: network),
                .product(name: "NIOSSL", package: "swift-nio-ssl", condition: network),
            ]
        ),
        tests(
            "Mocking",
            [
                "MockHTTP", "OpenAPI", "Exchanges", "SourceText", "JSONSchema", "JSONDocument", "Diagnostics",
                .product(name: "NIOCore", package: "swift-nio", condition: network),
                .product(name: "NIOPosix", package: "swift-nio", condition: network),
                .product(name: "NIOHTTP1", package: "swift-nio", condition: network),
            ]
        ),
        tests(
            "Harness",
            [
                "Sockets", "Conformance", "Exchanges", "Mocking", "Project", "Recordings", "Scenarios", "Webhooks",
                "OpenAPI",
                "Reporting", "Versions", "SourceText", "JSONSchema", "JSONDocument", "Diagnostics", customDump,
            ]
        ),
        tests(
            "AssayTesting",
            [
                "AssayTestingLive", "Harness", "Sockets", "Conformance", "Scenarios", "Exchanges", "OpenAPI",
                "Diagnostics",
            ]
        ),
        tests("AssayXCTest"),
        .testTarget(
            name: "CommandLineTests",
            dependencies: ["assay", "TestKit", "Exchanges", "JSONDocument"],
            exclude: ["Wording"],
            swiftSettings: settings
        ),
    ]
)
