import Primitives

/// The frame of a page: its head, its style, its data and its script.
///
/// The policy allows exactly this style and this script, by their hashes (Content Security Policy Level 3, section
/// 2.3.1), and no request. So even markup from a response that reached the page could neither run nor load anything.
struct PageShell {
    private let title: String
    private let style: String
    private let script: String
    private let data: String

    /// - Parameters:
    ///   - title: The title as text.
    ///   - style: The style sheet.
    ///   - script: The script; neither may contain a closing tag.
    ///   - data: JSON without characters that have a meaning in HTML.
    init(title: String, style: String, script: String, data: String) {
        self.title = title
        self.style = style
        self.script = script
        self.data = data
    }

    /// The page with this HTML in front of the content that the script creates.
    func render(body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="\(policy)">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="generator" content="assay">
        <link rel="icon" href="data:,">
        <title>\(htmlText(title))</title>
        <style>\(style)</style>
        </head>
        <body>
        \(body)<script type="application/json" id="data">\(data)</script>
        <script>\(script)</script>
        </body>
        </html>

        """
    }

    private var policy: String {
        """
        default-src 'none'; style-src '\(Self.source(style))'; script-src '\(Self.source(script))'; img-src data:; \
        base-uri 'none'; form-action 'none'
        """
    }

    /// The hash of an element's content, as a policy names it.
    private static func source(_ text: String) -> String {
        "sha256-" + Base64.text(SHA256.digest(Array(text.utf8)))
    }
}
