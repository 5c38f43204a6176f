import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Project
import Recordings
import Scenarios
import TestKit
import Testing

/// One changed byte in a response body of a recording.
///
/// "Judged differently in exactly that place" means:
/// - The changes of `assay record --update` name that step, and the places whose values differ: nothing less, nothing
///   more. A body that is not JSON any more differs as a whole; one with the same value differs in its bytes.
/// - A finding on that exchange is at one of these places, or at a value around or inside one of them.
/// - A finding on a later exchange is at a member of the same name: the table or a promise compares the two. Earlier
///   exchanges have none.
/// - A body that is not JSON any more is always a finding.
@Suite("Recordings with one changed byte", .inTurn, .timeLimit(.minutes(20)))
struct ChangedByteTests {
    private struct Change {
        var original: Recording
        var changed: Recording
        /// The entry's place in the recording.
        var entry: Int
        /// The places whose values differ; `nil` where the body is not JSON any more.
        var places: [JSONPointer]?
        var description: String
    }

    @Test("a hundred random bytes are judged differently in exactly their places")
    func hundredBytes() throws {
        let project = try ShippedProject()
        defer { project.remove() }
        let workspace = try Workspace.open(project.root.path)
        var request = RunRequest()
        request.tables.tables = ["scenarios/payment-links.csv", "scenarios/orders.csv", "scenarios/payments.csv"]
        let plan = try RunSession(workspace, request).plan
        let contracts = try workspace.contracts(ContractChoice()).contracts
        let policy = Policy(promises: workspace.project.judging.promises)
        let recordings = try recordings(["payment-links", "orders", "payments"])
        var generator = SplitMix(seed: 42)
        var (found, malformed, sameValue) = (0, 0, 0)
        for _ in 0..<100 {
            let change = try change(recordings, &generator)
            check(changes: change)
            var own = plan
            own.isPartial = true
            own.scenarios.removeAll { $0.id != change.original.origin?.scenario }
            let judge = Judge(plan: own, contracts: contracts, policy: policy)
            func findings(_ recording: Recording) -> [Finding] {
                judge.verdict(Journal(recordings: [recording])).allFindings.filter { $0.severity > .note }
            }
            let before = findings(change.original)
            #expect(before.isEmpty, "\(before.map(\.message))")
            let after = findings(change.changed)
            check(findings: after, change)
            if !after.isEmpty { found += 1 }
            if change.places == nil { malformed += 1 }
            if change.places?.isEmpty == true { sameValue += 1 }
        }
        // The other changed bytes are in free text, which no schema, check or promise restricts.
        #expect(
            found >= 50 && malformed >= 15, "\(found) found, \(malformed) malformed, \(sameValue) of the same value")
    }

    /// The recordings of these tables, of both versions.
    private func recordings(_ tables: [String]) throws -> [Recording] {
        try tables.flatMap { table in
            let folder = repository.appending(path: "fixtures/\(table)")
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
                try HARReader.read([UInt8](Data(contentsOf: folder.appending(path: name))), path: name).recording
            }
        }
    }

    /// Another byte somewhere in a JSON body, written to a file and read back.
    private func change(_ recordings: [Recording], _ generator: inout SplitMix) throws -> Change {
        let original = recordings[Int(generator.next() % UInt64(recordings.count))]
        let candidates = original.entries.indices.filter { index in
            let response = original.entries[index].outcome.response
            return response?.body.isEmpty == false
                && response?.header("content-type").first?.contains("json") == true
        }
        let entry = candidates[Int(generator.next() % UInt64(candidates.count))]
        guard case .response(var response) = original.entries[entry].outcome else { throw CancellationError() }
        let place = Int(generator.next() % UInt64(response.body.count))
        let old = response.body[place]
        // Half of the bytes are letters and digits, so that values change; the others are any byte.
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
        repeat {
            let isLetter = generator.next().isMultiple(of: 2)
            let random = generator.next()
            response.body[place] = isLetter ? letters[Int(random % 62)] : UInt8(random % 256)
        } while response.body[place] == old
        let value = try JSONDocument(parsing: original.entries[entry].outcome.response?.body ?? []).root.value
        let changedValue = try? JSONDocument(parsing: response.body).root.value
        var changed = original
        changed.entries[entry].outcome = .response(response)
        let text = HARWriter.bytes(of: changed, version: "1")
        let read = try HARReader.read(text, path: original.path).recording
        #expect(read.entries[entry].outcome.response?.body == response.body)
        return Change(
            original: original, changed: read, entry: entry,
            places: changedValue.map { Self.differences(value, $0, .root) },
            description: "\(original.path), entry \(entry + 1), byte \(place): \(old) is now \(response.body[place])")
    }

    /// Where two values differ, found without the code that is tested.
    private static func differences(_ old: JSONValue, _ new: JSONValue, _ place: JSONPointer) -> [JSONPointer] {
        switch (old, new) {
        case (.object(let old), .object(let new)):
            let names = old.members.map(\.name) + new.members.map(\.name).filter { old[$0] == nil }
            return names.flatMap { name -> [JSONPointer] in
                guard let left = old[name], let right = new[name] else { return [place.appending(name)] }
                return differences(left, right, place.appending(name))
            }
        case (.array(let old), .array(let new)) where old.count == new.count:
            return old.indices.flatMap { differences(old[$0], new[$0], place.appending(String($0))) }
        default:
            return old == new ? [] : [place]
        }
    }

    private func check(changes change: Change) {
        let changes = RecordingChange.between(change.original, change.changed)
        let step = change.original.entries[change.entry].step
        let name = (step?.name ?? "") + (step.map { $0.attempt > 1 ? " (attempt \($0.attempt))" : "" } ?? "")
        #expect(changes.allSatisfy { $0.step == name }, "\(change.description)")
        let expected = change.places.map { $0.isEmpty ? ["body"] : $0.map(\.description) } ?? ["body"]
        #expect(changes.map(\.place).sorted() == expected.sorted(), "\(change.description)")
    }

    private func check(findings: [Finding], _ change: Change) {
        let places = change.places ?? [.root]
        for finding in findings {
            guard case .body(let pointer, _)? = finding.response else {
                Issue.record("\(finding.rule) is at no place of a body: \(finding.message); \(change.description)")
                continue
            }
            if finding.exchange == change.entry + 1 {
                let isThere = places.contains {
                    $0.tokens.starts(with: pointer.tokens) || pointer.tokens.starts(with: $0.tokens)
                }
                #expect(isThere, "\(finding.rule) at \(pointer), changed \(places); \(change.description)")
            } else {
                #expect((finding.exchange ?? 0) > change.entry + 1, "\(finding.rule); \(change.description)")
                let names = Set(places.flatMap(\.tokens))
                #expect(
                    change.places == nil || pointer.tokens.contains { names.contains($0) },
                    "\(finding.rule) at \(pointer) of exchange \(finding.exchange ?? 0); \(change.description)")
            }
        }
        if change.places == nil {
            #expect(
                findings.contains {
                    $0.exchange == change.entry + 1 && ["body.json", "body.encoding"].contains($0.rule)
                }, "\(change.description)")
        }
    }
}
