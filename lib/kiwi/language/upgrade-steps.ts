import type { XmlAttribute, XmlElement, XmlNode, XmlText } from "#lib/xml/tree.ts";

/** One step of KIWI's upgrade of descriptions: what changes on the way from a schema version to the next. */
export interface Step {
  from: number;
  /** What becomes of elements, in this order. */
  rules: readonly Rule[];
  /** Elements that vanish and leave their content, or only the elements of it, in their place. */
  dissolved?: Readonly<Record<string, "content" | "elements">>;
}

export interface Rule {
  /** Name of the elements that the rule is about. */
  element: string;
  change(draft: Draft): void;
}

/** An element while it is upgraded. Rules change what it shows; the elements around it are seen as they are written. */
export interface Draft {
  readonly element: XmlElement;
  attributes: readonly XmlAttribute[];
  children: readonly XmlNode[];
  readonly parent: XmlElement | null;
}

/** The oldest schema version whose upgrade is known here. */
export const oldestKnownVersion = 6.2;

/**
 * What KIWI's stylesheets do, `convert62to63.xsl` to `convert84to85.xsl`: those up to 7.4 came with KIWI 9. A step
 * without rules changes nothing but the number.
 */
export const steps: readonly Step[] = [
  {
    from: 6.2,
    rules: [dropAttributes("type", "fsreadonly", "fsreadwrite", "zfsoptions")],
    dissolved: { split: "content" },
  },
  { from: 6.3, rules: [{ element: "user", change: takeGroup }, dropAttributes("users", "group", "id")] },
  { from: 6.4, rules: [{ element: "type", change: containerToChild }] },
  { from: 6.5, rules: [{ element: "type", change: markXenServer }, dropAttributes("machine", "domain")] },
  {
    from: 6.6,
    rules: [
      dropAttributes("image", "kiwirevision"),
      dropAttributes("type", "checkprebuilt", "fsnocheck"),
      dropAttributes("repository", "status", "prefer-license"),
      dropAttributes("package", "replaces"),
    ],
    dissolved: {
      defaultprebuilt: "elements",
      defaultdestination: "elements",
      defaultroot: "elements",
      partitioner: "elements",
      "rpm-force": "elements",
    },
  },
  { from: 6.7, rules: [], dissolved: { hwclock: "elements" } },
  { from: 6.8, rules: [dropAttributes("type", "hybrid"), dropChildren("oemconfig", "oem-ataraid-scan")] },
  { from: 6.9, rules: [dropChildren("type", "pxedeploy")] },
  { from: 7.0, rules: [dropRepositoryType("red-carpet", "slack-site", "up2date-mirrors", "urpmi", "yast2")] },
  { from: 7.1, rules: [{ element: "type", change: bootloaderToChild }] },
  {
    from: 7.2,
    rules: [
      { element: "type", change: vmxToOem },
      { element: "oemconfig", change: gatherOemSettings },
      { element: "oem-resize", change: neverResize },
    ],
  },
  { from: 7.3, rules: [replaceText("packagemanager", { "apt-get": "apt", yum: "dnf" })] },
  {
    from: 7.4,
    rules: [
      replaceAttribute("containerconfig", "additionaltags", ({ value }) => ({
        additionalnames: `:${value}`.replaceAll(",", ",:"),
      })),
    ],
  },
  { from: 7.5, rules: [replaceText("packagemanager", { dnf: "dnf4" })] },
  { from: 7.6, rules: [] },
  { from: 8.0, rules: [dropRepositoryType("rpm-dir")] },
  { from: 8.1, rules: [dropAttributes("repository", "use_for_bootstrap")] },
  {
    from: 8.2,
    rules: [
      replaceAttribute("type", "btrfs_root_is_snapshot", ({ value }) => ({ btrfs_root_is_snapper_snapshot: value })),
    ],
  },
  { from: 8.3, rules: [replaceAttribute("bootloader", "console", splitConsole)] },
  { from: 8.4, rules: [dropAttributes("type", "vga")] },
];

function dropAttributes(element: string, ...names: string[]): Rule {
  return {
    element,
    change(draft) {
      // The stylesheets drop by local names, whatever the namespace.
      if (draft.attributes.some((one) => names.includes(one.local))) {
        draft.attributes = draft.attributes.filter((one) => !names.includes(one.local));
      }
    },
  };
}

function dropChildren(element: string, name: string): Rule {
  return {
    element,
    change(draft) {
      if (draft.children.some((one) => isNamed(one, name))) {
        draft.children = draft.children.filter((one) => !isNamed(one, name));
      }
    },
  };
}

function dropRepositoryType(...types: string[]): Rule {
  const { change } = dropAttributes("repository", "type");
  return {
    element: "repository",
    change(draft) {
      if (types.includes(valueOf(draft.attributes, "type") ?? "")) change(draft);
    },
  };
}

/** Puts others in the place of one attribute; they win over those of the same name that are there already. */
function replaceAttribute(
  element: string,
  name: string,
  by: (old: XmlAttribute) => Readonly<Record<string, string>>,
): Rule {
  const { change: drop } = dropAttributes(element, name);
  return {
    element,
    change(draft) {
      const old = attributeNamed(draft.attributes, name);
      drop(draft);
      if (old === undefined) return;
      for (const [key, value] of Object.entries(by(old))) setAttribute(draft, made(old, key, value));
    },
  };
}

/** Other words for the whole text of an element, which loses its attributes then. */
function replaceText(element: string, words: Readonly<Record<string, string>>): Rule {
  return {
    element,
    change(draft) {
      const text = draft.children.filter(isData).find(({ value }) => Object.hasOwn(words, value));
      if (text === undefined) return;
      draft.attributes = [];
      draft.children = [{ ...text, value: words[text.value] ?? "" }];
    },
  };
}

