import OpenAPI
import Testing

@testable import Mocking

/// The preferences of a client among several media types.
struct AcceptTests {
    private static let versions = [
        "application/vnd.x+json; version=1", "application/vnd.x+json; version=2", #"application/json; profile="a,b""#,
    ]

    @Test(
        "parameters of a media range are compared, except for the weight",
        arguments: [
            ("application/vnd.x+json; version=2", 1),
            ("application/vnd.x+json;version=2", 1),
            (#"application/vnd.x+json; version="2""#, 1),
            ("application/vnd.x+json; version=9", nil),
            ("application/vnd.x+json; version=9, */*;q=0.1", 0),
            ("application/vnd.x+json", 0),
            (#"application/json; profile="a,b""#, 2),
            (#"application/json; profile="a\,b""#, 2),
            (#"application/json; profile="a;q=0""#, nil),
            ("application/vnd.x+json; version=1; q=0.5, application/vnd.x+json; version=2; q=0.9", 1),
            ("application/vnd.x+json; version=1; q=0, application/vnd.x+json; q=0.2", 1),
            ("application/json; q=0.5; extension=1", 2),
            ("*/*", 0),
            ("*", 0),
            ("", 0),
            ("nonsense", 0),
            ("text/html", nil),
        ] as [(String, Int?)])
    func versions(accept: String, index: Int?) throws {
        let names = try Self.versions.map { try #require(MediaTypeName($0)) }
        #expect(Accept(accept).best(of: names) == index)
    }

    @Test("a character encoding in a media range does not exclude a type that mentions none")
    func charset() throws {
        let names = [try #require(MediaTypeName("application/json"))]
        #expect(Accept("application/json; charset=iso-8859-1").best(of: names) == 0)
        #expect(Accept("text/html; charset=utf-8").best(of: names) == nil)
    }
}
