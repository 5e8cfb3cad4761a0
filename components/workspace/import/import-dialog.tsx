"use client";

import { Alert, Button, Group, Modal, Progress, SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useTRPC } from "../../trpc.tsx";
import { errorMessage, refusedField } from "../../ui/error-message.ts";
import { descriptionHref } from "../../ui/links.ts";
import classes from "./import.module.css";
import { ImportResult } from "./import-result.tsx";
import { type ImportSource, pastedSource, refusalOf, suggestedFolder } from "./import-source.ts";
import { sendImport } from "./send-import.ts";
import { SourcePicker } from "./source-picker.tsx";

type Way = "files" | "text";

const ways: { value: Way; label: string }[] = [
  { value: "files", label: "Archive or folder" },
  { value: "text", label: "Pasted text" },
];

/** Brings descriptions from elsewhere into a new folder of the workspace. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [way, setWay] = useState<Way>("files");
  const [picked, setPicked] = useState<ImportSource | null>(null);
  const [text, setText] = useState("");
  const [folder, setFolder] = useState("");
  const [part, setPart] = useState(0);
  const stop = useRef<AbortController | null>(null);
  const pasted = text.trim() === "" ? null : pastedSource(text);
  const source = way === "files" ? picked : pasted;
  const refusal = source && refusalOf(source);

  const send = useMutation({
    mutationFn: (source: ImportSource) => {
      stop.current = new AbortController();
      setPart(0);
      return sendImport(folder.trim(), source, { onProgress: setPart, signal: stop.current.signal });
    },
    onSuccess: async ({ descriptions: [first, ...others], leftOut }) => {
      await queryClient.invalidateQueries(trpc.descriptions.list.queryFilter());
      if (first !== undefined && others.length === 0 && leftOut.length === 0) router.push(descriptionHref(first));
    },
  });
  const refused = refusedField(send.error);

  const pick = (source: ImportSource) => {
    // A name that somebody has written stays.
    if (folder === "" || (picked && folder === suggestedFolder(picked))) setFolder(suggestedFolder(source));
    setPicked(source);
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
          if (source && !refusal) send.mutate(source);
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label="What the description comes from"
            data={ways}
            value={way}
            onChange={(next) => {
              setWay(next);
              send.reset();
            }}
          />
          {way === "files" ? (
            <SourcePicker source={picked} onSource={pick} />
          ) : (
            <Textarea
              label="Text of the image file"
              description={`XML, YAML, JSON or TOML. It becomes ${pasted?.kind === "files" ? pasted.files[0]?.path : "config.xml"}.`}
              className={classes.text}
              autosize
              minRows={8}
              maxRows={16}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
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
          {send.isPending && <Progress value={part * 100} aria-label="Sent" />}
          {refusal ? (
            <Alert color="red" variant="outline" title="This cannot be imported" role="alert">
              {refusal}
            </Alert>
          ) : (
            send.isError &&
            refused?.field !== "folder" && (
              <Alert color="red" variant="outline" title="Nothing was imported" role="alert">
                {errorMessage(send.error)}
              </Alert>
            )
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button
              type="submit"
              disabled={!source || refusal !== null || folder.trim() === ""}
              loading={send.isPending}
            >
              Import
            </Button>
          </Group>
        </Stack>
      </form>
    );
  }
}
