import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Scenarios

/// Members of a body that must be new in each request, such as an id chosen by the client.
struct FreshMembers {
    /// The body without the members that the server chooses when they are absent.
    private(set) var sample: JSONValue
    /// Texts with a template that makes them unique.
    private(set) var templates: [(name: String, template: String)] = []
    /// Numbers, which templates cannot generate: rows increment them.
    private(set) var numbers: [(path: String, start: Int)] = []

    init(_ names: [String], _ operation: Operation, _ sample: JSONValue, accepts: (JSONValue) -> Bool) {
        self.sample = sample
        for name in names {
            guard case .object(let object) = self.sample, let value = object[name] else { continue }
            func isAllowed(_ value: JSONValue) -> Bool {
                var changed = object
                changed[name] = value
                return accepts(.object(changed))
            }
            if case .string(let text) = value,
                let template = FreshText.template(for: name, like: text, { isAllowed(.string($0)) })
            {
                templates.append((name, template))
                continue
            }
            var without = object
            without[name] = nil
            if accepts(.object(without)) {
                self.sample = .object(without)
            } else if value.kind == .number,
                let start = [1_000_000, 1_000, 100, 0].first(where: { start in
                    [1, 50].allSatisfy { isAllowed(.number(JSONNumber(start + $0))) }
                })
            {
                numbers.append((ItemWriter.path([.name(name)], of: operation), start))
            }
        }
    }
}

/// Templates for texts that must be new in each request.
enum FreshText {
    /// The first template whose texts are allowed.
    ///
    /// - Parameter sample: An allowed text; if no simpler template is allowed, its end is replaced by a unique part.
    static func template(for name: String, like sample: String, _ isAllowed: (String) -> Bool) -> String? {
        let prefix = Names.slug(name).split(separator: "-").first.map(String.init) ?? "new"
        var candidates = [
            ("\(prefix)-{{random:12}}", "\(prefix)-a1b2c3d4e5f6"), ("{{random:12}}", "a1b2c3d4e5f6"),
            ("{{random:8}}", "a1b2c3d4"), ("{{uuid}}", "0f8fad5b-d9cb-469f-a165-70867728950e"),
        ]
        let end = sample.utf8.reversed().prefix { $0.isASCIIDigit || (0x41...0x5A).contains($0 & 0xDF) }
            .count
        if end >= 4, end <= 64, !sample.utf8.contains(UInt8(ascii: "{")) {
            let start = String(decoding: sample.utf8.dropLast(end), as: UTF8.self)
            let text = String(repeating: "a1", count: 32).prefix(end)
            candidates.append(("\(start){{random:\(end)}}", start + text))
            candidates.append(("\(start){{random:\(end)|upper}}", start + text.uppercased()))
        }
        return candidates.first { isAllowed($0.1) }?.0
    }

    /// A template for a header that must be new in each request: an idempotency key or a request id.
    static func key(_ parameter: Parameter, _ values: DraftValues) -> String? {
        guard let schema = parameter.valueSchema, schema.view?.allows(.string) == true else { return nil }
        let name = ResourceLinks.folded(parameter.name)
        let isKey = ["idempoten", "requestid", "correlationid", "traceid", "nonce"].contains { name.contains($0) }
        guard isKey || (schema.view?.format == "uuid" && parameter.example == nil) else { return nil }
        let candidates = [
            ("{{uuid}}", "0f8fad5b-d9cb-469f-a165-70867728950e"), ("{{random:12}}", "a1b2c3d4e5f6"),
            ("{{random:8}}", "a1b2c3d4"),
        ]
        return candidates.first { values.accepts(.string($0.1), by: schema) }?.0
    }

    /// A template or value for an id that does not exist.
    static func unknown(_ view: SchemaView?, isAllowed: (JSONValue) -> Bool) -> String? {
        let texts = [
            ("none-{{random:8}}", "none-a1b2c3d4"), ("{{random:8}}", "a1b2c3d4"),
            ("{{uuid}}", "0f8fad5b-d9cb-469f-a165-70867728950e"),
        ]
        if view?.allows(.string) ?? true, let found = texts.first(where: { isAllowed(.string($0.1)) }) {
            return found.0
        }
        guard view?.allows(.number) ?? false else { return nil }
        return [987_654_321, 987_654, 9_876].first { isAllowed(.number(JSONNumber($0))) }.map(String.init)
    }
}
