import { atValue } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { typeChild } from "./type-settings.ts";

export const appxName: RuntimeRule = {
  code: "appx-name",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_appx_naming_conventions_valid",
  decidedBy: "type",
  title: "Windows would not take this name",
  meaning:
    "The launcher of an image for the Windows Subsystem for Linux is a plain file name that ends in `.exe`; its application id has letters and digits only.",
  remedy: "Choose a name of that form.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="appx" metadata_path="appx">
    <containerconfig name="example">
      <history launcher="example" application_id="My Example">…</history>
    </containerconfig>
  </type>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="appx" metadata_path="appx">
    <containerconfig name="example">
      <history launcher="example.exe" application_id="MyExample">…</history>
    </containerconfig>
  </type>
</preferences>`,
  },
  check(build, say) {
    const history = typeChild(build, "containerconfig", "history");
    if (build.type.name !== "appx" || history === undefined) return;
    const launcher = build.image.attribute(history, "launcher");
    if (launcher?.value && !/^[^\\]+\.exe$/i.test(launcher.value)) {
      const message = "The launcher must be a file name that ends in .exe, without a folder.";
      say({ message, ...atValue(history, launcher) });
    }
    const id = build.image.attribute(history, "application_id");
    if (id?.value && !/^[a-z0-9]+$/i.test(id.value)) {
      say({ message: "The application id must have letters and digits only.", ...atValue(history, id) });
    }
  },
};
