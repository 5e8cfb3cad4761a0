import { profileMatrix } from "#lib/kiwi/description/matrix.ts";
import { convert } from "#lib/kiwi/formats/convert.ts";
import { complete } from "./complete.ts";
import type { Language, LanguageOptions } from "./contract.ts";
import { definition } from "./definition.ts";
import { describedBy } from "./described.ts";
import { effective } from "./effective.ts";
import { fixes } from "./fixes/index.ts";
import { foldingRanges } from "./folding.ts";
import { format } from "./format.ts";
import { choicesFor } from "./forms/additions.ts";
import { changeForm } from "./forms/change.ts";
import { elementAtPlace } from "./forms/element-place.ts";
import { descriptionForm } from "./forms/elements.ts";
import { changePackages, packageSections } from "./forms/packages.ts";
import { hover } from "./hover.ts";
import { lenses } from "./lenses.ts";
import { links } from "./links.ts";
import { namedPackages } from "./named-packages.ts";
import { outline } from "./outline.ts";
import { packageAt } from "./package-at.ts";
import { createReader } from "./reading.ts";
import { references } from "./references.ts";
import { renamable, rename } from "./rename.ts";
import { selectionRanges } from "./selection.ts";
import { closingTag, tagPair } from "./tags.ts";
import { planUpgrade } from "./upgrade-plan.ts";
import { validate } from "./validate.ts";
import { wantedPackages } from "./wanted-packages.ts";

export { type Conversion, type ConversionTarget, conversionTargets } from "#lib/kiwi/formats/convert.ts";
export { compileSchema, type Schema } from "#lib/kiwi/schema.ts";
export type {
  CompletionItem,
  CompletionList,
  DocumentRequest,
  EffectiveRequest,
  FileEdit,
  Fix,
  FormatOptions,
  Hover,
  KnownPackages,
  Language,
  LanguageOptions,
  Lens,
  Location,
  OutlineItem,
  PositionRequest,
  TextRange,
} from "./contract.ts";
export type { ChoiceOptions, EffectiveDescription } from "./effective.ts";

export type { Blank, FormChoice } from "./forms/additions.ts";
export type { FormAnswer, FormChange } from "./forms/change.ts";
export type { FormPlace } from "./forms/element-place.ts";
export type { DescriptionForm, FieldFacts, FormElement, FormField, FormProblem } from "./forms/elements.ts";
export type { PackageChange, PackageItem, PackageSection } from "./forms/packages.ts";
export type { NamedPackages } from "./named-packages.ts";
export type { NoUpgrade, UpgradePlan } from "./upgrade-plan.ts";
export { describeUpgrade } from "./upgrade-words.ts";

/** The language service for one schema. */
export function createLanguage(options: LanguageOptions): Language {
  const { schema, schemaVersion, formats = [], xmlThroughMarkup = false } = options;
  const newest = schema?.version ?? schemaVersion;
  const target = {
    ...options,
    schemaVersion: newest,
    formats,
    xmlThroughMarkup,
    verdicts: new WeakMap(),
    checks: new WeakMap(),
    rules: {
      pieces: new WeakMap(),
      parts: new WeakMap(),
      looks: new WeakMap(),
      scripts: new Map(),
      paths: new WeakMap(),
      soundTypes: new WeakMap(),
    },
  };
  const read = createReader({ xmlThroughMarkup });
  return {
    validate: (request) => validate(target, read, request),
    complete: (request) => (schema === null ? { items: [] } : complete(schema, read(request), request.offset)),
    matrix(request) {
      const described = describedBy(read(request).contexts[0], target.schemaVersion);
      return described && profileMatrix(described, request.choice.architecture, [request.choice.profiles]);
    },
    effective: (request) => effective(read(request), target.schemaVersion, request.choice, request.upgraded),
    namedPackages: (request, architecture) => namedPackages(read(request).contexts[0], architecture),
    wantedPackages: (request) => wantedPackages(read(request).contexts[0], target.schemaVersion, request.choice),
    packageAt: (request) => packageAt(read(request), request.offset),
    packageSections: (request) => packageSections(read(request).contexts[0]),
    changePackages: (request, change) => changePackages(read(request).contexts[0], change),
    form: (request) => descriptionForm(target, read, request),
    formChoices(request, place) {
      const reading = read(request);
      const element = elementAtPlace(reading.contexts[0], place);
      return schema === null || element === null ? [] : choicesFor(schema, element, reading);
    },
    changeForm: (request, change) => changeForm(target, read, request, change),
    fixes: (request, problem) => fixes(target, read(request), problem, xmlThroughMarkup),
    convert: ({ path, text }, to) => convert(path, text, to),
    upgrade: (request) => planUpgrade(read(request), target.schemaVersion),
    hover: (request) => (schema === null ? null : hover(schema, read(request), request.offset)),
    outline: (request) => outline(read(request).document),
    folding: (request) => foldingRanges(read(request).document),
    selection: (request) => selectionRanges(read(request).document, request.offset),
    tagPair: (request) => tagPair(read(request).document, request.offset),
    closingTag: (request) => closingTag(read(request).document, request.offset),
    format: (request, layout) => format(read(request).document, layout),
    definition: (request) => definition(read, request),
    references: (request) => references(read, request),
    renamable: (request) => renamable(read, request),
    rename: (request, newName) => rename(read, request, newName),
    links: (request) => links(read(request)),
    lenses: (request) => lenses(read, request),
  };
}
