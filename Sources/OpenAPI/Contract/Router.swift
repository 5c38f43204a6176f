/// Finds the operation that a method and a path mean.
struct Router: Sendable {
    private struct Entry: Sendable {
        var template: PathTemplate
        var segments: [[Piece]]
        var operations: [Operation]

        init(template: PathTemplate, operations: [Operation]) {
            self.template = template
            self.operations = operations
            segments = template.segments.map { pieces in pieces.map(Piece.init) }
        }
    }

    /// A piece of a template, its text decoded.
    private enum Piece: Sendable {
        case text([UInt8])
        case expression(String)

        init(_ piece: PathTemplate.Piece) {
            switch piece {
            case .expression(let name):
                self = .expression(name)
            case .text(let text):
                let bytes = Array(text.utf8)
                self = .text(PercentEncoding.decoded(bytes[...]) ?? bytes)
            }
        }
    }

    /// Entries by number of segments, the most concrete first (OpenAPI 3.1, section 4.8.8.2).
    private var entries: [Int: [Entry]] = [:]

    init(_ operations: [Operation]) {
        var order: [(path: String, operations: [Operation])] = []
        var indexes: [[UInt8]: Int] = [:]
        for operation in operations {
            if let index = indexes[Array(operation.path.utf8)] {
                order[index].operations.append(operation)
            } else {
                indexes[Array(operation.path.utf8)] = order.count
                order.append((operation.path, [operation]))
            }
        }
        for (path, operations) in order {
            guard let template = try? PathTemplate(path) else { continue }
            entries[template.segments.count, default: []].append(Entry(template: template, operations: operations))
        }
        for count in entries.keys {
            let sorted = entries[count]?.enumerated().sorted { left, right in
                let (a, b) = (left.element.template.concreteness, right.element.template.concreteness)
                return a == b ? left.offset < right.offset : b.lexicographicallyPrecedes(a)
            }
            entries[count] = sorted?.map(\.element)
        }
    }

    func route(method: String, path: String) -> Route {
        guard path.utf8.first == UInt8(ascii: "/") else { return .unknownPath }
        let segments = path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { Array($0) }
        var methods: [String] = []
        var shape: [[PathTemplate.Piece]]?
        for entry in entries[segments.count] ?? [] where shape == nil || entry.template.shape == shape {
            guard let values = Self.values(of: entry.segments, in: segments) else { continue }
            if let operation = entry.operations.first(where: { equalIgnoringCase($0.method, method) }) {
                return .operation(operation, pathValues: values)
            }
            // The first template that matches is the path; only its twins with other names may still know the method.
            methods += entry.operations.map(\.method)
            shape = entry.template.shape
        }
        return shape == nil ? .unknownPath : .methodNotAllowed(methods)
    }

    private static func values(
        of template: [[Piece]],
        in segments: [[UInt8]]
    ) -> [(name: String, text: String)]? {
        var values: [(name: String, text: String)] = []
        for (pieces, segment) in zip(template, segments) {
            var failed: [Int: Int] = [:]
            guard let found = match(pieces[...], segment[...], failed: &failed) else { return nil }
            values += found
        }
        return values
    }

    /// The values of a segment's expressions. An expression is never empty and takes as little as it can, so that
    /// `{name}.{format}` splits at the first dot that lets the rest match.
    ///
    /// An expression that finds no match from some byte on finds none from a later one either; `failed` keeps the
    /// first such byte for each expression, so the work is bounded by pieces times bytes.
    private static func match(
        _ pieces: ArraySlice<Piece>,
        _ segment: ArraySlice<UInt8>,
        failed: inout [Int: Int]
    ) -> [(name: String, text: String)]? {
        guard let piece = pieces.first else { return segment.isEmpty ? [] : nil }
        switch piece {
        case .text(let text):
            guard let rest = dropping(text, from: segment) else { return nil }
            return match(pieces.dropFirst(), rest, failed: &failed)
        case .expression(let name):
            guard !segment.isEmpty else { return nil }
            let text: (ArraySlice<UInt8>) -> String = { String(decoding: $0, as: UTF8.self) }
            if pieces.count == 1 { return [(name, text(segment))] }
            guard segment.startIndex < failed[pieces.startIndex] ?? .max else { return nil }
            for end in segment.indices.dropFirst() {
                if let rest = match(pieces.dropFirst(), segment[end...], failed: &failed) {
                    return [(name, text(segment[..<end]))] + rest
                }
            }
            failed[pieces.startIndex] = segment.startIndex
            return nil
        }
    }

    /// What follows `text` in a segment; both may percent-encode what they like.
    private static func dropping(_ text: [UInt8], from segment: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = segment
        for byte in text {
            guard let first = rest.first else { return nil }
            if first == UInt8(ascii: "%"), let decoded = PercentEncoding.octet(at: rest.startIndex, of: rest) {
                guard decoded == byte else { return nil }
                rest = rest.dropFirst(3)
            } else {
                guard first == byte else { return nil }
                rest = rest.dropFirst()
            }
        }
        return rest
    }
}
