internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

/// Finds parts of a document that are valid but probably wrong, object by object.
struct DocumentLint {
    let contract: Contract
    let documents: DocumentSet
    /// Every used object of the documents, each once, in the order found.
    let visited: [ReferenceCrawl.Item]
    private let targets: [NodeKey: DocumentNode]
    var findings: [Diagnostic] = []
    var satisfiability = Satisfiability()
    /// The index of the finding for each value that does not match a keyword.
    var misfits: [Misfit: Int] = [:]

    init(contract: Contract, crawl: ReferenceCrawl) {
        self.contract = contract
        documents = crawl.documents
        visited = crawl.visited ?? []
        targets = crawl.targets
    }

    mutating func run() {
        for item in visited {
            lintRequiredFields(item)
            switch item.kind {
            case .schema: lintSchema(item)
            case .mediaType:
                lintExamples(of: item)
                lintMediaType(item.value)
            case .parameter, .header:
                lintExamples(of: item)
                lintStyle(of: item)
                if item.kind == .parameter { lintParameterName(item.value) }
            case .response:
                if let headers = item.value["headers"] {
                    lintHeaderNames(headers)
                    lintIgnoredHeaders(headers)
                }
            case .components: lintComponentNames(item.value)
            case .paths: lintPaths(item.value)
            case .callback: lintCallback(item.value)
            default: break
            }
        }
        lintTags(documents.root(of: 0))
        lintRepeatedTags(documents.root(of: 0))
        lintOperations()
    }

    /// Reports a finding.
    ///
    /// - Parameter severity: The severity of a minor case; `nil` for the severity of the rule.
    mutating func report(
        _ id: String,
        _ message: String,
        at value: DocumentNode,
        severity: Severity? = nil,
        help: String? = nil,
        related: [Diagnostic.Related] = []
    ) {
        let severity = severity ?? LintRule.named(id)?.severity ?? .warning
        findings.append(documents.diagnostic(id, severity, message, at: value, help: help, related: related))
    }

    /// Reports a finding for which only the place is known.
    mutating func report(_ id: String, _ message: String, at place: SchemaPlace, help: String? = nil) {
        guard let value = documents.node(at: place) else { return }
        report(id, message, at: value, help: help)
    }

    func schema(_ value: DocumentNode) -> Schema? {
        Schema(value, uri: documents.documents[value.document].uri, store: contract.schemas)
    }

    /// The value of an object after following references.
    func resolved(_ value: DocumentNode) -> DocumentNode? {
        var current = value
        for _ in 0..<100 {
            guard current.node.kind == .object, current.reference != nil else { return current }
            guard let next = targets[current.key] else { return nil }
            current = next
        }
        return nil
    }
}
