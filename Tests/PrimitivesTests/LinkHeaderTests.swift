import Primitives
import Testing

@Suite("Link headers")
struct LinkHeaderTests {
    @Test(
        "the target of the relation is found in every valid spelling",
        arguments: [
            (["<https://a.example/2>; rel=\"next\""], "https://a.example/2"),
            (["<https://a.example/2>; rel=next"], "https://a.example/2"),
            (["<https://a.example/2>;rel=\"NEXT\""], "https://a.example/2"),
            (
                ["<https://a.example/9>; rel=\"last\", </2?a=1,2;b>; title=\"x, y; rel=next\"; rel=\"next\""],
                "/2?a=1,2;b"
            ),
            (["<?page=2>; title=\"a \\\" <no>; rel=next\" ; rel = \"prefetch next\""], "?page=2"),
            (["<a>; rel=first", "<b> ; rel=next"], "b"),
            (["<a>; rel*=UTF-8''next; rel=next"], "a"),
            (["<>; rel=next"], ""),
        ])
    func found(lines: [String], target: String) {
        #expect(LinkHeader.target("next", in: lines) == target)
    }

    @Test(
        "other relations and malformed links have no target",
        arguments: [
            [], [""], ["<a>"], ["<a>; rel=last"], ["<a>; rel=\"nextpage\""], ["a; rel=next"], ["<a; rel=next"],
            // Only the first `rel` of a link counts.
            ["<a>; rel=last; rel=next"], ["<a>; title=\"rel=next"], ["<a>; rel=\"ne\\xt"], ["<a>, rel=next"],
        ])
    func missing(lines: [String]) {
        #expect(LinkHeader.target("next", in: lines) == (lines == ["<a>; rel=\"ne\\xt"] ? "a" : nil))
    }

    @Test("a long header is read in one pass")
    func long() {
        let line = String(repeating: "<a>; rel=last, ", count: 20_000) + "<b>; rel=next"
        #expect(LinkHeader.target("next", in: [line]) == "b")
        #expect(LinkHeader.target("next", in: [String(repeating: "<", count: 100_000)]) == nil)
    }
}
