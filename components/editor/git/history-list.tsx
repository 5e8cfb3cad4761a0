import { SegmentedControl, Text, Title, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "../../trpc.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Moment } from "../../ui/moment.tsx";
import classes from "./git.module.css";

interface HistoryListProps {
  description: string;
  /** The file that is shown. */
  path: string;
  /** The commit that it is compared with; null = the last one. */
  shown: string | null;
  onShow(commit: string): void;
}

/** The last commits of the file or of the whole description; each can be compared with the text as it is now. */
export function HistoryList({ description, path, shown, onShow }: HistoryListProps) {
  const trpc = useTRPC();
  const [of, setOf] = useState<"file" | "folder">("file");
  const log = useQuery(trpc.git.log.queryOptions({ description, path: of === "file" ? path : null }));
  return (
    <section aria-label="History">
      <Title order={2} size="sm" mb={4}>
        History
      </Title>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label="Commits of"
        data={[
          { value: "file", label: path.split("/").at(-1) ?? path },
          { value: "folder", label: "Description" },
        ]}
        value={of}
        onChange={setOf}
      />
      {log.isError && <Failure title="The history could not be read" error={log.error} />}
      {log.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          No commits yet.
        </Text>
      )}
      <ul className={classes.list}>
        {log.data?.map(({ id, subject, author, date }) => (
          <li key={id} className={classes.item} data-shown={id === shown || undefined}>
            <UnstyledButton
              className={classes.commit}
              aria-current={id === shown ? "true" : undefined}
              title={`Compare ${path} with this version`}
              onClick={() => onShow(id)}
            >
              <Text size="sm" lineClamp={2}>
                {subject || "(no message)"}
              </Text>
              <Text size="xs" c="dimmed" truncate>
                {id.slice(0, 8)}, {author}, <Moment iso={date} />
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
