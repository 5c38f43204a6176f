import Primitives

/// The frame of a page: its head, its style, its data and its script.
///
/// The policy allows exactly this style and this script, by their hashes (Content Security Policy Level 3, section
/// 2.3.1), and no request. So even markup from a response that reached the page could neither run nor load anything.
struct PageShell {
    private let title: String
    private let style: Source
    private let script: Source
    private let data: String

    /// The content of a `style` or `script` element.
    struct Source {
        /// The text; it may not contain a closing tag.
        let text: String
        /// The hash of the text, as a policy names it.
        let hash: String
    }

    /// - Parameters:
    ///   - title: The title as text.
    ///   - data: JSON without characters that have a meaning in HTML.
    init(title: String, style: Source, script: Source, data: String) {
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
        <style>\(style.text)</style>
        </head>
        <body>
        \(body)<script type="application/json" id="data">\(data)</script>
        <script>\(script.text)</script>
        </body>
        </html>

        """
    }

    private var policy: String {
        """
        default-src 'none'; style-src '\(style.hash)'; script-src '\(script.hash)'; img-src data:; base-uri 'none'; \
        form-action 'none'
        """
    }
}
