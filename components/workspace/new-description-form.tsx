"use client";

import { Alert, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { Template, TemplateField } from "#lib/contracts/template.ts";
import { errorStatus, useTRPC } from "../trpc.tsx";
import { errorMessage, refusedField } from "../ui/error-message.ts";
import { descriptionHref } from "../ui/links.ts";
import { checkForm, type FieldErrors, type NewDescriptionForm as Form, formFor } from "./new-description.ts";

/** Asks for what a template needs; leads to the editor when the description is there. */
export function NewDescriptionForm({ templates, onCancel }: { templates: readonly Template[]; onCancel: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [template, setTemplate] = useState<Template | undefined>(templates[0]);
  const [form, setForm] = useState<Form | undefined>(template && formFor(template));
  const [errors, setErrors] = useState<FieldErrors>({});
  const formElement = useRef<HTMLFormElement>(null);
  // The templates come after the dialog has given the focus to its close button.
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) formElement.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  const refuse = (found: FieldErrors) => {
    setErrors(found);
    if (Object.keys(found).length > 0) setRefusals((count) => count + 1);
  };
  const create = useMutation(
    trpc.descriptions.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries(trpc.descriptions.list.queryFilter());
        router.push(descriptionHref(id));
      },
      onError: (error) => refuse(form ? errorsOf(error, form) : {}),
    }),
  );
  if (!template || !form) return <Text>There are no templates.</Text>;

  const choose = (id: string | null) => {
    const chosen = templates.find((one) => one.id === id);
    if (!chosen) return;
    setTemplate(chosen);
    setForm(formFor(chosen));
    setErrors({});
  };
  const submit = () => {
    const checked = checkForm(template, form);
    refuse(checked.errors ?? {});
    if (checked.wish) create.mutate(checked.wish);
  };
  const field = (name: keyof Form) => ({
    value: form[name],
    error: errors[name],
    required: true,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      // The folder follows the name until it is given one of its own.
      const follows = name === "name" && form.folder === form.name;
      setForm({ ...form, [name]: value, ...(follows ? { folder: value } : {}) });
      setErrors({ ...errors, [name]: undefined });
    },
  });
  const { release, repository } = template.fields;

  return (
    <form
      ref={formElement}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <Select
          ref={first}
          label="Template"
          data={templates.map(({ id, title }) => ({ value: id, label: title }))}
          value={template.id}
          onChange={choose}
          allowDeselect={false}
          description={`${template.summary} Package manager ${template.packageManager}; builds ${template.types.join(", ")}.`}
          data-autofocus
        />
        <Group grow align="flex-start">
          <TextInput label="Image name" description="The result files are named after it." {...field("name")} />
          <TextInput label="Version" description="Major, minor, release." {...field("version")} />
        </Group>
        <TextInput label="Folder" description="A new folder in the workspace." {...field("folder")} />
        {release && <ExtraField ask={release} {...field("release")} />}
        {repository && <ExtraField ask={repository} {...field("repository")} />}
        {create.isError && Object.keys(errors).length === 0 && (
          <Alert color="red" variant="outline" title="The description could not be made" role="alert">
            {errorMessage(create.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending || create.isSuccess}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ExtraFieldProps {
  ask: TemplateField;
  value: string;
  error: string | undefined;
  required: boolean;
  onChange: (event: { currentTarget: { value: string } }) => void;
}

function ExtraField({ ask, onChange, ...field }: ExtraFieldProps) {
  const common = { label: ask.label, description: ask.help, ...field };
  if (!ask.options) return <TextInput {...common} onChange={onChange} />;
  return (
    <Select
      {...common}
      data={ask.options}
      allowDeselect={false}
      onChange={(value) => onChange({ currentTarget: { value: value ?? "" } })}
    />
  );
}

/** What the backend refused, at its field; a folder that exists is its only conflict. */
function errorsOf(error: unknown, form: Form): FieldErrors {
  if (errorStatus(error) === 409) return { folder: errorMessage(error) };
  const refused = refusedField(error);
  return refused && refused.field in form ? { [refused.field]: refused.reason } : {};
}
