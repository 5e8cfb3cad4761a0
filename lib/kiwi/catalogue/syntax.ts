import type { Entry, Example } from "./entry.ts";

type Row = [code: string, title: string, meaning: string, remedy: string, wrong: string, right: string];

const xml: readonly Row[] = [
  [
    "unclosed-element",
    "An element is never closed",
    "The element begins, but its end tag does not come before that of the element around it.",
    "Add the end tag, or write the element as `<name/>` where it holds nothing.",
    "<preferences>\n  <version>1.0.0\n</preferences>",
    "<preferences>\n  <version>1.0.0</version>\n</preferences>",
  ],
  [
    "wrong-end-tag",
    "The end tag has another name",
    "An end tag closes the element that was begun last, and has its name. Capitals count.",
    "Correct the name of the end tag, or of the start tag.",
    "<version>1.0.0</Version>",
    "<version>1.0.0</version>",
  ],
  [
    "stray-end-tag",
    "An end tag closes nothing",
    "No element of that name is open here.",
    "Remove the end tag, or add the start tag that it belongs to.",
    "<preferences/>\n</preferences>",
    "<preferences>\n</preferences>",
  ],
  [
    "unfinished-tag",
    "A tag lacks its end",
    "Every tag ends with `>`; an element without content ends with `/>`.",
    "Add what is missing.",
    '<package name="vim"/\n<package name="less"/>',
    '<package name="vim"/>\n<package name="less"/>',
  ],
  [
    "too-deep",
    "Too many elements inside one another",
    "The parsers that read descriptions stop at a depth that no description needs.",
    "Look for an element that was meant to be closed.",
    "<a><a><a>…",
    "<a/><a/><a/>",
  ],
  [
    "no-root",
    "The file is empty",
    "A description has one outermost element, `<image>`.",
    "Write the element, or begin with a template.",
    "<!-- nothing yet -->",
    '<image schemaversion="8.5" name="example">…</image>',
  ],
  [
    "second-root",
    "There is a second outermost element",
    "An XML file has one outermost element. Everything else stands inside.",
    "Move the second one into the first, or into a file of its own.",
    '<image name="a">…</image>\n<image name="b">…</image>',
    '<image name="a">…</image>',
  ],
  [
    "text-outside",
    "Text outside of the outermost element",
    "Outside of `<image>` there may be comments and blank lines only.",
    "Remove the text, or make it a comment.",
    '<image name="a">…</image>\nthe end',
    '<image name="a">…</image>\n<!-- the end -->',
  ],
  [
    "missing-value",
    "An attribute without a value",
    "In XML every attribute has a value in quotes.",
    'Write `name="…"`.',
    '<type image="oem" installiso/>',
    '<type image="oem" installiso="true"/>',
  ],
  [
    "missing-quotes",
    "A value without quotes",
    "In XML values stand in quotes, numbers and booleans too.",
    "Put quotes around the value.",
    "<type image=oem/>",
    '<type image="oem"/>',
  ],
  [
    "unclosed-quote",
    "A quote is not closed",
    "The value of an attribute goes on until the next quote of the same kind.",
    "Add the closing quote.",
    '<type image="oem filesystem="ext4"/>',
    '<type image="oem" filesystem="ext4"/>',
  ],
  [
    "missing-blank",
    "No blank between two attributes",
    "Attributes are parted by blanks or line ends.",
    "Add a blank.",
    '<type image="oem"filesystem="ext4"/>',
    '<type image="oem" filesystem="ext4"/>',
  ],
  [
    "unexpected-character",
    "A character that has no place in a tag",
    "A tag holds a name and attributes, nothing else.",
    "Remove the character.",
    '<type, image="oem"/>',
    '<type image="oem"/>',
  ],
  [
    "duplicate-attribute",
    "An attribute is given twice",
    "An element has each attribute once.",
    "Remove one of the two.",
    '<package name="vim" name="less"/>',
    '<package name="vim"/>\n<package name="less"/>',
  ],
  [
    "bad-name",
    "A name with more than one colon, or none before or after it",
    "The colon parts the prefix of a namespace from the name.",
    "Use at most one colon, inside of the name.",
    "<a:b:c/>",
    "<a:b/>",
  ],
  [
    "bad-namespace",
    "A namespace that cannot be declared so",
    "Certain prefixes and names of namespaces are taken by XML itself, and a prefix cannot be undeclared.",
    "Choose another prefix, and a name that is not empty.",
    '<image xmlns:x=""/>',
    '<image xmlns:x="https://example.com/x"/>',
  ],
  [
    "undefined-prefix",
    "A prefix that nobody has declared",
    "The part before the colon stands for a namespace, which an attribute `xmlns:prefix` names.",
    "Declare the prefix, or remove it.",
    "<extension><my:data/></extension>",
    '<extension><my:data xmlns:my="https://example.com/my"/></extension>',
  ],
  [
    "bare-ampersand",
    "A plain &",
    "In XML `&` begins a reference, in addresses and shell commands too.",
    "Write `&amp;`.",
    '<source path="https://example.com/?a=1&b=2"/>',
    '<source path="https://example.com/?a=1&amp;b=2"/>',
  ],
  [
    "bare-less-than",
    "A plain <",
    "In XML `<` begins a tag.",
    "Write `&lt;`.",
    "<specification>smaller (< 1 GB)</specification>",
    "<specification>smaller (&lt; 1 GB)</specification>",
  ],
  [
    "bad-reference",
    "A reference to a character that XML does not know",
    "The number does not stand for a character that may be in XML.",
    "Correct the number, or write the character itself.",
    "<author>&#0;</author>",
    "<author>&#233;</author>",
  ],
  [
    "undefined-entity",
    "An entity that nobody has defined",
    "XML defines `&amp;`, `&lt;`, `&gt;`, `&quot;` and `&apos;`. Those of HTML, such as `&nbsp;`, are unknown.",
    "Write the character itself, or its number.",
    "<author>Ren&eacute;</author>",
    "<author>René</author>",
  ],
  [
    "external-entity",
    "An entity in another file",
    "Entities that are read from files or from the network are not expanded, since they would let a description read anything.",
    "Write the text itself, or use `<include>`.",
    '<!DOCTYPE image [<!ENTITY part SYSTEM "part.xml">]>',
    '<include from="this://part.xml"/>',
  ],
  [
    "forbidden-character",
    "A character that XML forbids",
    "Control characters cannot be part of an XML file, not even as references.",
    "Remove it. It often comes from a terminal's output.",
    "<author>me\u241B[0m</author>",
    "<author>me</author>",
  ],
  [
    "unclosed-comment",
    "A comment without an end",
    "A comment ends with `-->`; without it the rest of the file is part of it.",
    "Add `-->`.",
    '<!-- not yet\n<package name="vim"/>',
    '<!-- not yet -->\n<package name="vim"/>',
  ],
  [
    "dashes-in-comment",
    "Two dashes in a comment",
    "A comment may not hold `--`, nor end with `--->`.",
    "Write one dash, or something else. Options such as `--type` can be named without their dashes.",
    "<!-- built with --profile Live -->",
    "<!-- built with the profile Live -->",
  ],
  [
    "unclosed-cdata",
    "A CDATA section without an end",
    "`<![CDATA[` goes on until `]]>`.",
    "Add `]]>`.",
    "<history><![CDATA[a < b</history>",
    "<history><![CDATA[a < b]]></history>",
  ],
  [
    "cdata-end-in-text",
    "]]> in plain text",
    "These three characters end a CDATA section and may not stand elsewhere.",
    "Write `]]&gt;`.",
    "<history>a[b[0]]>c</history>",
    "<history>a[b[0]]&gt;c</history>",
  ],
  [
    "unclosed-instruction",
    "A processing instruction without an end",
    "What begins with `<?` goes on until `?>`.",
    "Add `?>`.",
    '<?xml version="1.0" encoding="utf-8">',
    '<?xml version="1.0" encoding="utf-8"?>',
  ],
  [
    "bad-instruction",
    "A processing instruction without a proper name",
    "After `<?` a name must follow at once; `xml` in any spelling is taken.",
    "Name it, or remove it.",
    "<? editor mode?>",
    "<?editor mode?>",
  ],
  [
    "bad-declaration",
    "The first line is not as it must be",
    "The declaration names the version, then the encoding, each in quotes, in this order.",
    'Write `<?xml version="1.0" encoding="utf-8"?>`.',
    '<?xml encoding="utf-8" version="1.0"?>',
    '<?xml version="1.0" encoding="utf-8"?>',
  ],
  [
    "unknown-encoding",
    "The first line names an encoding that cannot be read",
    "The file is read as UTF-8 here, and KIWI reads it in the encoding that the declaration names, if it knows it.",
    'Save the file as UTF-8 and write `encoding="utf-8"`.',
    '<?xml version="1.0" encoding="utf8x"?>',
    '<?xml version="1.0" encoding="utf-8"?>',
  ],
  [
    "misplaced-declaration",
    "The declaration is not at the very beginning",
    "`<?xml …?>` must be the first thing in the file; not even a blank line may stand before it.",
    "Remove what stands before it.",
    '\n<?xml version="1.0"?>',
    '<?xml version="1.0"?>',
  ],
  [
    "bad-doctype",
    "A document type that cannot be read",
    "Descriptions need no document type.",
    "Remove it.",
    "<!DOCTYPE>",
    '<image name="a">…</image>',
  ],
  [
    "misplaced-doctype",
    "A document type in the wrong place",
    "A document type stands once, before the outermost element.",
    "Remove it: descriptions need none.",
    "<image><!DOCTYPE image></image>",
    "<image></image>",
  ],
];

