import { ActionIcon, Anchor, Badge, Group, Text, Title, UnstyledButton } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconTrash,
} from "@tabler/icons-react";
import { useState } from "react";
import type { FormChoice, FormElement } from "#lib/kiwi/language/index.ts";
import { SeverityIcon } from "../problems/severity-icon.tsx";
import { AddElement, AddSetting } from "./add-setting.tsx";
import { ErrorCount } from "./error-count.tsx";
import { useChange, useForm } from "./form-context.ts";
import { FormField } from "./form-field.tsx";
import { anchorOf, countErrors, holds, placeOf, profilesOf, titleOf } from "./form-words.ts";
import classes from "./forms.module.css";
import { Refusal } from "./refusal.tsx";
import { RepositoryAnswer } from "./repository-answer.tsx";

interface ElementCardProps {
  element: FormElement;
  /** How deep its heading stands: 2 for a part of a section. */
  level?: 2 | 3 | 4;
  /** Its neighbours of the same name: it can be moved past them. */
  before?: boolean;
  behind?: boolean;
  /** Children that are shown elsewhere. */
  without?: readonly string[];
  /** It is one of many: only its heading is shown until somebody opens it, or came from there. */
  folds?: boolean;
}

/** An element: what it says of itself, what is inside, and what can be added. */
export function ElementCard({
  element,
  level = 2,
  before = false,
  behind = false,
  without = [],
  folds = false,
}: ElementCardProps) {
  const { onGo, opened } = useForm();
  const title = titleOf(element);
  const profiles = profilesOf(element);
  const { path, line } = element;
  const [open, setOpen] = useState(() => !folds || (opened !== null && holds(element, opened)));
  const errors = open ? 0 : countErrors(element);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <section className={classes.card} id={anchorOf(element)} aria-label={`${title}, ${path} line ${line}`}>
      <div className={classes.head}>
        <Group gap="xs">
          <Title order={level} size="h6">
            {folds ? (
              <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
                <Chevron size={14} aria-hidden /> {title}
              </UnstyledButton>
            ) : (
              title
            )}
          </Title>
          {profiles !== "" && (
            <Badge variant="default" size="sm" tt="none">
              profiles: {profiles.replaceAll(",", ", ")}
            </Badge>
          )}
          <ErrorCount count={errors} />
        </Group>
        <Group gap={4}>
          <Anchor component="button" size="xs" title="Show in the text" onClick={() => onGo({ file: path, line })}>
            {path}:{line}
          </Anchor>
          <Actions element={element} title={title} before={before} behind={behind} />
        </Group>
      </div>
      {open && <ElementBody element={element} level={level} without={without} />}
    </section>
  );
}

interface ElementBodyProps extends Required<Pick<ElementCardProps, "element" | "level" | "without">> {
  /** What can be added; absent = everything. */
  only?: FormChoice["kind"];
}

/** The fields of an element, and its children: those that are no more than a text are fields as well. */
export function ElementBody({ element, level, without, only }: ElementBodyProps) {
  const place = placeOf(element);
  const list = lists[element.element];
  const children = element.children.filter((child) => !without.includes(child.element));
  const nested = children.filter((child) => !child.plain);
  return (
    <>
      {element.problems.map(({ severity, message }) => (
        <Text key={message} size="xs" className={classes.remark} component="p">
          <SeverityIcon severity={severity} /> {message}
        </Text>
      ))}
      {element.element === "repository" && <RepositoryAnswer repository={element} />}
      <div className={classes.fields}>
        {element.fields
          .toSorted((one, other) => rank(one) - rank(other))
          .map((field) => (
            <FormField
              key={field.name ?? "text"}
              place={place}
              field={field}
              label={field.name ?? element.element}
              removal={
                field.required || field.name === null
                  ? null
                  : { kind: "set", place, fields: [{ name: field.name, value: null }] }
              }
            />
          ))}
        {children
          .filter((child) => child.plain)
          .map((child) => (
            <PlainChild key={anchorOf(child)} child={child} />
          ))}
      </div>
      {nested.map((child) => (
        <ElementCard
          key={anchorOf(child)}
          element={child}
          level={level === 2 ? 3 : 4}
          before={alike(nested, child)[0] !== child}
          behind={alike(nested, child).at(-1) !== child}
        />
      ))}
      <div className={classes.adding}>
        {list && <AddElement place={place} {...list} />}
        {element.takesMore && <AddSetting place={place} without={without} only={only} />}
      </div>
    </>
  );
}

/** What tells an element from others comes first, then what it has to have. */
const rank = ({ name, required }: FormElement["fields"][number]): number =>
  name === "image" || name === "name" ? 0 : required ? 1 : 2;

/** Elements that are lists of others. */
const lists: Readonly<Record<string, { element: string; label: string }>> = {
  users: { element: "user", label: "Add a user" },
  profiles: { element: "profile", label: "Add a profile" },
  partitions: { element: "partition", label: "Add a partition" },
  systemdisk: { element: "volume", label: "Add a volume" },
};

const alike = (all: readonly FormElement[], one: FormElement) => all.filter(({ element }) => element === one.element);

function PlainChild({ child }: { child: FormElement }) {
  const [field] = child.fields;
  if (field === undefined) return null;
  const place = placeOf(child);
  return (
    <div id={anchorOf(child)}>
      <FormField
        place={place}
        field={{ ...field, problems: [...child.problems, ...field.problems] }}
        label={child.element}
        removal={child.required ? null : { kind: "remove", place }}
      />
    </div>
  );
}

interface ActionsProps extends Required<Pick<ElementCardProps, "element" | "before" | "behind">> {
  title: string;
}

/** What can be done with an element as a whole. */
function Actions({ element, title, before, behind }: ActionsProps) {
  const { busy } = useForm();
  const { make, refused, forget } = useChange();
  const place = placeOf(element);
  if (element.at.length === 0) return null;
  const actions = [
    before && { label: "Move up", Icon: IconArrowUp, change: { kind: "move", place, to: "up" } as const },
    behind && { label: "Move down", Icon: IconArrowDown, change: { kind: "move", place, to: "down" } as const },
    element.repeats && { label: "Copy", Icon: IconCopy, change: { kind: "copy", place } as const },
    !element.required && { label: "Remove", Icon: IconTrash, change: { kind: "remove", place } as const },
  ].filter((action) => action !== false);
  return (
    <>
      {actions.map(({ label, Icon, change }) => (
        <ActionIcon
          key={label}
          size={24}
          variant="subtle"
          color="gray"
          aria-label={`${label} ${title}`}
          title={label}
          // Disabled, it would lose the focus.
          aria-disabled={busy}
          onClick={() => !busy && void make(change)}
        >
          <Icon size={15} aria-hidden />
        </ActionIcon>
      ))}
      {refused && <Refusal refused={refused} onInstead={(change) => void make(change)} onClose={forget} />}
    </>
  );
}
