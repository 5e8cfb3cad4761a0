"""What KIWI's runtime checks say: one JSON object {path, checks, choices} a line in, and one line out for it.

The answer to each choice lists those of the checks that fail, or says what kept KIWI from making them. What the schema
does not allow is answered by {error}.
"""

import functools
import json
import os
import sys

import kiwi.system.uri
from kiwi import defaults, xml_parse
from kiwi.defaults import Defaults
from kiwi.exceptions import KiwiError, KiwiRuntimeError
from kiwi.runtime_checker import RuntimeChecker
from kiwi.xml_description import XMLDescription
from kiwi.xml_state import XMLState
from lxml import etree

relaxng = etree.RelaxNG(etree.parse(Defaults.get_schema_file()))

# It would rewrite the shared tree for the first of the choices.
XMLState.resolve_this_path = lambda self: None

# Its own settings do not change between two checks, and reading them takes most of the time.
kiwi.system.uri.RuntimeConfig = functools.cache(kiwi.system.uri.RuntimeConfig)
if hasattr(Defaults, "get_runtime_checker_metadata"):
    Defaults.get_runtime_checker_metadata = functools.cache(Defaults.get_runtime_checker_metadata)


def load(path):
    description = XMLDescription(path)
    upgraded = description.markup.get_xml_description()
    if not relaxng.validate(etree.parse(upgraded)):
        raise KiwiError("not valid")
    data = xml_parse.parse(upgraded, True)
    data.description_dir = os.path.dirname(path)
    data.derived_description_dir = None
    return data


def fails(check, name):
    exists = os.path.exists
    try:
        if name == "check_boot_description_exists":
            # Only whether one is named follows from the description.
            os.path.exists = lambda path: True
        check()
    except KiwiRuntimeError:
        return True
    finally:
        os.path.exists = exists
    return False


def answer(data, checks, choice):
    defaults.PLATFORM_MACHINE = choice["architecture"]
    try:
        checker = RuntimeChecker(XMLState(data, choice["profiles"], choice["type"]))
        return {"failed": [check for check in checks if hasattr(checker, check) and fails(getattr(checker, check), check)]}
    except KiwiError as error:
        return {"refused": type(error).__name__}


for line in sys.stdin:
    request = json.loads(line)
    try:
        loaded = load(request["path"])
        answers = [answer(loaded, request["checks"], choice) for choice in request["choices"]]
        print(json.dumps({"answers": answers}), flush=True)
    except KiwiError as error:
        print(json.dumps({"error": str(error)}), flush=True)
