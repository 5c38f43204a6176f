import Foundation
import Testing

/// The module graph of docs/architecture.md against the sources.
@Suite struct ArchitectureTests {
    private static let sources = repository.appendingPathComponent("Sources")

    /// The rows of the table, in order.
    private static func documented() throws -> [(module: String, imports: Set<String>)] {
        let text = try String(contentsOf: repository.appendingPathComponent("docs/architecture.md"), encoding: .utf8)
        let section = try #require(text.components(separatedBy: "## Who imports whom").dropFirst().first)
        let table = section.components(separatedBy: "\n## ")[0]
        return table.matches(of: /\| `(\w+)` \| [^|]* \| ([^|]*) \|/).map { row in
            let names = row.2.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            return (String(row.1), Set(names.filter { $0 != "–" }))
        }
    }

    private static func modules() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { !$0.hasPrefix(".") }
    }

    private static func imports(of module: String, among modules: Set<String>) throws -> Set<String> {
        let folder = sources.appendingPathComponent(module)
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        try #require(!files.isEmpty)
        var found: Set<String> = []
        for file in files where file.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            for line in text.split(separator: "\n") where line.contains("import ") {
                if let match = line.wholeMatch(of: /(?:public |internal |package )?import (\w+)/) {
                    found.insert(String(match.1))
                }
            }
        }
        return found.intersection(modules).subtracting([module])
    }

    @Test("every module imports what the table says, and nothing else")
    func imports() throws {
        let rows = try Self.documented()
        let modules = Set(try Self.modules())
        #expect(Set(rows.map(\.module)) == modules)
        for row in rows {
            let actual = try Self.imports(of: row.module, among: modules)
            #expect(actual == row.imports, "\(row.module)")
        }
    }

    @Test("no product contains the test kit, and no module imports it")
    func testKit() throws {
        let package = try String(contentsOf: repository.appendingPathComponent("Package.swift"), encoding: .utf8)
        let products = try #require(
            package.components(separatedBy: "    products: [").dropFirst().first?.components(separatedBy: "    ],")
                .first)
        #expect(products.contains("AssayTesting") && !products.contains("TestKit"))
        for module in try Self.modules() {
            #expect(try !Self.imports(of: module, among: ["TestKit"]).contains("TestKit"), "\(module)")
        }
    }

    @Test("imports point down the table")
    func downwards() throws {
        var below: Set<String> = []
        for row in try Self.documented().reversed() {
            #expect(row.imports.isSubset(of: below), "\(row.module) imports \(row.imports.subtracting(below))")
            below.insert(row.module)
        }
        #expect(below.count > 20)
    }
}
