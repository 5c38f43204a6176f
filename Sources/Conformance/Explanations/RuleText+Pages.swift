/// Explanations of the rules about the pages of a list.
extension RuleText {
    private static let basis = "`pages=…` in the column `opts` requests page after page, until the list ends."

    static let pages: [String: RuleText] = [
        "pages.limit": RuleText(
            "The list has more pages than the row may request, so its end was not reached. The maximum is 100, or the "
                + "number after the slash.",
            basis: basis,
            example: "table     opts = pages=cursor:next/5\nresponse  {\"items\": [], \"next\": \"p6\"} (page 5)",
            "if the list is longer, write a higher maximum: pages=cursor:next/200",
            "if the list never ends, let the last page have no next page"),
        "pages.repeated": RuleText(
            "A page refers to a page that was requested before, so a client that follows the list never reaches its end.",
            basis: basis,
            example: "response  {\"next\": \"p2\"} (page 1)\nresponse  {\"next\": \"p2\"} (page 2)",
            "return a new cursor or URL with each page, and none with the last page"),
        "pages.next": RuleText(
            "The response says that there is another page, but the next request cannot be derived from it. Examples are a "
                + "cursor that is an object, a link to another origin, and a missing cursor beside `has_more: true`.",
            basis: basis,
            example: "table     opts = pages=cursor:next while=has_more\nresponse  {\"has_more\": true}",
            "return a text or a number as the cursor, or a link of the same origin",
            "if the value is somewhere else, correct the path after `pages=`"),
        "pages.unfinished": RuleText(
            "The journal ends with a page that is not the last one: the run was stopped, or the recording is not complete.",
            basis: basis,
            example: "journal   page 2 of a list, with \"next\": \"p3\", and no page 3",
            "run the row again"),
        "pages.duplicate": RuleText(
            "A value that must be different on all pages occurs twice. Often an element moved to another page while the "
                + "list was read, or pages overlap.",
            basis: "`distinct=PATH` requires different values at the path on all pages of a list.",
            example:
                "table     opts = pages=page:+1 distinct=items[*].id\nresponse  {\"items\": [{\"id\": 7}]} (pages 1 and 2)",
            "return each element once, in a stable order"),
        "pages.uncompared": RuleText(
            "No page has a value at the path of `distinct`, so elements were not compared.",
            basis: "`distinct=PATH` requires different values at the path on all pages of a list.",
            example: "table     opts = pages=page:+1 distinct=data[*].id\nresponse  {\"items\": [{\"id\": 7}]}",
            "correct the path after `distinct=`"),
        "pages.single": RuleText(
            "The list had only one page, so the row tested no second page.",
            basis: basis,
            example: "table     opts = pages=cursor:next\nresponse  {\"items\": [], \"next\": null} (page 1)",
            "create more elements in earlier rows, or request smaller pages"),
    ]
}
