import { type NewDescription, newDescriptionSchema, type Template } from "#lib/contracts/template.ts";

/** What the dialog's fields hold; a field that the template does not ask for is ignored. */
export interface NewDescriptionForm {
  folder: string;
  name: string;
  version: string;
  release: string;
  repository: string;
}

export type FieldErrors = Partial<Record<keyof NewDescriptionForm, string>>;

/** What the dialog shows when a template is chosen. */
export function formFor(template: Template): NewDescriptionForm {
  return {
    folder: `my-${template.id}`,
    name: `my-${template.id}`,
    version: "1.0.0",
    release: template.fields.release?.default ?? "",
    repository: template.fields.repository?.default ?? "",
  };
}

const empty: Record<keyof NewDescriptionForm, string> = {
  folder: "Give the new folder a name.",
  name: "Give the image a name.",
  version: "Give the image a version, for example 1.0.0.",
  release: "Choose a release.",
  repository: "Give the address of a repository.",
};

/** Checks the form: the wish to send, or what is wrong at which field. */
export function checkForm(
  template: Template,
  form: NewDescriptionForm,
): { wish: NewDescription; errors: null } | { wish: null; errors: FieldErrors } {
  const asked: (keyof NewDescriptionForm)[] = ["folder", "name", "version"];
  if (template.fields.release) asked.push("release");
  if (template.fields.repository) asked.push("repository");
  const values = Object.fromEntries(asked.map((field) => [field, form[field].trim()]));
  const errors: FieldErrors = {};
  for (const field of asked) if (values[field] === "") errors[field] = empty[field];
  const parsed = newDescriptionSchema.safeParse({ template: template.id, ...values });
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0] as keyof NewDescriptionForm;
    errors[field] ??= issue.message;
  }
  if (values.repository && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(values.repository)) {
    errors.repository ??=
      "This is no address: it begins with https:, http:, dir: or another scheme, and has no spaces.";
  }
  return parsed.success && Object.keys(errors).length === 0
    ? { wish: parsed.data, errors: null }
    : { wish: null, errors };
}
