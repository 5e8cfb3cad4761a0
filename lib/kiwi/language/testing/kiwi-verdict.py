"""What KIWI itself says of descriptions: one JSON object with "text" a line in, one with the verdict a line out.

Takes the same steps as KIWI's own loader: parse, upgrade by its stylesheets, RELAX NG, Schematron.
"""

import json
import sys

from kiwi.defaults import Defaults
from lxml import etree, isoschematron

schema = etree.parse(Defaults.get_schema_file())
relaxng = etree.RelaxNG(schema)
schematron = isoschematron.Schematron(schema, store_report=True)
upgrade = etree.XSLT(etree.parse(Defaults.get_xsl_stylesheet_file()))
failed = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


def verdict(text):
    try:
        document = etree.fromstring(text.encode()).getroottree()
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        return {"wellFormed": False, "error": str(error)}
    try:
        upgraded = etree.tostring(upgrade(document), pretty_print=True)
        document = etree.fromstring(upgraded).getroottree()
    except etree.Error as error:
        return {"wellFormed": True, "upgraded": False, "error": str(error)}
    result = {"wellFormed": True, "upgraded": True, "relaxng": relaxng.validate(document)}
    result["schematron"] = schematron.validate(document)
    result["messages"] = [
        " ".join("".join(item.itertext()).split())
        for item in schematron.validation_report.getroot().iter(failed)
    ]
    if not result["relaxng"]:
        result["error"] = "; ".join(entry.message for entry in relaxng.error_log)
    return result


for line in sys.stdin:
    print(json.dumps(verdict(json.loads(line)["text"])), flush=True)
