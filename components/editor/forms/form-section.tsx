import { Badge, Group, Text, Title } from "@mantine/core";
import type { FormElement } from "#lib/kiwi/language/index.ts";
import { AddElement, AddSetting } from "./add-setting.tsx";
import { ElementBody, ElementCard } from "./element-card.tsx";
import { anchorOf, placeOf, profilesOf } from "./form-words.ts";
import classes from "./forms.module.css";
import { known, partsOf, type SectionId, sections, typesOf } from "./sections.ts";

interface FormSectionProps {
  root: FormElement;
  id: SectionId;
}

/** More parts than this are folded. */
const MANY = 5;

/** One part of the form. */
export function FormSection({ root, id }: FormSectionProps) {
  const section = sections.find((one) => one.id === id);
  if (section === undefined) return null;
  const parts = partsOf(section, root);
  const others = root.children.filter((child) => !parts.includes(child)).map(({ element }) => element);
  if (id === "image") {
    return (
      <div className={classes.card}>
        <ElementBody element={root} level={2} without={others} only="attribute" />
      </div>
    );
  }
  if (id === "types") {
    const count = parts.flatMap(typesOf).length;
    return parts.map((preferences) => (
      <Types key={anchorOf(preferences)} preferences={preferences} folds={count > MANY} />
    ));
  }
  const { adds } = section;
  return (
    <>
      {parts.length === 0 && (
        <Text size="sm" c="dimmed">
          {section.empty ?? "The description has none."}
        </Text>
      )}
      {parts.map((part, index) => (
        <ElementCard
          key={anchorOf(part)}
          element={part}
          before={id === "repositories" && parts.slice(0, index).some(({ path }) => path === part.path)}
          behind={id === "repositories" && parts.slice(index + 1).some(({ path }) => path === part.path)}
          without={id === "preferences" ? ["type"] : []}
          folds={parts.length > MANY}
        />
      ))}
      {adds ? (
        <AddElement place={placeOf(root)} element={adds.element} label={adds.label} />
      ) : (
        <AddSetting place={placeOf(root)} without={known} only="element" />
      )}
    </>
  );
}

/** The image types of one `<preferences>`. */
function Types({ preferences, folds }: { preferences: FormElement; folds: boolean }) {
  const types = typesOf(preferences);
  const profiles = profilesOf(preferences);
  return (
    <>
      <Group gap="xs" mt={4}>
        <Title order={2} size="h6">
          {profiles === "" ? "For all profiles" : `For ${profiles.replaceAll(",", ", ")}`}
        </Title>
        {types.length > 1 && (
          <Badge variant="default" size="sm" tt="none">
            {types.length} types
          </Badge>
        )}
      </Group>
      {types.map((type, index) => (
        <ElementCard
          key={anchorOf(type)}
          element={type}
          level={3}
          folds={folds}
          before={index > 0}
          behind={index < types.length - 1}
        />
      ))}
      <AddElement place={placeOf(preferences)} element="type" label="Add an image type" />
    </>
  );
}
