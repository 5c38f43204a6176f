import Diagnostics
import JSONDocument
import Testing

@testable import Reporting
@testable import Versions

/// The changes that are printed as one.
@Suite struct ChangeGroupTests {
    private func groups(_ id: String) throws -> [ChangeGroup] {
        ChangeGroup.groups(of: try ChangeSamples.changes()).filter { $0.first.rule.id == id }
    }

    @Test("an edit of a shared component is one group over operations, statuses and media types")
    func components() throws {
        let types = try groups("response.property.type-changed")
        #expect(types.count == 1)
        #expect(types.first?.operations == ["GET /parcels/{id} (readParcel)", "POST /parcels (sendParcel)"])
        #expect(types.first?.changes.count == 3 && types.first?.placeText == "200/id (application/json, text/json)")
        #expect(types.first?.moreLocations == "")
        let values = try groups("response.property.enum-added")
        #expect(values.map(\.placeText) == ["400/code, 404/code, 500/code"])
    }

    @Test("one edit at several statuses of an operation is one group that names them")
    func statuses() throws {
        let headers = try groups("response.header.optional-added")
        #expect(headers.count == 2)
        #expect(headers[0].message == "the optional header 'x-trace' of the responses 400, 500 was added")
        #expect(headers[0].statuses == ["400", "500"] && headers[0].moreLocations == " and 1 more")
        #expect(headers[1].message == "the optional header 'x-trace' of the response 400 was added")
    }

    @Test("requests and responses are separate groups, and so are different values and accepted changes")
    func apart() throws {
        let request = try groups("request.property.type-changed")
        #expect(request.map(\.changes.count) == [1])
        let values = try ChangeSamples.changes().filter { $0.rule.id == "response.property.enum-added" }
        var changes = Array(values.prefix(3))
        #expect(ChangeGroup.groups(of: changes).count == 1)
        changes[1].revision.text = "other"
        changes[2].details = ["accepted until 2030-01-01: known"]
        #expect(ChangeGroup.groups(of: changes).count == 3)
    }

    @Test("every change is in one group, in the order of the first")
    func complete() throws {
        let changes = try ChangeSamples.changes()
        let groups = ChangeGroup.groups(of: changes)
        #expect(groups.map(\.changes.count).reduce(0, +) == changes.count)
        #expect(Set(groups.flatMap(\.changes)) == Set(changes))
        let first = groups.compactMap { changes.firstIndex(of: $0.first) }
        #expect(first == first.sorted())
    }

    @Test("long lists are cut")
    func bounds() throws {
        let change = try #require(try ChangeSamples.changes().first { $0.rule.id == "response.header.optional-added" })
        let many = (400..<430).map { status in
            var copy = change
            copy.place = .header(status: "\(status)", name: "x-trace")
            copy.message = change.message.replacing("400", with: "\(status)")
            return copy
        }
        let group = try #require(ChangeGroup.groups(of: many).first)
        #expect(group.message.contains("'x-trace' of the responses 400, 401, 402, 403 and 26 more was added"))
        #expect(group.placeText.hasSuffix("and 26 more"))
    }
}
