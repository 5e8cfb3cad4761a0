"""What KIWI makes of descriptions that are not XML: one JSON object with "text" and "format" a line in, one with "xml"
or "error" a line out.

Takes the same steps as KIWI's own loader: anymarkup reads the file and writes XML, which lxml then must be able to read.
"""

import json
import os
import sys
import tempfile

import anymarkup_core
from lxml import etree


def convert(text, format):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "config." + format)
        with open(path, "wb") as file:
            file.write(text.encode("utf-8", "surrogatepass"))
        target = os.path.join(folder, "config.xml")
        try:
            markup = anymarkup_core.parse_file(path, force_types=None)
            anymarkup_core.serialize_file(markup, target, format="xml")
            etree.parse(target)
        except Exception as error:
            return {"error": str(error).split("\n")[0]}
        with open(target, encoding="utf-8", newline="") as file:
            return {"xml": file.read()}


for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps(convert(request["text"], request["format"])), flush=True)
