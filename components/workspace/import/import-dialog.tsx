"use client";

import { Alert, Button, Group, Modal, Progress, SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { Imported } from "#lib/contracts/import.ts";
import { useTRPC, useTRPCClient } from "../../trpc.tsx";
import { errorMessage, refusedField } from "../../ui/error-message.ts";
import { descriptionHref } from "../../ui/links.ts";
import { CloneProgress, folderOfAddress, GitFields, type Repository } from "./git-fields.tsx";
import classes from "./import.module.css";
import { ImportResult } from "./import-result.tsx";
import { type ImportSource, pastedSource, refusalOf, suggestedFolder } from "./import-source.ts";
import { sendImport } from "./send-import.ts";
import { SourcePicker } from "./source-picker.tsx";

type Way = "files" | "text" | "git";

const ways: { value: Way; label: string }[] = [
  { value: "files", label: "Archive or folder" },
  { value: "text", label: "Pasted text" },
  { value: "git", label: "Git repository" },
];

/** Brings descriptions from elsewhere into a new folder of the workspace. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [way, setWay] = useState<Way>("files");
  const [picked, setPicked] = useState<ImportSource | null>(null);
  const [text, setText] = useState("");
  const [repository, setRepository] = useState<Repository>({ url: "", branch: "" });
  const [folder, setFolder] = useState("");
  const [suggested, setSuggested] = useState("");
  const [part, setPart] = useState(0);
  const [id] = useState(() => randomId());
  const stop = useRef<AbortController | null>(null);
  const pasted = text.trim() === "" ? null : pastedSource(text);
  const source = { files: picked, text: pasted, git: null }[way];
  const refusal = source && refusalOf(source);
  const ready = folder.trim() !== "" && (way === "git" ? repository.url.trim() !== "" : source !== null && !refusal);

  const bring = (signal: AbortSignal): Promise<Imported> => {
    if (source) return sendImport(folder.trim(), source, { onProgress: setPart, signal });
    const branch = repository.branch.trim() || null;
    return client.git.clone.mutate({ id, folder: folder.trim(), url: repository.url, branch }, { signal });
  };
  const send = useMutation({
    mutationFn: () => {
      stop.current = new AbortController();
      setPart(0);
      return bring(stop.current.signal);
    },
    onSuccess: async ({ descriptions: [first, ...others], leftOut }) => {
      await queryClient.invalidateQueries(trpc.descriptions.list.queryFilter());
      if (first !== undefined && others.length === 0 && leftOut.length === 0) router.push(descriptionHref(first));
    },
  });
  const refused = refusedField(send.error);
  const shownAtField = refused !== null && ["folder", "url", "branch"].includes(refused.field);

  // A name that somebody has written stays.
  const suggest = (name: string) => {
    if (folder === suggested) setFolder(name);
    setSuggested(name);
    send.reset();
  };
  const close = () => {
    stop.current?.abort();
    onClose();
  };

  return (
    <Modal opened onClose={close} title="Import" size="lg" closeButtonProps={{ "aria-label": "Close" }}>
      {send.data ? <ImportResult imported={send.data} onClose={onClose} /> : form()}
    </Modal>
  );

  function form() {
    return (
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) send.mutate();
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label="What the description comes from"
            data={ways}
            value={way}
            disabled={send.isPending}
            onChange={(next) => {
              setWay(next);
              send.reset();
            }}
          />
          {fields()}
          <TextInput
            label="Folder"
            description="A new folder in the workspace."
            required
            value={folder}
            error={refused?.field === "folder" ? refused.reason : undefined}
            onChange={(event) => {
              setFolder(event.currentTarget.value);
              send.reset();
            }}
          />
          {send.isPending &&
            (way === "git" ? <CloneProgress id={id} /> : <Progress value={part * 100} aria-label="Sent" />)}
          {refusal && (
            <Alert color="red" variant="outline" title="This cannot be imported" role="alert">
              {refusal}
            </Alert>
          )}
          {send.isError && !refusal && !shownAtField && (
            <Alert color="red" variant="outline" title="Nothing was imported" role="alert">
              {errorMessage(send.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" disabled={!ready} loading={send.isPending}>
              Import
            </Button>
          </Group>
        </Stack>
      </form>
    );
  }

  function fields() {
    switch (way) {
      case "files":
        return (
          <SourcePicker
            source={picked}
            onSource={(source) => {
              setPicked(source);
              suggest(suggestedFolder(source));
            }}
          />
        );
      case "text":
        return (
          <Textarea
            label="Text of the image file"
            description={`XML, YAML, JSON or TOML. It becomes ${pasted?.kind === "files" ? pasted.files[0]?.path : "config.xml"}.`}
            className={classes.text}
            autosize
            minRows={8}
            maxRows={16}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              send.reset();
            }}
          />
        );
      case "git":
        return (
          <GitFields
            repository={repository}
            error={refused && refused.field !== "folder" && shownAtField ? refused.reason : undefined}
            onRepository={(next) => {
              setRepository(next);
              suggest(folderOfAddress(next.url));
            }}
          />
        );
    }
  }
}

/** Names one clone; `crypto.randomUUID` is there only over TLS or on the machine itself. */
const randomId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
