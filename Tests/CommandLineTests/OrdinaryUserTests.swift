import Foundation
import TestKit
import Testing

/// Everything works without root: no privileged socket option, no home folder, no file of another user.
@Suite(.inTurn) struct OrdinaryUserTests {
    @Test(
        "a run against the mock passes for an ordinary user, without a home folder",
        .enabled(if: Executable.canRunAsOrdinaryUser))
    func run() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: project.folder.path)
            let run = try Executable.run(
                ["run"], environment: ["HOME": "/nonexistent"], in: project.folder,
                asOrdinaryUser: true)
            #expect(run.status == 0, "\(run.output)\(run.error)")
        }
    }
}
