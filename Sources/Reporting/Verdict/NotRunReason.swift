public import Exchanges

extension NotRun.Reason {
    /// The reason in words.
    public var sentence: String {
        switch self {
        case .missingValue(let step, "$"): "it needs the response to step '\(step)', which was never received"
        case .missingValue(let step, let path): "it needs \(step).\(path), which was never received"
        case .setupFailed(let step): "the setup step '\(step)' failed"
        case .stopped: "the run was interrupted"
        case .skipped(let why): why
        case .unbuildable(let why): why
        }
    }
}
