import { Button, Group, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { gitIdentitySchema } from "#lib/contracts/git.ts";
import { useTRPC } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import { formatCount } from "../../ui/format.ts";

interface CommitFormProps {
  description: string;
  chosen: readonly string[];
  /** Chosen files with text that is not saved. */
  unsaved: readonly string[];
  after(): Promise<void>;
}

/** Commits the chosen files; asks who does it where git does not know. */
export function CommitForm({ description, chosen, unsaved, after }: CommitFormProps) {
  const trpc = useTRPC();
  const [message, setMessage] = useState("");
  const [own, setOwn] = useState({ name: "", email: "" });
  const known = useQuery(trpc.git.identity.queryOptions({ description }));
  const commit = useMutation(
    trpc.git.commit.mutationOptions({
      onSuccess: async () => {
        setMessage("");
        await after();
      },
    }),
  );
  const identity = gitIdentitySchema.safeParse(known.data ?? own);
  const field = (name: "name" | "email", label: string) => (
    <TextInput
      size="xs"
      label={label}
      value={own[name]}
      onChange={(event) => setOwn({ ...own, [name]: event.currentTarget.value })}
    />
  );
  const ready = chosen.length > 0 && message.trim() !== "" && identity.success;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (identity.success) commit.mutate({ description, paths: [...chosen], message, identity: identity.data });
      }}
    >
      <Stack gap="xs">
        <Textarea
          size="xs"
          label="Message"
          placeholder="What has changed, and why"
          autosize
          minRows={2}
          maxRows={8}
          value={message}
          onChange={(event) => {
            setMessage(event.currentTarget.value);
            commit.reset();
          }}
        />
        {known.data === null && (
          <Group grow gap="xs" align="flex-end">
            {field("name", "Your name")}
            {field("email", "Your address")}
          </Group>
        )}
        {unsaved.length > 0 && (
          <Text size="xs" c="orange" role="status">
            Only what is saved is committed; not saved: {unsaved.join(", ")}.
          </Text>
        )}
        {commit.isError && (
          <Text size="xs" c="red" role="alert">
            {errorMessage(commit.error)}
          </Text>
        )}
        <Button size="xs" type="submit" disabled={!ready} loading={commit.isPending}>
          Commit {formatCount(chosen.length, "file")}
        </Button>
      </Stack>
    </form>
  );
}
