import { Text } from "@mantine/core";
import type { FormElement } from "#lib/kiwi/language/index.ts";
import { formatCount } from "../../ui/format.ts";
import { SeverityIcon } from "../problems/severity-icon.tsx";
import { useStore } from "../session/use-store.ts";
import { useForm } from "./form-context.ts";
import classes from "./forms.module.css";

/** Whether a repository answers, and how much it offers; nothing where the builder has not asked it. */
export function RepositoryAnswer({ repository }: { repository: FormElement }) {
  const { session } = useForm();
  const states = useStore(session.packages.repositories);
  const address = repository.children
    .find(({ element }) => element === "source")
    ?.fields.find(({ name }) => name === "path")?.value;
  const state = states.find(({ source }) => source === address);
  if (state === undefined) return null;
  if (state.problem === null) {
    return (
      <Text size="xs" c="dimmed">
        It answers, and offers {formatCount(state.packages ?? 0, "package")}.
      </Text>
    );
  }
  return (
    <Text size="xs" className={classes.remark} component="p">
      <SeverityIcon severity="info" /> {state.problem}
    </Text>
  );
}
