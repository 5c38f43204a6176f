// swift-tools-version: 6.2
import PackageDescription

// A separate package, so that users of Assay do not build it.
//
//     swift build -c release --package-path Benchmarks
//     Benchmarks/.build/release/assay-bench --help
//
// `assay-ratios` is the part that continuous integration checks: `swift build … --product assay-ratios`.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let modules: [Target.Dependency] = [
    .product(name: "JSONDocument", package: "assay"),
    .product(name: "JSONSchema", package: "assay"),
    .product(name: "OpenAPI", package: "assay"),
    .product(name: "Scenarios", package: "assay"),
]

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "assay", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        // What both executables share. Nothing here uses the network, so that `assay-ratios` builds in a few minutes.
        .target(name: "Measuring", dependencies: modules, swiftSettings: settings),
        .executableTarget(name: "assay-ratios", dependencies: ["Measuring"], swiftSettings: settings),
        .executableTarget(
            name: "assay-bench",
            dependencies: modules + [
                "Measuring",
                .product(name: "Versions", package: "assay"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),
    ]
)
