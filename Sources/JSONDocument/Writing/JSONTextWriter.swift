/// Writes values as JSON text, without recursion.
struct JSONTextWriter {
    private let style: JSONStyle
    private(set) var bytes: [UInt8] = []

    init(style: JSONStyle) {
        self.style = style
        bytes.reserveCapacity(512)
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Returns the text written so far and removes it from the writer.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// A container whose opening bracket has been written; one of the two lists is empty.
    private struct Frame {
        let isObject: Bool
        let elements: [JSONValue]
        let members: [(name: String, value: JSONValue)]
        var next = 0
    }

    /// Appends a value that is nested `depth` levels deep.
    mutating func write(_ value: JSONValue, depth: Int = 0) {
        if writeScalar(value) { return }
        var frame = open(value)
        var outer: [Frame] = []
        while true {
            let depth = depth + outer.count
            let isContinued = frame.isObject ? writeMembers(&frame, depth + 1) : writeElements(&frame, depth + 1)
            if isContinued {
                let place = frame.next - 1
                let inner = open(frame.isObject ? frame.members[place].value : frame.elements[place])
                outer.append(frame)
                frame = inner
                continue
            }
            breakLine(depth: depth)
            bytes.append(frame.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
            guard let last = outer.popLast() else { return }
            frame = last
        }
    }

    /// Appends members up to the name of the next one with a container. Returns whether there is one.
    private mutating func writeMembers(_ frame: inout Frame, _ depth: Int) -> Bool {
        while frame.next < frame.members.count {
            if frame.next > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(depth: depth)
            bytes.appendJSONString(frame.members[frame.next].name)
            bytes.append(UInt8(ascii: ":"))
            if style == .pretty { bytes.append(UInt8(ascii: " ")) }
            frame.next += 1
            if !writeScalar(frame.members[frame.next - 1].value) { return true }
        }
        return false
    }

    /// Appends elements up to the next container. Returns whether there is one.
    private mutating func writeElements(_ frame: inout Frame, _ depth: Int) -> Bool {
        while frame.next < frame.elements.count {
            if frame.next > 0 { bytes.append(UInt8(ascii: ",")) }
            breakLine(depth: depth)
            frame.next += 1
            if !writeScalar(frame.elements[frame.next - 1]) { return true }
        }
        return false
    }

    /// Writes a scalar or an empty container. Returns whether the value is one.
    private mutating func writeScalar(_ value: JSONValue) -> Bool {
        switch value {
        case .null: append("null")
        case .boolean(let truth): append(truth ? "true" : "false")
        case .number(let number): append(style == .canonical ? number.canonical : number.lexeme)
        case .string(let text): bytes.appendJSONString(text)
        case .array(let elements):
            guard elements.isEmpty else { return false }
            append("[]")
        case .object(let object):
            guard object.isEmpty else { return false }
            append("{}")
        }
        return true
    }

    /// Writes the bracket of a container that is not empty.
    private mutating func open(_ container: JSONValue) -> Frame {
        if case .object(let object) = container {
            bytes.append(UInt8(ascii: "{"))
            let members = style == .canonical ? object.sortedMembers : object.members
            return Frame(isObject: true, elements: [], members: members)
        }
        bytes.append(UInt8(ascii: "["))
        guard case .array(let elements) = container else { return Frame(isObject: false, elements: [], members: []) }
        return Frame(isObject: false, elements: elements, members: [])
    }

    /// Appends a value of a document in compact style, including repeated names.
    mutating func write(_ tape: JSONTape, _ root: Int) {
        var ends: [(end: Int, isObject: Bool)] = []
        var index = root
        let end = tape.end(of: root)
        while index < end {
            if ends.last?.isObject == true {
                append(tape, stringAt: index)
                bytes.append(UInt8(ascii: ":"))
                index += 1
            }
            switch tape.kind(at: index) {
            case .null: append("null")
            case .boolean: append(tape.boolean(at: index) ? "true" : "false")
            case .number: bytes.append(contentsOf: tape.bytes(at: index))
            case .string: append(tape, stringAt: index)
            case .array:
                bytes.append(UInt8(ascii: "["))
                ends.append((tape.end(of: index), false))
            case .object:
                bytes.append(UInt8(ascii: "{"))
                ends.append((tape.end(of: index), true))
            }
            let isBegun = tape.childCount(at: index) > 0
            index += 1
            while let last = ends.last, last.end == index {
                bytes.append(last.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                ends.removeLast()
            }
            if !ends.isEmpty, !isBegun { bytes.append(UInt8(ascii: ",")) }
        }
    }

    /// Appends the beginning of a member or element of a container nested `depth` levels deep.
    mutating func begin(_ name: String?, isFirst: Bool, depth: Int) {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        breakLine(depth: depth)
        guard let name else { return }
        bytes.appendJSONString(name)
        append(style == .pretty ? ": " : ":")
    }

    /// Appends a bracket on a line of its own.
    mutating func close(_ bracket: Unicode.Scalar, depth: Int) {
        breakLine(depth: depth)
        bytes.append(UInt8(ascii: bracket))
    }

    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    private mutating func breakLine(depth: Int) {
        guard style == .pretty else { return }
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    private mutating func append(_ tape: JSONTape, stringAt index: Int) {
        tape.withText(at: index) { bytes.appendJSONString($0) }
    }
}

/// The layout of JSON text. No style escapes more than RFC 8259 requires.
public enum JSONStyle: Sendable, Hashable, CaseIterable {
    /// No whitespace; members in their order; numbers with their original digits.
    case compact
    /// One element or member per line, two spaces per level; otherwise like ``compact``.
    case pretty
    /// No whitespace; members sorted by the Unicode scalars of their names; one spelling per number.
    ///
    /// Equal values give equal texts. Numbers are spelt as in ECMAScript, but with all their digits: without an
    /// exponent from 1e-6 up to below 1e21, otherwise with one.
    case canonical
}

extension JSONValue {
    /// The compact text.
    public var text: String { text(.compact) }

    /// The text in a style, without a line break at its end.
    public func text(_ style: JSONStyle) -> String {
        var writer = JSONTextWriter(style: style)
        writer.write(self)
        return writer.text
    }

    /// The compact text in UTF-8.
    public var utf8: [UInt8] { utf8(.compact) }

    /// The text in a style, in UTF-8.
    public func utf8(_ style: JSONStyle) -> [UInt8] {
        var writer = JSONTextWriter(style: style)
        writer.write(self)
        return writer.bytes
    }
}
