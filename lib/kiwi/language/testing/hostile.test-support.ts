import { description } from "./marked.test-support.ts";
import { randomNumbers, type Vocabulary } from "./mutants.test-support.ts";

/** A kind of text that is made to cost its reader time or memory. */
export interface Hostile {
  name: string;
  /** One of about so many characters. */
  text(size: number): string;
  /** It is not even wrong. */
  isSound?: boolean;
  /** What it includes. */
  files?: Record<string, string>;
}

/** Texts that are made of one piece again and again; the piece may differ by its number. */
function repeated(name: string, piece: string | ((i: number) => string), around = (text: string) => text): Hostile {
  const make = typeof piece === "string" ? () => piece : piece;
  return {
    name,
    text(size) {
      const pieces: string[] = [];
      for (let length = 0, i = 0; length < size; length += pieces[i++]?.length ?? 1) pieces.push(make(i));
      return around(pieces.join(""));
    },
  };
}

const inPackages = (text: string) => description(`<packages type="image">${text}</packages>`);
const inPreferences = (text: string) => description(`<preferences>${text}</preferences>`);

const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("");

export const hostileTexts: readonly Hostile[] = [
  repeated("nothing but <", "<"),
  repeated("nothing but </", "</"),
  repeated("nothing but &", "&", description),
  repeated("tags that nobody closes", '<image schemaversion="8.5" name="a">'),
  repeated("end tags that close nothing", "</b>", (tags) =>
    description(`${"<!---->".repeat(tags.length >> 4)}${tags}`),
  ),
  repeated("comments that nobody closes", "<!-- kiwi-workbench-ignore a\n", description),
  repeated("quotes that nobody closes", "<a b=\"c d='", description),
  repeated("sections of data", "<![CDATA[]]>", description),
  repeated("document types", "<!DOCTYPE a [<!ENTITY b 'c'>"),
  repeated("characters that XML forbids", "\0\u0001\uFFFF"),
  repeated("elements inside one another", "<a>", (open) => description(open + "</a>".repeat(open.length / 3))),
  repeated("unknown elements side by side", "<nothing/>", description),
  repeated("unknown elements, each of another name", (i) => `<nothing-${i}/>`, description),
  repeated(
    "unknown elements in <extension>",
    (i) => `<x:a${i} b="c"/>`,
    (elements) => description(`<extension xmlns:x="urn:x"><x:all>${elements}</x:all></extension>`),
  ),
  repeated(
    "attributes of one element",
    (i) => ` imag${i}="oem"`,
    (all) => inPreferences(`<type image="oem"${all}/>`),
  ),
  repeated("the same attribute", ' imgae="oem"', (all) => inPreferences(`<type${all}/>`)),
  repeated(
    "declarations of namespaces",
    (i) => ` xmlns:n${i}="urn:n"`,
    (all) => description(`<extension${all}>${"<n0:a/>".repeat(all.length >> 4)}</extension>`),
  ),
  repeated("a value", "x86_64,", (value) => description(`<users><user name="a" groups="${value}"/></users>`)),
  repeated("blanks in a value", " ", (value) => inPreferences(`<type image="${value}x" size="${value}1"/>`)),
  {
    ...repeated("a text", "1.0.", (text) => inPreferences(`<version>${text}</version>`)),
    isSound: true,
  },
  repeated("image types", "<type image='iso' filesystem='x'/>", inPreferences),
  {
    ...repeated("preferences", '<preferences><version>1.0.0</version><type image="tbz"/></preferences>', description),
    isSound: true,
  },
  repeated("one package", '<package name="a"/>', inPackages),
  repeated("one package for many machines", (i) => `<package name="a" arch="m${i},m${i + 1}"/>`, inPackages),
  repeated(
    "one alias for many profiles",
    (i) => `<repository alias="a" profiles="p${i}"><source path="/a"/></repository>`,
    description,
  ),
  {
    name: "profiles, and others that are meant",
    text(size) {
      const count = size / 120;
      const all = (piece: (i: number) => string) => Array.from({ length: count }, (_, i) => piece(i)).join("");
      return description(
        `<profiles>${all((i) => `<profile name="Profile${i}" description="a"/>`)}</profiles>
        ${all((i) => `<packages type="image" profiles="Porfile${i}"/>`)}`,
      );
    },
  },
  repeated("comments that silence something", "<!-- kiwi-workbench-ignore plain-http, a b c d --><user/>", description),
  repeated(
    "references to entities",
    "&l9;&l2;",
    (text) => `<!DOCTYPE image [<!ENTITY l0 "lol">${laughs}]>${description(text)}`,
  ),
  {
    name: "entities that stand for one another",
    text: (size) =>
      `<!DOCTYPE image [${repeated("", (i) => `<!ENTITY e${i} "&e${i + 1};&e${i + 1};">`).text(size)}]>${description("&e0;")}`,
  },
  {
    ...repeated("an include", '<include from="this://a.xml"/>', description),
    files: { "a.xml": `<image>${"<b/>".repeat(1000)}</image>` },
  },
];

/** Image types, 2,000 in a megabyte, each with other ones of all attributes that the schema has for them. */
export function imageTypesWithRandomAttributes({ fitting }: Vocabulary): Hostile {
  const names = (fitting.get("type") ?? []).map(({ name }) => name);
  return {
    name: "image types with random sets of all their attributes",
    text(size) {
      const random = randomNumbers(1);
      const types = Array.from({ length: Math.ceil(size / 500) }, () => {
        const share = random(50);
        const attributes = names.filter(() => random(100) < share).map((name) => ` ${name}="${random(9)}"`);
        return `<type${attributes.join("")}/>`;
      });
      return inPreferences(types.join(""));
    },
  };
}
