"""Makes changes with lxml: a JSON object a line in, one line out, "same" or what differs.

"text" is a document and "after" the same after a change, both in base64; "change" says which: "kind", with the
"element" and the "other" one by their places among all elements, "name" and "value". Compared are the canonical forms
(C14N) of "after" and of what lxml makes of the change, blanks in character data collapsed, and how many comments
there are.
"""

import base64
import json
import sys

from lxml import etree


def add_text(element, text):
    """Puts text before whatever follows an element's place, when the element goes."""
    if not text:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent = element.getparent()
        parent.text = (parent.text or "") + text


def take_out(element):
    add_text(element, element.tail)
    element.tail = None
    element.getparent().remove(element)


def unwrap(element):
    parent = element.getparent()
    add_text(element, element.text)
    for child in list(element):
        parent.insert(parent.index(element), child)
    take_out(element)


def wrap(element, name):
    parent = element.getparent()
    wrapper = etree.Element(name)
    place = parent.index(element)
    wrapper.tail, element.tail = element.tail, None
    parent.insert(place, wrapper)
    wrapper.append(element)


def set_text(element, value):
    for child in element:
        child.tail = None
    element.text = value


def make(change, element, other):
    kind, name, value = change["kind"], change.get("name"), change.get("value")
    if kind == "set attribute":
        element.set(name, value)
    elif kind == "remove attribute":
        del element.attrib[name]
    elif kind == "rename attribute":
        element.attrib[value] = element.attrib.pop(name)
    elif kind == "rename element":
        element.tag = name
    elif kind == "insert first":
        text, element.text = element.text, None
        new = etree.Element(name)
        new.tail = text
        element.insert(0, new)
    elif kind == "insert last":
        element.append(etree.Element(name))
    elif kind == "insert before":
        element.addprevious(etree.Element(name))
    elif kind == "insert after":
        new = etree.Element(name)
        new.tail, element.tail = element.tail, None
        element.getparent().insert(element.getparent().index(element) + 1, new)
    elif kind == "remove element":
        take_out(element)
    elif kind == "move element":
        take_out(element)
        other.append(element)
    elif kind == "wrap element":
        wrap(element, name)
    elif kind == "unwrap element":
        unwrap(element)
    elif kind == "replace text":
        set_text(element, value)


def canonical(tree):
    comments = sum(1 for _ in tree.iter(etree.Comment))
    etree.strip_tags(tree, etree.Comment)
    for node in tree.iter():
        for part in ("text", "tail"):
            words = (getattr(node, part) or "").split()
            if isinstance(node.tag, str) or part == "tail":
                setattr(node, part, " ".join(words) or None)
    return comments, etree.tostring(tree, method="c14n")


def verdict(question):
    parse = lambda name: etree.fromstring(base64.b64decode(question[name])).getroottree()
    tree, change = parse("text"), question["change"]
    elements = list(tree.iter("*"))
    make(change, elements[change["element"]], elements[change.get("other", 0)])
    wanted, found = canonical(tree), canonical(parse("after"))
    if wanted == found:
        return "same"
    return f"{wanted[0]} comments {wanted[1].decode()}\n{found[0]} comments {found[1].decode()}"


for line in sys.stdin:
    try:
        answer = verdict(json.loads(line))
    except etree.XMLSyntaxError as error:
        answer = f"not well-formed: {error}"
    print(json.dumps(answer), flush=True)
