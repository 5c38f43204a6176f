import Testing

@testable import Scenarios

@Suite("Changes by spreadsheets") struct SpreadsheetChangeTests {
    @Test(
        "values that a spreadsheet changes",
        arguments: [
            ("007", .leadingZeros), ("00123", .leadingZeros), ("-01", .leadingZeros), ("1E5", .exponent),
            ("1e-7", .exponent), ("123456789012", .exponent), ("1234567890123456", .longNumber),
            ("100.50", .numberSpelling),
            ("5.0", .numberSpelling), ("+5", .numberSpelling), (".5", .numberSpelling), ("5.", .numberSpelling),
            ("2026-02-28", .date), ("1/2", .date), ("01-Feb", .date), ("Feb 1", .date), ("2024-05", .date),
            ("10:30", .date), ("10:30:00", .date), ("1/2/2024", .date), ("true", .boolean), ("False", .boolean),
            ("=1+1", .formula), ("@x", .formula), ("-x", .formula), ("+x", .formula), ("-", .formula),
        ] as [(String, SpreadsheetChange)])
    func changed(text: String, change: SpreadsheetChange) {
        #expect(SpreadsheetChange(of: text) == change)
    }

    @Test(
        "values that a spreadsheet keeps",
        arguments: [
            "", "0", "7", "-7", "100.5", "0.5", "TRUE", "a", "O'Brien", "a=1", "12a", "1.2.3", "99-99",
            "2024-05-01T00:00:00Z",
            "1/2/3/4", "10:3", "v2023-08-01", "1 2", "May", "12345678901", "x-1", "13/45",
        ])
    func kept(text: String) {
        #expect(SpreadsheetChange(of: text) == nil)
    }
}
