import Foundation
import JSONDocument
import Testing

/// The parts of a page, as a browser finds them.
struct PageReader {
    let page: String

    /// The content of the only element that begins with `start`.
    func content(after start: String, until end: String) throws -> String {
        let parts = page.components(separatedBy: start)
        try #require(parts.count == 2, "the page contains \(start) \(parts.count - 1) times")
        return try #require(parts[1].components(separatedBy: end).first)
    }

    /// The data as JSON.
    func data() throws -> JSONNode {
        try JSONDocument(parsing: content(after: "<script type=\"application/json\" id=\"data\">", until: "</script>"))
            .root
    }

    func style() throws -> String { try content(after: "<style>", until: "</style>") }

    func script() throws -> String { try content(after: "<script>", until: "</script>") }
}
