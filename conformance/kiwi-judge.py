"""What KIWI itself says of descriptions: a JSON object a line in, one with the verdict a line out.

Takes the same steps as KIWI's own loader, with the modules of the KIWI that PYTHONPATH leads to: parse, includes and
upgrade by its stylesheets, RELAX NG, Schematron. "text" is a description's bytes in base64, "files" those of its
folder, "ask" how far to go: "syntax", "verdict", or "tree" for the verdict and the upgraded tree. "rulesIfValid" leaves
Schematron out where RELAX NG is broken.
"""

import base64
import json
import os
import re
import sys
import tempfile

from kiwi.defaults import Defaults
from kiwi.markup.xml import MarkupXML
from lxml import etree, isoschematron

schema = etree.parse(Defaults.get_schema_file())
relaxng = etree.RelaxNG(schema)
schematron = isoschematron.Schematron(schema, store_report=True)
upgrade = etree.XSLT(etree.parse(Defaults.get_xsl_stylesheet_file()))
failed = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


def loaded(text, files):
    """The description after includes and upgrade, as the bytes that KIWI validates."""
    if not files:
        return etree.tostring(upgrade(etree.fromstring(text).getroottree()), pretty_print=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in {**files, "config.xml": text}.items():
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        markup = MarkupXML(os.path.join(folder, "config.xml"))
        with open(markup.get_xml_description(), "rb") as file:
            return file.read()


def broken_rules(document):
    """The failed asserts, each as the place of its element among all elements and its text."""
    found = list(schematron.validation_report.getroot().iter(failed))
    if not found:
        return []
    order = {element: place for place, element in enumerate(document.iter("*"))}
    return sorted(
        f"{order[document.xpath(item.get('location'))[0]]} {' '.join(''.join(item.itertext()).split())}"
        for item in found
    )


def tree(root):
    """The elements in order, with depth, name, attributes, and the data directly inside, blanks collapsed."""
    lines = []
    pending = [(root, 0)]
    while pending:
        element, depth = pending.pop()
        attributes = " ".join(f"{name}={value}" for name, value in sorted(element.items()))
        data = (element.text or "") + "".join(child.tail or "" for child in element)
        data = re.sub("[ \t\r\n]+", " ", data).strip(" ")
        lines.append(f"{depth} {element.tag} [{attributes}] {data}")
        pending.extend((child, depth + 1) for child in reversed(element) if isinstance(child.tag, str))
    return "\n".join(lines)


def verdict(text, files, ask, rules_if_valid):
    try:
        etree.fromstring(text)
    except (etree.XMLSyntaxError, ValueError) as error:
        return {"wellFormed": False, "error": str(error)}
    if ask == "syntax":
        return {"wellFormed": True}
    try:
        document = etree.fromstring(loaded(text, files)).getroottree()
    except Exception as error:  # KIWI raises errors of many kinds where it refuses
        return {"wellFormed": True, "upgraded": False, "error": str(error)}
    result = {"wellFormed": True, "upgraded": True, "relaxng": relaxng.validate(document)}
    if result["relaxng"] or not rules_if_valid:
        schematron.validate(document)
        result["rules"] = broken_rules(document)
    if not result["relaxng"]:
        result["error"] = "; ".join(entry.message for entry in relaxng.error_log)[:500]
    if ask == "tree":
        result["tree"] = tree(document.getroot())
    return result


print(json.dumps({"lxml": etree.__version__, "libxml2": ".".join(map(str, etree.LIBXML_VERSION))}), flush=True)
for line in sys.stdin:
    question = json.loads(line)
    files = {name: base64.b64decode(content) for name, content in question.get("files", {}).items()}
    text = base64.b64decode(question["text"])
    print(json.dumps(verdict(text, files, question["ask"], question["rulesIfValid"])), flush=True)
