import Harness
import TestKit
import Testing

@Suite("The limit of open files", .inTurn)
struct OpenFilesTests {
    @Test(
        "there are as many connections as fit, and never more than jobs",
        arguments: [
            (1_024, 200, false, 200), (1_024, 200, true, 200), (64, 200, false, 30), (64, 200, true, 15),
            (64, 1, true, 1),
            (40, 8, false, 6), (20, 8, false, 0), (0, 8, false, 0),
        ])
    func connections(limit: Int, jobs: Int, isMock: Bool, expected: Int) {
        let files = OpenFiles(limit: limit, used: 6)
        #expect(files.connections(jobs: jobs, cores: 2, isMock: isMock) == expected)
    }

    @Test("more files never make fewer connections")
    func monotony() {
        for jobs in [1, 4, 200] {
            let counts = (0...600).map {
                OpenFiles(limit: $0, used: 5).connections(jobs: jobs, cores: 4, isMock: true)
            }
            #expect(zip(counts, counts.dropFirst()).allSatisfy(<=))
            #expect(counts.last == jobs)
        }
    }

    @Test("this process has some open, and fewer than it may have")
    func current() {
        let files = OpenFiles.current
        #expect(files.used >= 3)
        #expect(files.used <= files.limit)
    }
}
