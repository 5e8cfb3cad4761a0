"""What KIWI itself selects: one JSON object {path, choices} a line in, one with its answer to each choice a line out.

What this KIWI refuses, because its schema does not allow it, is answered by {error}.
"""

import json
import os
import sys
import types

# KIWI 9 imports it for copying files, which nobody does here; the tests have KIWI 9 without what it needs to build.
sys.modules.setdefault("xattr", types.ModuleType("xattr"))

from kiwi import defaults, xml_parse
from kiwi.defaults import Defaults
from kiwi.exceptions import KiwiError
from kiwi.system.setup import SystemSetup
from kiwi.xml_description import XMLDescription
from kiwi.xml_state import XMLState
from lxml import etree

relaxng = etree.RelaxNG(etree.parse(Defaults.get_schema_file()))

# It would rewrite the shared tree for the first of the choices.
XMLState.resolve_this_path = lambda self: None


def load(path):
    description = XMLDescription(path)
    upgraded = description.markup.get_xml_description()
    if not relaxng.validate(etree.parse(upgraded)):
        raise KiwiError("not valid")
    data = xml_parse.parse(upgraded, True)
    data.description_dir = os.path.dirname(path)
    data.derived_description_dir = None
    return data


def meant(state, volume):
    return not hasattr(state, "volume_matches_host_architecture") or state.volume_matches_host_architecture(volume)


def answer(data, choice):
    defaults.PLATFORM_MACHINE = choice["architecture"]
    try:
        state = XMLState(data, choice["profiles"], choice["type"])
    except KiwiError as error:
        return {"refused": type(error).__name__}
    lists = {
        "bootstrap": state.get_bootstrap_packages(),
        "system": state.get_system_packages(),
        "delete": state.get_to_become_deleted_packages(force=True),
        "uninstall": state.get_to_become_deleted_packages(force=False),
        "ignored": state.get_system_ignore_packages(),
        "bootstrapCollections": sorted(set(state.get_bootstrap_collections())),
        "systemCollections": sorted(set(state.get_system_collections())),
        "systemProducts": sorted(set(state.get_system_products())),
        "bootstrapArchives": sorted(set(state.get_bootstrap_archives())),
        "systemArchives": sorted(set(state.get_system_archives())),
    }
    # KIWI 9 knows no files in packages.
    knows = hasattr(state, "get_system_files")
    lists["files"] = sorted({*state.get_bootstrap_files(), *state.get_system_files()}) if knows else []
    disk = state.get_build_type_system_disk_section()
    return {
        "profiles": state.profiles,
        "type": state.get_build_type_name(),
        "filesystem": state.build_type.get_filesystem() or "",
        "version": state.get_image_version().strip(),
        "packageManager": state.get_package_manager().strip(),
        "inSystem": SystemSetup(state, "/").preferences,
        "repositories": [
            repository.get_source().get_path() for repository in state.get_repository_sections()
        ],
        "users": [user.get_name() for user in state.get_users()],
        "volumes": [volume.get_name() for volume in disk.get_volume() if meant(state, volume)] if disk else [],
        "lists": lists,
    }


for line in sys.stdin:
    request = json.loads(line)
    try:
        loaded = load(request["path"])
    except KiwiError as error:
        print(json.dumps({"error": str(error)}), flush=True)
        continue
    answers = [answer(loaded, choice) for choice in request["choices"]]
    print(json.dumps({"answers": answers}), flush=True)
