"""Renders a Markdown report with a CommonMark renderer and prints the elements that occur in it.

usage: read_markdown.py REPORT [FORBIDDEN ...]

The rendered page must not contain the forbidden texts: those are markup that the report received as data.
"""

import html.parser
import sys

from markdown_it import MarkdownIt

text = open(sys.argv[1], encoding="utf-8").read()
page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


class Names(html.parser.HTMLParser):
    found = set()

    def handle_starttag(self, tag, attrs):
        self.found.add(tag)
        assert all(name == "class" or name == "style" for name, _ in attrs), (tag, attrs)


names = Names()
names.feed(page)
print(" ".join(sorted(names.found)))
for forbidden in sys.argv[2:]:
    assert forbidden not in page, forbidden