function xmlEntry([code, title, meaning, remedy, wrong, right]: Row): Entry {
  return { code, layer: "syntax", severity: "error", title, meaning, remedy, example: xmlExample(wrong, right) };
}

export function xmlExample(wrong: string, right: string): Example {
  return { language: "xml", wrong, right };
}

const others: readonly Entry[] = [
  {
    code: "format-not-supported",
    layer: "syntax",
    severity: "error",
    title: "This KIWI does not read this format",
    meaning:
      "For descriptions in other formats than XML, KIWI needs the Python module `anymarkup_core`, and `toml` or `json5` for those formats, which are not installed beside it.",
    remedy: "Install the modules on the builder, or convert the description to XML.",
    example: { language: "yaml", wrong: 'image:\n  "@name": example', right: '# as XML:\n# <image name="example">' },
  },
  {
    code: "link-as-text",
    layer: "syntax",
    severity: "warning",
    title: "A link that was checked out as text",
    meaning:
      "The file holds the name of another file and nothing else. Git leaves a symbolic link like this where links are switched off; the file it leads to was checked in its place.",
    remedy: "Check the folder out again with `git config core.symlinks true`.",
  },
];

export const syntaxEntries: readonly Entry[] = [...xml.map(xmlEntry), ...others];

/** What is said of faults that the YAML reader names by itself. */
export function yamlEntry(code: string): Entry {
  const words = code.slice("yaml-".length).replaceAll("-", " ");
  return {
    code,
    layer: "syntax",
    severity: "error",
    title: `YAML: ${words}`,
    meaning: "The file is not well-formed YAML, so that KIWI cannot read it. The message says what the reader met.",
    remedy: "Compare the indentation, quotes and brackets of this line and the ones before it.",
    example: {
      language: "yaml",
      wrong: "image:\n  preferences: [version",
      right: "image:\n  preferences:\n    version: '1.0.0'",
    },
  };
}
