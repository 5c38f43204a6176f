public import Scenarios

/// Why a step is not meant for a run.
public enum SkipRules {
    /// The reason in a few words, or `nil` when the step is to be run.
    public static func reason(_ step: Step, of scenario: Scenario, isMock: Bool) -> String? {
        if scenario.skip || step.options.isSkipped { return "marked `skip`" }
        if !isMock, scenario.mode == .mock || step.options.mockOnly { return "runs only against the mock" }
        if isMock, scenario.mode == .live || step.options.liveOnly { return "runs only against live targets" }
        return nil
    }
}
