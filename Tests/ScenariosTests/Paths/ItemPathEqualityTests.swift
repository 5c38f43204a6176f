import Testing

@testable import Scenarios

/// Paths are compared by their meaning. A `set` item replaces a default with the same path, and nothing else.
@Suite struct ItemPathEqualityTests {
    @Test(
        "spellings of one path are equal, and have one hash",
        arguments: [
            ("body.parcel.weight", "body['parcel'].weight"), ("header.ETag", "header.etag"),
            ("parcel['weight']", "parcel.weight"), ("$[0].id", "body[0].id"), ("query.from", "query['from']"),
            ("req.header.X-Id", "req.header.x-id"),
        ])
    func equal(left: String, right: String) throws {
        let (left, right) = (try Self.path(left), try Self.path(right))
        #expect(left == right && left.hashValue == right.hashValue, "\(left) and \(right)")
        #expect(left.canonical == right.canonical)
    }

    @Test(
        "paths that mean different values differ",
        arguments: [
            // Without a prefix, the name may mean a parameter.
            ("weight", "body.weight"),
            ("weight", "Weight"), ("query.from", "query.From"), ("query.from", "path.from"), ("cookie.a", "query.a"),
            ("items[0]", "items[1]"), ("items[*]", "items[?]"), ("items[0]", "items['0']"),
            ("req.body.id", "body.id"), ("header.etag", "body.header.etag"), ("status", "body.status"),
            // One spelling in Unicode, two names in JSON.
            ("body['caf\u{E9}']", "body['cafe\u{301}']"),
            ("part.photo.header.x-sum", "part.file.header.x-sum"), ("parcel.weight", "parcel"),
        ])
    func different(left: String, right: String) throws {
        let (left, right) = (try Self.path(left), try Self.path(right))
        #expect(left != right, "\(left) and \(right)")
        #expect(Set([left, right]).count == 2)
    }

    private static func path(_ text: String) throws -> ItemPath {
        try ItemPath.parse(text[...], in: text.hasPrefix("part.") ? .set : text.hasPrefix("req.") ? .reference : .step)
    }
}
