import { Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc.tsx";

export interface Repository {
  url: string;
  /** "" = the one that the repository itself names. */
  branch: string;
}

interface GitFieldsProps {
  repository: Repository;
  /** What was refused of the address. */
  error: string | undefined;
  onRepository(repository: Repository): void;
}

/** Asks which repository, and which branch of it. */
export function GitFields({ repository, error, onRepository }: GitFieldsProps) {
  return (
    <Stack gap="sm">
      <TextInput
        label="Address"
        description="By https: or ssh:. Logins and keys are those that the web server's machine has."
        placeholder="https://example.com/images.git"
        required
        value={repository.url}
        error={error}
        onChange={(event) => onRepository({ ...repository, url: event.currentTarget.value })}
      />
      <TextInput
        label="Branch"
        description="Empty for the one that the repository itself names."
        value={repository.branch}
        onChange={(event) => onRepository({ ...repository, branch: event.currentTarget.value })}
      />
    </Stack>
  );
}

/** What git says while it clones. */
export function CloneProgress({ id }: { id: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.git.cloneProgress.queryOptions({ id }, { refetchInterval: 1_000 }));
  return (
    <Text size="xs" c="dimmed" role="status">
      {data || "git is at work"}
    </Text>
  );
}

/** A name for the new folder: the last part of the address. */
export const folderOfAddress = (url: string) =>
  url
    .trim()
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .replace(/^.*[/:]/, "")
    .replace(/^\.+/, "");
