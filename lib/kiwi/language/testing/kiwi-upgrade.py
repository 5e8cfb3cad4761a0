"""What KIWI's own stylesheets make of descriptions: one JSON object with "text" a line in, one with the result a line out.

The parameters name the stylesheets, to be applied one after the other.
"""

import json
import sys

from lxml import etree

upgrades = [etree.XSLT(etree.parse(path)) for path in sys.argv[1:]]


def upgraded(text):
    try:
        document = etree.fromstring(text.encode()).getroottree()
        for upgrade in upgrades:
            document = etree.fromstring(etree.tostring(upgrade(document))).getroottree()
    except etree.Error as error:
        return {"error": str(error)}
    return {"text": etree.tostring(document, encoding="unicode")}


for line in sys.stdin:
    print(json.dumps(upgraded(json.loads(line)["text"])), flush=True)
