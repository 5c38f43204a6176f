public import Diagnostics
internal import JSONDocument

extension Contract {
    /// All diagnostics for the contract's documents.
    ///
    /// They come from loading, from compiling every schema, and from the rules of ``LintRule``: examples that do not
    /// match, indistinguishable alternatives, keywords without effect. They are sorted by location, and each has
    /// advice.
    public func lint() -> [Diagnostic] {
        var crawl = ReferenceCrawl(documents: source.documents, collects: true)
        crawl.run()
        var lint = DocumentLint(contract: self, crawl: crawl)
        lint.run()
        lint.lintUnseenOperations(crawl)
        var known: Set<Diagnostic> = []
        let all = (check() + lint.findings).filter { known.insert($0).inserted }
        return Diagnostics(all.withoutConsequences).sorted.map(\.withFragment.withAdvice)
    }
}

extension [Diagnostic] {
    /// The diagnostics without those that follow from another one at the same place. An alternative that no value
    /// satisfies can never match, and a list of values of the wrong type allows no value.
    var withoutConsequences: [Diagnostic] {
        let enumerations = Set(filter { $0.rule == "schema.enum" }.compactMap(\.parentPlace))
        let unsatisfiable = Set(filter { $0.rule == "schema.unsatisfiable" }.map(\.location))
        return filter { diagnostic in
            switch diagnostic.rule {
            case "schema.unsatisfiable": !enumerations.contains(diagnostic.filePlace)
            case "schema.never-matches":
                !enumerations.contains(diagnostic.filePlace) && !unsatisfiable.contains(diagnostic.location)
            default: true
            }
        }
    }
}

extension Diagnostic {
    /// The file and the pointer.
    fileprivate var filePlace: String { (location?.file ?? "") + (place ?? "") }

    /// The file, and the pointer to the schema with the `enum` of the diagnostic.
    fileprivate var parentPlace: String? {
        guard let place, let end = place.range(ofLast: "/enum/") else { return nil }
        return (location?.file ?? "") + place[..<end]
    }

    /// Whether the affected file cannot be used at all.
    public var preventsUse: Bool {
        severity == .error && LintRule.named(rule)?.preventsUse ?? false
    }

    /// The same diagnostic; if it has no advice of its own, it gets the general advice of its rule.
    public var withAdvice: Diagnostic {
        guard help == nil, let rule = LintRule.named(rule) else { return self }
        var copy = self
        copy.help = rule.advice
        return copy
    }

    /// The same diagnostic with its pointer written as a fragment, like all diagnostics for documents.
    var withFragment: Diagnostic {
        guard let place, place.utf8.first == UInt8(ascii: "/"), rule.utf8.starts(with: "schema.".utf8) else {
            return self
        }
        var copy = self
        copy.place = "#" + place
        return copy
    }
}

extension String {
    /// The range of the last occurrence of a text.
    fileprivate func range(ofLast text: String) -> String.Index? {
        let wanted = Array(text.utf8)
        let own = Array(utf8)
        guard own.count >= wanted.count else { return nil }
        let start = (0...own.count - wanted.count).last { own[$0..<$0 + wanted.count].elementsEqual(wanted) }
        return start.map { utf8.index(utf8.startIndex, offsetBy: $0) }
    }
}
