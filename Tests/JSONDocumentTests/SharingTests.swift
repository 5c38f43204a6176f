import Foundation
import JSONDocument
import Testing

@Suite("Sharing")
struct SharingTests {
    @Test("many tasks may read one document at once, including positions")
    func tasks() async throws {
        let text = "[" + (0..<5_000).map { "{\"n\":\($0)}" }.joined(separator: ",\n") + "]"
        let document = try JSONDocument(parsing: text)
        let sums = await withTaskGroup(of: Int.self) { group in
            for start in 0..<8 {
                group.addTask {
                    var sum = 0
                    for (index, element) in document.root.elements.enumerated() where index % 8 == start {
                        sum += (element["n"]?.number?.int ?? 0) - element.position.line + 1
                    }
                    return sum
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sums == Array(repeating: 0, count: 8))
    }

    @Test("a node keeps its document alive")
    func lifetime() throws {
        func inner() throws -> JSONNode? { try JSONDocument(parsing: #"{"a":["kept"]}"#).root["a"]?[0] }
        let node = try inner()
        #expect(node?.string == "kept")
        #expect(node?.position.column == 7)
    }

    @Test("at the default depth, a thread with 512 KiB of stack is enough for every operation")
    func smallStack() throws {
        let text = String(repeating: "[{\"a\":", count: 256) + "1" + String(repeating: "}]", count: 256)
        let isDone = DispatchSemaphore(value: 0)
        let thread = Thread {
            if let document = try? JSONDocument(parsing: text) {
                let value = document.root.value
                var other = value
                other = JSONDocument(other).root.value
                if value == other, value.hashValue == other.hashValue, value.text == text,
                    JSONDifference.between(expected: value, actual: [value]).count == 1
                {
                    isDone.signal()
                }
            }
        }
        thread.stackSize = 512 << 10
        thread.start()
        #expect(isDone.wait(timeout: .now() + 30) == .success)
    }
}
