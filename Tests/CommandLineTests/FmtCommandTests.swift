import Foundation
import TestKit
import Testing

/// `assay fmt` as users run it.
@Suite(.inTurn) struct FmtCommandTests {
    private let crooked = "STEP,call\n a , wait  1s\n"
    private let straight = "step,call\na,wait 1s\n"

    @Test("tables are rewritten, and those that are in form are left alone")
    func write() throws {
        try withFolder { folder in
            try crooked.write(to: folder.appending(path: "a.csv"), atomically: true, encoding: .utf8)
            try straight.write(to: folder.appending(path: "b.csv"), atomically: true, encoding: .utf8)
            let run = try Executable.run(["fmt", "a.csv", "b.csv"], in: folder)
            #expect(run.status == 0)
            #expect(run.output == "formatted a.csv\n")
            #expect(run.error == "1 table unchanged\n")
            #expect(try String(contentsOf: folder.appending(path: "a.csv"), encoding: .utf8) == straight)
        }
    }

    @Test("a rewritten table keeps its permissions")
    func permissions() throws {
        try withFolder { folder in
            let file = folder.appending(path: "a.csv")
            try crooked.write(to: file, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
            #expect(try Executable.run(["fmt", "a.csv"], in: folder).status == 0)
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
        }
    }

    @Test("--check writes nothing, lists what is in another form, and exits 1")
    func check() throws {
        try withFolder { folder in
            try FileManager.default.createDirectory(
                at: folder.appending(path: "scenarios/deep"), withIntermediateDirectories: true)
            let file = folder.appending(path: "scenarios/deep/a.csv")
            try crooked.write(to: file, atomically: true, encoding: .utf8)
            for arguments in [["fmt", "--check"], ["fmt", "--check", "scenarios/"]] {
                let run = try Executable.run(arguments, in: folder)
                #expect(run.status == 1)
                #expect(run.output == "scenarios/deep/a.csv\n")
                #expect(run.error == "1 of 1 table not in canonical form; run `assay fmt` to rewrite\n")
            }
            #expect(try String(contentsOf: file, encoding: .utf8) == crooked)
            #expect(try Executable.run(["fmt"], in: folder).status == 0)
            let again = try Executable.run(["fmt", "--check"], in: folder)
            #expect(again.status == 0)
            #expect(again.output.isEmpty && again.error.isEmpty)
        }
    }

    @Test("a table that is not CSV ends with 2, and no table is written")
    func broken() throws {
        try withFolder { folder in
            try "step,call\n\"a\n".write(to: folder.appending(path: "a.csv"), atomically: true, encoding: .utf8)
            try crooked.write(to: folder.appending(path: "b.csv"), atomically: true, encoding: .utf8)
            let run = try Executable.run(["fmt", "a.csv", "b.csv"], in: folder)
            #expect(run.status == 2)
            #expect(run.error.contains("a.csv:2:1: error: the quote that opens here is never closed"))
            #expect(try String(contentsOf: folder.appending(path: "b.csv"), encoding: .utf8) == crooked)
            #expect(try Executable.run(["fmt", "missing.csv"], in: folder).status == 2)
        }
    }

    @Test("--blocks prints a table from anywhere, as 'git diff' passes it, broken or not")
    func blocks() throws {
        try withFolder { folder in
            let file = folder.appending(path: "a.csv")
            try crooked.write(to: file, atomically: true, encoding: .utf8)
            let run = try Executable.run(["fmt", "--blocks", file.path])
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output == "  a  wait 1s\n")
            try "a,\"\n".write(to: file, atomically: true, encoding: .utf8)
            #expect(try Executable.run(["fmt", "--blocks", file.path]).output == "a,\"\n")
        }
    }

    @Test("the shipped tables are in form")
    func shipped() throws {
        let run = try Executable.run(["fmt", "--check"])
        #expect(run.status == 0, "\(run.output)")
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }
}
