import Primitives
import Scenarios

/// Which steps of a scenario use values of the responses to other steps: `{{create.id}}`.
struct StepReferences {
    /// One use.
    struct Use {
        /// The step that uses the value.
        var user: Step
        /// The expression between the braces.
        var text: String
        /// The place in the response.
        var path: ItemPath
    }

    private var byStep: [String: [Use]] = [:]

    init(_ scenario: Scenario) {
        for step in scenario.steps {
            for expression in step.allTemplates.flatMap(\.expressions) {
                guard case .step(let name, let path) = expression.reference, !path.isRequest else { continue }
                byStep[name, default: []].append(Use(user: step, text: expression.text, path: path))
            }
        }
    }

    /// The uses of a step's response. Names that its `save` gives are replaced by their places.
    func uses(of step: Step) -> [Use] {
        (byStep[step.referenceName] ?? []).map { use in
            guard case .name(let name)? = use.path.segments.first, case .body = use.path.root,
                let save = step.saves.first(where: { $0.name.isSame(as: name) })
            else { return use }
            var use = use
            use.path = ItemPath(
                save.path.root, save.path.segments + use.path.segments.dropFirst(), isRequest: save.path.isRequest)
            return use
        }
    }
}

extension Step {
    /// The templates of what it sends and of what it checks.
    fileprivate var allTemplates: [Template] {
        request.templates + expected.checks.flatMap { $0.value?.templates ?? [] }
    }
}
