// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "SwiftPackage",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In a package of your own: .package(url: "https://…/assay", from: "0.1.0", traits: [])
        .package(name: "assay", path: "../..", traits: [])
    ],
    targets: [
        .testTarget(
            name: "LibraryTests",
            dependencies: [.product(name: "AssayTesting", package: "assay")]
        )
    ]
)
