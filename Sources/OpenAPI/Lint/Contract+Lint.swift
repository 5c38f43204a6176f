public import Diagnostics
internal import JSONDocument

extension Contract {
    /// Everything that is wrong or doubtful about the contract's documents.
    ///
    /// What loading found, what compiling every schema finds, and what the rules of ``LintRule`` find besides:
    /// examples that do not fit, alternatives that cannot be told apart, keywords without effect. Sorted by place; each
    /// with advice.
    public func lint() -> [Diagnostic] {
        var crawl = ReferenceCrawl(documents: documents, collects: true)
        crawl.run()
        var lint = DocumentLint(contract: self, crawl: crawl)
        lint.run()
        lint.lintUnseenOperations(crawl)
        var known: Set<Diagnostic> = []
        let all = (check() + lint.findings).filter { known.insert($0).inserted }
        return Diagnostics(all).sorted.map(\.withFragment.withAdvice)
    }
}

extension Diagnostic {
    /// Whether it means that the file which it is about cannot be used at all.
    public var preventsUse: Bool {
        severity == .error && LintRule.named(rule)?.preventsUse ?? false
    }

    /// The same with the general advice of its rule where it has none of its own.
    public var withAdvice: Diagnostic {
        guard help == nil, let rule = LintRule.named(rule) else { return self }
        var copy = self
        copy.help = rule.advice
        return copy
    }

    /// The same with its pointer written as a fragment, as all problems of documents are.
    var withFragment: Diagnostic {
        guard let place, place.utf8.first == UInt8(ascii: "/"), rule.utf8.starts(with: "schema.".utf8) else {
            return self
        }
        var copy = self
        copy.place = "#" + place
        return copy
    }
}
