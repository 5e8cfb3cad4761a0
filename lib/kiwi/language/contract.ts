import type { Format } from "#lib/contracts/description.ts";
import type { PackageKnowledge, PackageWish } from "#lib/contracts/packages.ts";
import type { Problem } from "#lib/contracts/problem.ts";
import type { RuleSettingsText } from "#lib/contracts/rule-settings.ts";
import type { ProfileMatrix } from "#lib/kiwi/description/matrix.ts";
import type { Choice } from "#lib/kiwi/description/selection.ts";
import type { Conversion, ConversionTarget } from "#lib/kiwi/formats/convert.ts";
import type { Schema } from "#lib/kiwi/schema.ts";
import type { TextEdit } from "#lib/xml/edit/text-edit.ts";
import type { EffectiveDescription } from "./effective.ts";
import type { FormChoice } from "./forms/additions.ts";
import type { FormAnswer, FormChange } from "./forms/change.ts";
import type { FormPlace } from "./forms/element-place.ts";
import type { DescriptionForm } from "./forms/elements.ts";
import type { PackageChange, PackageSection } from "./forms/packages.ts";
import type { NamedPackages } from "./named-packages.ts";
import type { NoUpgrade, UpgradePlan } from "./upgrade-plan.ts";

/** What a question about a description needs to know of the files around it. Paths are relative to the description's folder. */
export interface DocumentRequest {
  /** Path of the file that is asked about. */
  path: string;
  /** Its text, saved or not. */
  text: string;
  /** Text of another file of the folder, undefined where there is none. */
  read: (path: string) => string | undefined;
  /** The image files of the folder; a fragment is judged in the context of those that include it. */
  mains: readonly string[];
  /** Everything that lies in the folder, at any depth; a folder's path ends with a slash. Absent = not known. */
  entries?: readonly string[];
  /** Files that say how rules are weighed, that of the outermost folder first. */
  settings?: readonly RuleSettingsText[];
  /** The build that is wanted; absent = whichever are possible. */
  choice?: Choice;
  /** What the repositories have; absent = not known. */
  packages?: KnownPackages;
}

/** What is known of the packages that a description names, for builds of one architecture. */
export interface KnownPackages extends Pick<PackageKnowledge, "offered" | "unknown"> {
  architecture: string;
}

export interface ChoiceRequest extends DocumentRequest {
  choice: Choice;
}

export interface EffectiveRequest extends ChoiceRequest {
  /** As KIWI upgrades it to its newest schema version, else as it is written. */
  upgraded: boolean;
}

export interface PositionRequest extends DocumentRequest {
  /** Offset of the cursor in `text`, in UTF-16 units. */
  offset: number;
}

export interface CompletionItem {
  label: string;
  kind: "element" | "attribute" | "value" | "markup";
  /** Snippet in the syntax of editors: `$1` and `${1:text}` are stops, `$0` is the end. */
  insertText: string;
  /** Markdown, from the schema. */
  documentation?: string;
  /** One short line beside the label. */
  detail?: string;
  required: boolean;
  /** The image types that it is meant for, where it stands in one of another type. */
  onlyFor?: readonly string[];
  /** What the schema's rules would say against it as things stand, where that is not a matter of the image type. */
  objection?: string;
  /** The part of the text that the item replaces, as offsets. */
  start: number;
  end: number;
}

export interface CompletionList {
  /** Best first. */
  items: CompletionItem[];
}

export interface Hover {
  markdown: string;
  start: number;
  end: number;
}

/** A piece of a text, as offsets; the end is exclusive. */
export interface TextRange {
  start: number;
  end: number;
}

export type { TextEdit };

/** The same in any file of the folder. */
export interface FileEdit extends TextEdit {
  path: string;
}

/** A place in a file of the folder; a path that ends with a slash is a folder. */
export interface Location extends TextRange {
  path: string;
}

/** What the text in the range stands for. */
export interface Definition extends TextRange {
  targets: Location[];
}

/** Text that leads to a file of the folder or to a page on the web. */
export type Link = TextRange & ({ path: string } | { url: string });

/** The edits of a rename with what else has to be done, or why it is not possible. */
export type RenameResult = { edits: FileEdit[]; notes: string[] } | { refusal: string };

/** Something to be said above the element that starts at `start`. */
export type Lens = { start: number } & (
  | { kind: "image"; paths: string[] }
  | { kind: "type"; image: string; profiles: string[] }
  /** `counts` by the name of the elements; `repeated` are the places of those that were named before. */
  | { kind: "packages"; counts: Record<string, number>; repeated: number[] }
  /** `name` is the place of the profile's name. */
  | { kind: "profile"; name: number; uses: number }
);

