import { compileSchema, createLanguage } from "#lib/kiwi/language/index.ts";
import { LanguageDesk } from "./desk.ts";
import { FastLane } from "./fast-lane.ts";
import { loadSchema } from "./load-schema.ts";
import { noteTime } from "./note-time.ts";
import type { Lane, LanguageMethods, Method, Notice, Reply, Request } from "./protocol.ts";
import { warmUp } from "./warm-up.ts";

/** The side of the language protocol that thinks, away from the thread that draws. */

type Answers = {
  [M in Method]: (
    params: LanguageMethods[M]["takes"],
  ) => LanguageMethods[M]["gives"] | Promise<LanguageMethods[M]["gives"]>;
};

const desk = new LanguageDesk();

const answers: Answers = {
  async useSchema({ schema: wanted, reason }) {
    if (wanted === null) {
      desk.language = createLanguage({ schema: null, kiwiVersion: null, schemaVersion: null });
      return { kind: "absent", reason };
    }
    const { text, ...kiwi } = await loadSchema(wanted);
    const options = { ...kiwi, schema: compileSchema(text) };
    desk.language = createLanguage(options);
    desk.languageOfSaved = createLanguage(options);
    setTimeout(inSteps, FIRST_LOOK_MS, warmUp(options));
    return { kind: "ready", kiwiVersion: kiwi.kiwiVersion, schemaVersion: kiwi.schemaVersion };
  },
  check: (params) => desk.check(params),
  complete: (params) => desk.complete(params),
  hover: (params) => desk.hover(params),
  outline: (params) => desk.outline(params),
  folding: (params) => desk.folding(params),
  selection: (params) => desk.selection(params),
  tagPair: (params) => desk.tagPair(params),
  closingTag: (params) => desk.closingTag(params),
  format: (params) => desk.format(params),
  definition: (params) => desk.definition(params),
  references: (params) => desk.references(params),
  renamable: (params) => desk.renamable(params),
  rename: (params) => desk.rename(params),
  links: (params) => desk.links(params),
  fixes: (params) => desk.fixes(params),
  convert: (params) => desk.convert(params),
  upgrade: (params) => desk.upgrade(params),
  lenses: (params) => desk.lenses(params),
  effective: (params) => desk.effective(params),
  matrix: (params) => desk.matrix(params),
  namedPackages: (params) => desk.namedPackages(params),
  wantedPackages: (params) => desk.wantedPackages(params),
  packageAt: (params) => desk.packageAt(params),
  form: (params) => desk.form(params),
  formChoices: (params) => desk.formChoices(params),
  changeForm: (params) => desk.changeForm(params),
  packageSections: (params) => desk.packageSections(params),
  changePackages: (params) => desk.changePackages(params),
};

function answer<M extends Method>(method: M, params: LanguageMethods[M]["takes"]) {
  return answers[method](params);
}

async function reply(request: Request): Promise<Reply> {
  const start = performance.now();
  try {
    const result = await answer(request.method, request.params);
    noteTime(`kiwi.${request.method}`, start);
    return { id: request.id, result };
  } catch (error) {
    return { id: request.id, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Long enough for what a page asks when it opens. */
const FIRST_LOOK_MS = 300;

/** One step after the other, and between them whatever the page asks. */
function inSteps(work: Iterator<void>): void {
  if (work.next().done !== true) setTimeout(inSteps, 0, work);
}

let lane: FastLane | null = null;

async function serve(request: Request): Promise<void> {
  const start = performance.now();
  const message = await reply(request);
  // One check is asked for at a time.
  if (request.method === "check") lane?.put(message, performance.now() - start);
  self.postMessage(message);
}

self.onmessage = ({ data }: MessageEvent<Lane | Notice | Request>) => {
  if (data.kind === "request") void serve(data);
  else if (data.kind === "lane") lane = data.memory === undefined ? null : new FastLane(data.memory);
  else desk.take(data);
};
