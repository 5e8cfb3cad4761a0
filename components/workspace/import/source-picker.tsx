import { Button, Group, Text } from "@mantine/core";
import { useFileDialog } from "@mantine/hooks";
import { IconFileZip, IconFolder } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { droppedSource } from "./dropped.ts";
import classes from "./import.module.css";
import { describeSource, folderSource, type ImportSource } from "./import-source.ts";

interface SourcePickerProps {
  source: ImportSource | null;
  onSource(source: ImportSource): void;
}

/** Takes an archive or a folder, chosen or dropped. */
export function SourcePicker({ source, onSource }: SourcePickerProps) {
  const [over, setOver] = useState(false);
  const archive = useFileDialog({
    multiple: false,
    resetOnOpen: true,
    accept: ".zip,.tar,.gz,.tgz,.xz,.txz,.zst,.tzst",
    onChange: (files) => files?.[0] && onSource({ kind: "archive", file: files[0] }),
  });
  const folder = useFileDialog({
    directory: true,
    resetOnOpen: true,
    onChange: (files) =>
      files && onSource(folderSource([...files].map((file) => ({ path: file.webkitRelativePath || file.name, file })))),
  });

  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedSource(event.dataTransfer).then((dropped) => dropped && onSource(dropped));
  };

  return (
    <fieldset
      className={classes.drop}
      aria-label="What to import"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Text size="sm" fw={source ? 600 : 400} role="status" ta="center">
        {source ? describeSource(source) : "Drop an archive (.zip, .tar, .tar.gz, .tar.xz, .tar.zst) or a folder here."}
      </Text>
      <Group justify="center" gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileZip size={16} aria-hidden />}
          onClick={archive.open}
          data-autofocus
        >
          Choose an archive
        </Button>
        <Button size="xs" variant="default" leftSection={<IconFolder size={16} aria-hidden />} onClick={folder.open}>
          Choose a folder
        </Button>
      </Group>
    </fieldset>
  );
}
