import { atName } from "#lib/relaxng/finding.ts";
import type { RuntimeRule } from "../rule.ts";
import { diskExample } from "./disk-example.ts";
import { typeChild } from "./type-settings.ts";

export const environmentWithoutGrub: RuntimeRule = {
  code: "environment-without-grub",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_bootloader_env_compatible_with_loader",
  kiwi: { from: 10 },
  decidedBy: "type",
  title: "Only GRUB has an environment",
  meaning: "`<environment>` in `<bootloadersettings>` sets variables of GRUB. Other boot loaders have none.",
  remedy: "Remove `<environment>`, or use `grub2`, `grub2_s390x_emu` or `custom`.",
  example: diskExample(
    `<bootloader name="systemd_boot">
  <bootloadersettings>
    <environment>
      <env name="debug" value="1"/>
    </environment>
  </bootloadersettings>
</bootloader>`,
    `<bootloader name="grub2">
  <bootloadersettings>
    <environment>
      <env name="debug" value="1"/>
    </environment>
  </bootloadersettings>
</bootloader>`,
  ),
  check(build, say) {
    const { image } = build;
    const loader = typeChild(build, "bootloader");
    const environment = typeChild(build, "bootloader", "bootloadersettings", "environment");
    if (loader === undefined || environment === undefined || image.children(environment, "env").length === 0) return;
    const name = image.value(loader, "name") ?? "";
    if (["grub2", "grub2_s390x_emu", "custom"].includes(name)) return;
    say({ message: `The boot loader ${name} has no environment; only GRUB has.`, ...atName(environment) });
  },
};
