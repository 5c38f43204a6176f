import Primitives
import Testing

/// The resolution of references, by the examples of RFC 3986 and beyond.
@Suite("URI references")
struct URIReferenceTests {
    @Test(
        "a reference is resolved against its base",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y#s", "http://a/b/c/g?y#s"),
            ("#s", "http://a/b/c/d;p?q#s"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("..", "http://a/b/"),
            ("../g", "http://a/b/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
            ("g/../h", "http://a/b/c/h"), ("g:h", "g:h"), ("urn:x:y", "urn:x:y"), ("g?y/../x", "http://a/b/c/g?y/../x"),
        ])
    func resolution(reference: String, target: String) {
        #expect(URIReference(reference).resolved(against: URIReference("http://a/b/c/d;p?q")).text == target)
    }

    @Test(
        "bases without an authority or a scheme work too",
        arguments: [
            ("urn:a:b", "#x", "urn:a:b#x"), ("specs/a.yaml", "b.yaml#/x", "specs/b.yaml#/x"),
            ("specs/a.yaml", "../b.yaml", "b.yaml"), ("specs/a.yaml", "../../b.yaml", "../b.yaml"),
            ("a.yaml", "./b.yaml", "b.yaml"), ("file:///a/b", "c", "file:///a/c"), ("http://a", "b", "http://a/b"),
        ])
    func otherBases(base: String, reference: String, target: String) {
        #expect(URIReference(reference).resolved(against: URIReference(base)).text == target)
    }
}
