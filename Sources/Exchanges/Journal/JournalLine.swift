internal import JSONDocument

/// One line of a journal under construction: an object in compact JSON text, written member by member.
///
/// A run waits while each request and response is written, so the text is written directly as bytes, without building a
/// JSON value first.
struct JournalLine {
    private var text: [UInt8] = [UInt8(ascii: "{")]
    private var isFirst = true

    /// Creates an object without members, with capacity for a body of `body` bytes.
    init(roomFor body: Int = 0) {
        text.reserveCapacity(1_024 + body + body / 4)
    }

    /// The line, including its line feed.
    var bytes: [UInt8] {
        var bytes = text
        bytes.append(contentsOf: [UInt8(ascii: "}"), 0x0A])
        return bytes
    }

    mutating func add(_ name: StaticString, _ value: String) {
        begin(name)
        text.appendJSONString(value)
    }

    mutating func add(_ name: StaticString, _ value: Int) {
        add(name, number: String(value))
    }

    /// Adds a number, `true` or `false` with the given spelling.
    mutating func add(_ name: StaticString, number: String) {
        begin(name)
        text.append(contentsOf: number.utf8)
    }

    /// Adds an element to a list.
    mutating func add(_ value: String) {
        begin()
        text.appendJSONString(value)
    }

    mutating func addObject(_ name: StaticString, _ members: (inout JournalLine) -> Void) {
        begin(name)
        enclose("{", "}", members)
    }

    /// Adds an object to a list.
    mutating func addObject(_ members: (inout JournalLine) -> Void) {
        begin()
        enclose("{", "}", members)
    }

    mutating func addList<Element>(
        _ name: StaticString, _ elements: [Element], _ add: (inout JournalLine, Element) -> Void
    ) {
        begin(name)
        enclose("[", "]") { line in
            for element in elements { add(&line, element) }
        }
    }

    /// Adds a list of two strings to a list.
    mutating func addPair(_ first: String, _ second: String) {
        begin()
        enclose("[", "]") { line in
            line.add(first)
            line.add(second)
        }
    }

    private mutating func enclose(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ content: (inout JournalLine) -> Void
    ) {
        text.append(UInt8(ascii: opening))
        isFirst = true
        content(&self)
        text.append(UInt8(ascii: closing))
        isFirst = false
    }

    private mutating func begin() {
        if !isFirst { text.append(UInt8(ascii: ",")) }
        isFirst = false
    }

    private mutating func begin(_ name: StaticString) {
        begin()
        text.append(UInt8(ascii: "\""))
        name.withUTF8Buffer { text.append(contentsOf: $0) }
        text.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
    }
}
