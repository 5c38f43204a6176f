import Exchanges

extension RunRequest {
    /// How the run is judged, as its journal keeps it.
    var journalledJudging: JournalJudging {
        var judging = JournalJudging()
        judging.isStrict = self.judging.isStrict
        judging.baseline = self.judging.baseline
        judging.minCoverage = self.judging.minCoverage
        judging.spec = contracts.spec
        judging.version = contracts.version
        judging.withoutOverlays = contracts.withoutOverlays
        return judging
    }

    /// Takes over how a run was judged, except for what was said anew.
    mutating func judge(as header: JournalJudging) {
        judging.isStrict = judging.isStrict || header.isStrict
        judging.baseline = judging.baseline ?? header.baseline
        judging.minCoverage = judging.minCoverage ?? header.minCoverage
        if contracts.spec == nil, contracts.version == nil {
            contracts.spec = header.spec
            contracts.version = header.version
        }
        contracts.withoutOverlays = contracts.withoutOverlays || header.withoutOverlays
    }
}
