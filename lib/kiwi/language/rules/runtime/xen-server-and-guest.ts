import type { RuntimeRule } from "../rule.ts";
import { typeChild, typeFlag, typeValue } from "./type-settings.ts";

export const xenServerAndGuest: RuntimeRule = {
  code: "xen-server-and-guest",
  layer: "runtime",
  severity: "error",
  kiwiCheck: "check_xen_uniquely_setup_as_server_or_guest",
  decidedBy: "type",
  title: "An image for Xen is its server or its guest",
  meaning:
    '`xen_server` makes the image the server (dom0). A `xen_loader` at `<machine>`, or `firmware="ec2"`, makes it a guest. On x86_64 it cannot be both.',
  remedy: "Remove one of them.",
  example: {
    language: "xml",
    wrong: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" xen_server="true">
    <machine xen_loader="hvmloader"/>
  </type>
</preferences>`,
    right: `<preferences>
  <version>1.0.0</version>
  <type image="oem" filesystem="ext4" xen_server="true"/>
</preferences>`,
  },
  check(build, say) {
    const { image, type, arch } = build;
    const server = image.attribute(type.element, "xen_server");
    if (arch !== "x86_64" || server === undefined || !typeFlag(build, "xen_server")) return;
    const machine = typeChild(build, "machine");
    const ec2 = typeValue(build, "firmware") === "ec2";
    if (!ec2 && !(machine !== undefined && image.value(machine, "xen_loader"))) return;
    const guest = ec2 ? 'firmware="ec2"' : "xen_loader";
    const message = `The image is the server of Xen by "xen_server" and its guest by ${guest}: remove one of them.`;
    say({ message, element: type.element, start: server.start, end: server.nameEnd });
  },
};