/** `console="out in"` became two attributes, divided at the first blank. */
function splitConsole({ value }: XmlAttribute): Record<string, string> {
  const blank = value.indexOf(" ");
  if (blank < 0) return { output_console: value };
  return { output_console: value.slice(0, blank), input_console: value.slice(blank + 1) };
}

/** The group of all users became one of each user. */
function takeGroup(draft: Draft): void {
  const group = attributeNamed(draft.parent?.attributes ?? [], "group");
  if (group !== undefined) setAttribute(draft, made(group, "groups", group.value));
}

function containerToChild(draft: Draft): void {
  const container = attributeNamed(draft.attributes, "container");
  dropAttributes("type", "container").change(draft);
  if (container === undefined) return;
  const name = made(container, "name", container.value);
  draft.children = [madeElement("containerconfig", draft.element, container, [name]), ...draft.children];
}

function markXenServer(draft: Draft): void {
  for (const child of draft.children) {
    if (!isNamed(child, "machine")) continue;
    const domain = attributeNamed(child.attributes, "domain");
    if (domain?.value === "dom0") setAttribute(draft, made(domain, "xen_server", "true"));
  }
}

/** Attributes of `<type>` that became those of `<bootloader>` inside it, where there was a boot loader. */
const loaderAttributes: readonly (readonly [old: string, name: string])[] = [
  ["bootloader", "name"],
  ["bootloader_console", "console"],
  ["boottimeout", "timeout"],
  ["zipl_targettype", "targettype"],
];

function bootloaderToChild(draft: Draft): void {
  const loader = attributeNamed(draft.attributes, "bootloader");
  const moved = loaderAttributes.flatMap(([old, name]) => {
    const attribute = attributeNamed(draft.attributes, old);
    return attribute === undefined || attribute.value === "" ? [] : [made(attribute, name, attribute.value)];
  });
  dropAttributes("type", ...loaderAttributes.map(([old]) => old)).change(draft);
  if (loader === undefined || loader.value === "") return;
  draft.children = [madeElement("bootloader", draft.element, loader, moved), ...draft.children];
}

/** The type `vmx` became `oem` without a resize. */
function vmxToOem(draft: Draft): void {
  const image = attributeNamed(draft.attributes, "image");
  if (image?.value !== "vmx") return;
  setAttribute(draft, { ...image, value: "oem" });
  const [first, ...others] = draft.children.filter((one) => isNamed(one, "oemconfig"));
  if (first === undefined) draft.children = [madeElement("oemconfig", draft.element, image, []), ...draft.children];
  if (others.length > 0) draft.children = draft.children.filter((one) => !others.some((other) => other === one));
}

/** All settings of a type that was `vmx` stand in its first `<oemconfig>`, and one of them says that nothing grows. */
function gatherOemSettings(draft: Draft): void {
  if (!isVmx(draft.parent)) return;
  const others = draft.parent.children.filter((one) => isNamed(one, "oemconfig") && one !== draft.element);
  const moved = others.flatMap((one) => (one.kind === "element" ? one.children : []));
  const all = [...draft.children, ...moved.filter((one) => one.kind === "element" && one.local !== "oem-ataraid-scan")];
  const resize = all.find((one) => isNamed(one, "oem-resize"));
  draft.attributes = [];
  draft.children = all.filter((one) => one === resize || !isNamed(one, "oem-resize"));
  if (resize !== undefined) return;
  const image = attributeNamed(draft.parent.attributes, "image") ?? draft.element;
  draft.children = [madeElement("oem-resize", draft.element, image, []), ...draft.children];
}

function neverResize(draft: Draft): void {
  if (draft.parent?.local !== "oemconfig" || !isVmx(draft.parent.parent)) return;
  const { start, end } = draft.element;
  draft.attributes = [];
  draft.children = [{ kind: "text", start, end, value: "false" }];
}

function isVmx(element: XmlElement | null): element is XmlElement {
  return element?.local === "type" && element.namespace === "" && valueOf(element.attributes, "image") === "vmx";
}

function isNamed(node: XmlNode, name: string): node is XmlElement {
  return node.kind === "element" && node.local === name && node.namespace === "";
}

function isData(node: XmlNode): node is XmlText {
  return node.kind === "text" || node.kind === "cdata";
}

function attributeNamed(attributes: readonly XmlAttribute[], name: string): XmlAttribute | undefined {
  return attributes.find((one) => one.name === name);
}

function valueOf(attributes: readonly XmlAttribute[], name: string): string | undefined {
  return attributeNamed(attributes, name)?.value;
}

/** Puts an attribute in the place of the one of its name, or behind all others. */
function setAttribute(draft: Draft, attribute: XmlAttribute): void {
  draft.attributes = [...draft.attributes.filter((one) => one.name !== attribute.name), attribute];
}

/** An attribute that comes from another one, and keeps its place in the text. */
function made(from: XmlAttribute, name: string, value: string): XmlAttribute {
  return { ...from, name, local: name, namespace: "", value };
}

/** Elements that no text holds: the upgrade made them. */
const madeElements = new WeakSet<XmlElement>();

export function isMade(element: XmlElement): boolean {
  return madeElements.has(element);
}

/** An element that is not written; complaints about it are shown where the attribute stands that it comes from. */
function madeElement(
  name: string,
  parent: XmlElement,
  from: { start: number; end: number },
  attributes: XmlAttribute[],
): XmlElement {
  const { start, end } = from;
  const place = { start, end, nameStart: start, nameEnd: end, openEnd: end, closeStart: end };
  const element: XmlElement = {
    kind: "element",
    parent,
    name,
    local: name,
    namespace: "",
    attributes,
    children: [],
    form: "closed",
    ...place,
  };
  madeElements.add(element);
  return element;
}
