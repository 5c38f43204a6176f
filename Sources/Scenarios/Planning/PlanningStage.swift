import Diagnostics

/// A stage of planning, or a part of a stage.
///
/// Its properties are its input. ``run()`` returns the output, and leaves the diagnostics in the order in which they were
/// found. A stage changes nothing else, so it can be tested alone.
protocol PlanningStage {
    /// The result, which is the input of a later stage.
    associatedtype Output

    /// The diagnostics so far.
    var diagnostics: [Diagnostic] { get set }

    /// Computes the output. A stage runs once.
    mutating func run() -> Output
}

extension PlanningStage {
    /// Runs a part of this stage and adds its diagnostics.
    mutating func run<Part: PlanningStage>(_ part: Part) -> Part.Output {
        var part = part
        let output = part.run()
        diagnostics.append(contentsOf: part.diagnostics)
        return output
    }

    mutating func report(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// Whether an error was found after the first `count` diagnostics.
    func hasErrors(since count: Int) -> Bool {
        diagnostics[count...].contains { $0.severity == .error }
    }
}

extension [Diagnostic] {
    /// Whether any of them is an error.
    var hasErrors: Bool { contains { $0.severity == .error } }
}

/// Collects the diagnostics of all stages.
struct DiagnosticSink {
    private var diagnostics = Diagnostics()
    private var seen: Set<String> = []

    /// Adds a diagnostic. A diagnostic that a default row or a body file causes in many steps is added once.
    mutating func report(_ diagnostic: Diagnostic) {
        let place = diagnostic.location?.description ?? ""
        if seen.insert("\(place)\n\(diagnostic.rule)\n\(diagnostic.message)").inserted {
            diagnostics.append(diagnostic)
        }
    }

    /// Adds the diagnostics of a stage.
    mutating func report(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { report(diagnostic) }
    }

    /// Runs a stage, adds its diagnostics and returns its output.
    mutating func run<Stage: PlanningStage>(_ stage: Stage) -> Stage.Output {
        var stage = stage
        let output = stage.run()
        report(stage.diagnostics)
        return output
    }

    /// All diagnostics by file and location; ties keep their order.
    var sorted: [Diagnostic] { diagnostics.sorted }
}