/** An element in the outline. */
export interface OutlineItem extends TextRange {
  /** What people call it: "type oem", "packages image (12)". */
  name: string;
  /** Name of the element. */
  element: string;
  /** What binds it to some builds, and the like. */
  detail?: string;
  /** Where the element's name stands. */
  nameStart: number;
  nameEnd: number;
  children: OutlineItem[];
}

/** Lines that can be folded away below the first, counted from 1; the end is inclusive. */
export interface FoldingRange {
  start: number;
  end: number;
  comment?: boolean;
}

export interface FormatOptions {
  /** What one level is indented by where the file itself does not tell. */
  indent: string;
  /** Only what lies in this range is changed; absent = the whole file. */
  range?: TextRange;
}

/** Edits that change nothing but the layout, or why there are none. */
export type FormatResult = { edits: TextEdit[] } | { refusal: string };

export interface LanguageOptions {
  /** null = no KIWI on this machine: well-formedness and includes are checked, nothing else. */
  schema: Schema | null;
  /** Version of the KIWI that the schema belongs to, for messages. */
  kiwiVersion: string | null;
  /** The schema's own version, for example "8.5"; read from the schema where it is null. */
  schemaVersion: string | null;
  /**
   * What this KIWI reads besides XML (KiwiInstallation.formats); absent = nothing, as it comes without the Python module
   * for it.
   */
  formats?: readonly Format[];
  /**
   * Whether XML passes through that module as well (KiwiInstallation.xmlThroughMarkup), so that plain relative includes
   * are not found; absent = it does not.
   */
  xmlThroughMarkup?: boolean;
}

/** A way to end a problem. */
export interface Fix {
  title: string;
  /** What is done, in a word or two that are the same for the same kind of fix. */
  action: string;
  /** Code of the problem that it ends. */
  code: string;
  edits: FileEdit[];
  /** The one that is most likely meant. */
  preferred: boolean;
}

/** Everything that the editor and the command line ask about descriptions. Pure: no state between calls that could be seen. */
export interface Language {
  /** All problems of the file, in the order of the text; those of included files carry `file`. */
  validate(request: DocumentRequest): Problem[];
  complete(request: PositionRequest): CompletionList;
  hover(request: PositionRequest): Hover | null;
  outline(request: DocumentRequest): OutlineItem[];
  folding(request: DocumentRequest): FoldingRange[];
  /** The ranges around an offset, each inside the next. */
  selection(request: PositionRequest): TextRange[];
  /** The names of the two tags of an element, in one of which the offset lies. */
  tagPair(request: PositionRequest): [TextRange, TextRange] | null;
  /** What to write behind a just typed `>` or `</`. */
  closingTag(request: PositionRequest): string | null;
  format(request: DocumentRequest, options: FormatOptions): FormatResult;
  definition(request: PositionRequest): Definition | null;
  references(request: PositionRequest): Location[] | null;
  /** What would be renamed. */
  renamable(request: PositionRequest): (TextRange & { name: string }) | null;
  rename(request: PositionRequest, newName: string): RenameResult;
  links(request: DocumentRequest): Link[];
  lenses(request: DocumentRequest): Lens[];
  /** The description as KIWI sees it for a choice; null where the file is none. */
  effective(request: EffectiveRequest): EffectiveDescription | null;
  /** What can be built of the description, compared; null where the file is none. */
  matrix(request: ChoiceRequest): ProfileMatrix | null;
  /** The `<packages>` sections as a form; null where the description is no XML. */
  packageSections(request: DocumentRequest): PackageSection[] | null;
  /** What the description asks repositories for; null where the file is none. */
  namedPackages(request: DocumentRequest, architecture: string): NamedPackages | null;
  /** What a build of the choice would have installed; null where the file is no description. */
  wantedPackages(request: ChoiceRequest): PackageWish | null;
  /** The name of a package that the offset stands in; null where it stands in none. */
  packageAt(request: PositionRequest): TextRange | null;
  /** The edits that make a change of that form. */
  changePackages(request: DocumentRequest, change: PackageChange): FileEdit[];
  /** The description as a form: everything but its packages. */
  form(request: DocumentRequest): DescriptionForm;
  /** What can be added to an element of that form. */
  formChoices(request: DocumentRequest, place: FormPlace): FormChoice[];
  /** The edits that make a change of that form. */
  changeForm(request: DocumentRequest, change: FormChange): FormAnswer;
  /** Ways to end a problem that `validate` gave for the same request, the best first. */
  fixes(request: DocumentRequest, problem: Problem): Fix[];
  /** What brings the description that the file belongs to to the newest schema version. */
  upgrade(request: DocumentRequest): UpgradePlan | NoUpgrade;
  /** The description in another format. */
  convert(request: DocumentRequest, to: ConversionTarget): Conversion;
}
