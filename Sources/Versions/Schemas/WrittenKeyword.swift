import Diagnostics
import JSONDocument
import JSONSchema

/// A keyword and its location.
struct WrittenKeyword {
    var view: SchemaView
    var value: JSONNode

    var location: SourceLocation { view.location(of: value) }
    var text: String { cutText(value.string ?? value.spelling) }
}

/// Text for `from` and `to`: long values are cut.
func cutText(_ text: String, to limit: Int = 400) -> String {
    guard text.utf8.count > limit else { return text }
    let scalars = text.unicodeScalars.prefix(limit)
    return String(String.UnicodeScalarView(scalars)) + "…"
}
