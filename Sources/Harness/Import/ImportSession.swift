package import Diagnostics
import JSONDocument
import OpenAPI
import SourceText

/// The document that `assay import` built from documentation pages.
package struct ImportResult: Sendable {
    /// The document as text, YAML or JSON; `nil` when none could be built.
    package var text: String?
    /// The mistakes in the pages, and the contradictions between them.
    package var diagnostics: Diagnostics
    /// The exit code: 2 without a document, 1 when pages disagree, otherwise 0.
    package var exit: ExitCode
}

/// Builds one document from documentation pages that contain fenced fragments of it.
package enum ImportSession {
    /// Reads `pages` and merges their fragments.
    ///
    /// - Parameters:
    ///   - root: The folder that relative paths start from.
    ///   - asJSON: Whether the text is JSON; otherwise it is YAML.
    package static func run(_ root: String, pages: [String], asJSON: Bool) -> ImportResult {
        let workspace = Workspace.withoutConfiguration(root)
        var lines = SourceLines()
        var found: [Diagnostic] = []
        var sources: [PageImport.Page] = []
        var readers: [String: SourceReader] = [:]
        for page in pages {
            let document = workspace.documentReader(for: page)
            let path = document.reader.displayPath(document.file)
            readers[path] = document.reader
            do throws(SourceError) {
                sources.append(PageImport.Page(path: path, bytes: try document.reader.bytes(document.file)))
            } catch {
                found += error.diagnostics.map(\.withAdvice)
            }
        }
        func shown(_ diagnostics: [Diagnostic]) -> Diagnostics {
            Diagnostics(
                Diagnostics(diagnostics).sorted.map { diagnostic in
                    let reader = diagnostic.location.flatMap { readers[$0.file] }
                    return reader.map { lines.withExcerpt(diagnostic, $0) } ?? diagnostic
                })
        }
        do {
            let document = try PageImport(sources)
            guard found.isEmpty else { return ImportResult(text: nil, diagnostics: shown(found), exit: .wrongInput) }
            return ImportResult(
                text: asJSON ? document.document.text(.pretty) + "\n" : YAMLText.write(document.document),
                diagnostics: shown(document.diagnostics),
                exit: document.diagnostics.isEmpty ? .passed : .findings
            )
        } catch {
            return ImportResult(text: nil, diagnostics: shown(found + error.diagnostics), exit: .wrongInput)
        }
    }
}
