import Diagnostics
import JSONDocument
import SourceText
import Testing

@Suite("YAML structure")
struct YAMLStructureTests {
    @Test("a duplicate key is reported with both places")
    func duplicateKey() throws {
        let text = "a:\n  x: 1\n  y: 2\n  x: 3\n'200': a\n200: b\n"
        #expect(
            problems(text) == [
                "4:3 source.duplicate-key: duplicate key 'x' on line 2 and again on line 4",
                "6:1 source.duplicate-key: duplicate key '200' on line 5 and again on line 6",
            ]
        )
        do {
            _ = try SourceReader.parse(Array(text.utf8), path: "a.yaml")
        } catch {
            #expect(error.diagnostics[1].related.map(\.location.description) == ["a.yaml:5:1"])
        }
    }

    @Test("keys that only look alike are different")
    func canonicalEquivalence() throws {
        #expect(try json("\u{E9}: 1\ne\u{301}: 2") == "{\"\u{E9}\":1,\"e\u{301}\":2}")
    }

    @Test("a key that is not a scalar is rejected")
    func complexKey() {
        let message = "the key is a list or a mapping, but keys must be text"
        #expect(problems("? [a, b]\n: 1") == ["1:3 yaml.key: \(message)"])
    }

    @Test(
        "an unquoted template is recognised, and the message shows how to quote it",
        arguments: [
            ("a: {{secret.KEY}}", "quote the template: '{{secret.KEY}}'"),
            ("a: [{{ now+1d }}]", "quote the template: '{{now+1d}}'"),
            ("a: {{b: 1}: 2}", "quote the template: '{{b}}'"),
            ("a: { {b} : 2}", nil), ("? [a]\n: 1", nil), ("a: {[b]: 1}", nil),
        ])
    func unquotedTemplate(text: String, help: String?) throws {
        let error = #expect(throws: SourceError.self) { try SourceReader.parse(Array(text.utf8), path: "a.yaml") }
        #expect(error?.diagnostics.map(\.rule) == ["yaml.key"])
        #expect(error?.diagnostics.first?.help == help)
    }

    @Test("anchors repeat a value with the position of the original")
    func anchors() throws {
        let file = try SourceReader.parse(Array("a: &x\n  b: 1\nc: *x\n".utf8), path: "a.yaml")
        #expect(file.document.root.value.text == "{\"a\":{\"b\":1},\"c\":{\"b\":1}}")
        let copy = try #require(file.document.root["c"]?["b"])
        #expect(file.location(of: copy).description == "a.yaml:2:6")
    }

    @Test("merge keys add absent members, and the first merge wins")
    func merge() throws {
        let text = """
            base: &base {a: 1, b: 2}
            more: &more {b: 3, c: 4}
            own:
              b: 9
              <<: [*base, *more]
            plain: {"<<": 1}
            """
        #expect(
            try json(text)
                == """
                {"base":{"a":1,"b":2},"more":{"b":3,"c":4},"own":{"b":9,"a":1,"c":4},"plain":{"<<":1}}
                """
        )
        #expect(
            problems("a: {<<: 1}")
                == ["1:9 yaml.merge: the merge key `<<` requires a mapping or a list of mappings"]
        )
    }

    @Test("an alias without an anchor, or inside its own value, is rejected")
    func aliases() {
        #expect(
            problems("a: *x") == ["1:4 yaml.alias: the alias '*x' refers to no earlier anchor"]
        )
        #expect(
            problems("a: &x [*x]") == ["1:8 yaml.alias: the alias '*x' is inside the value that it refers to"]
        )
    }

    @Test("an alias bomb is rejected before anything is expanded")
    func bomb() {
        var text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
        for (name, previous) in zip("bcdefghijklmnopqrst", "abcdefghijklmnopqrs") {
            let aliases = (0..<10).map { _ in "*\(previous)" }.joined(separator: ",")
            text += "\(name): &\(name) [\(aliases)]\n"
        }
        let clock = ContinuousClock()
        let duration = clock.measure {
            #expect(
                problems(text) == [
                    "6:35 source.too-many-values: the document has more than 1000000 values here, counting aliases"
                ]
            )
        }
        #expect(duration < .seconds(10))
    }

    @Test("merges of merges count too")
    func mergeBomb() {
        var text = "a: &a {k: 1}\n"
        var previous = "a"
        for index in 0..<40 {
            text += "m\(index): &m\(index) {<<: [*\(previous), *\(previous)]}\n"
            previous = "m\(index)"
        }
        #expect(!problems(text).isEmpty)
    }

    @Test("nesting beyond the limit is rejected")
    func depth() {
        let limits = SourceLimits(maximumDepth: 3)
        #expect(problems("a: {b: {c: 1}}", limits: limits) == [])
        #expect(
            problems("a: {b: {c: {d: 1}}}", limits: limits)
                == ["1:12 source.too-deep: values are nested more than 3 levels deep here"]
        )
        let brackets = String(repeating: "[", count: 20_000)
        #expect(
            problems("a: \(brackets)") == [
                "1:5 source.too-deep: values are nested more than 512 levels deep here"
            ]
        )
    }

    @Test("a file must contain one document")
    func documents() throws {
        #expect(try json("---\na: 1\n...\n") == "{\"a\":1}")
        #expect(
            problems("a: 1\n---\nb: 2\n") == [
                "2:1 source.several-documents: a second YAML document starts here, but a file can contain only one"
            ]
        )
        #expect(problems("# nothing\n") == ["1:1 source.empty: 'a.yaml' contains no value"])
    }

    @Test("lines that YAML ignores before a document are ignored")
    func prologue() throws {
        #expect(try json("# x\n%FOO bar\n...\n--- a\n") == "\"a\"")
        #expect(try json("a: |\n  x\n...\n") == "{\"a\":\"x\\n\"}")
    }

    @Test("a syntax error has a place and a context")
    func syntax() {
        #expect(
            problems("a:\n  b: 1\n c: 2\n") == [
                "3:2 source.yaml: the file is not valid YAML: did not find expected key while parsing a block mapping"
            ]
        )
        #expect(
            problems("a:\n\tb: 1\n") == [
                "2:1 source.yaml: the file is not valid YAML: found character that cannot start any token while scanning"
                    + " for the next token"
            ]
        )
    }

    @Test("values and names have lines and columns")
    func positions() throws {
        let file = try SourceReader.parse(Array("é: {b: [1,\n  two]}\n".utf8), path: "x/a.yaml")
        let value = try #require(file.document.root["é"]?["b"]?[1])
        #expect(file.location(of: value).description == "x/a.yaml:2:3")
        let list = try #require(file.document.root["é"]?["b"])
        #expect(list.namePosition.map { file.location(of: $0).description } == "x/a.yaml:1:5")
    }
}
