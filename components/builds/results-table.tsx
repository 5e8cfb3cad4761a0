import { Anchor, Table, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { Build, ResultFile } from "#lib/contracts/build.ts";
import { CopyIcon } from "../ui/copy-button.tsx";
import { formatBytes } from "../ui/format.ts";
import { resultHref } from "../ui/links.ts";
import classes from "./results-table.module.css";

/** The files that a build left for its user. */
export function ResultsTable({ build }: { build: Build }) {
  return (
    <section aria-label="Results" className={classes.results}>
      <Table verticalSpacing={3} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Result</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th>SHA-256</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {build.results.map((file) => (
            <ResultRow key={file.name} build={build} file={file} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function ResultRow({ build, file }: { build: Build; file: ResultFile }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor href={resultHref(build.id, file.name)} download={file.name} size="sm" className={classes.name}>
          <IconDownload size={16} aria-label="Download" role="img" />
          {file.name}
        </Anchor>
        <Text span size="xs" c="dimmed" ml={8}>
          {file.key.replaceAll("_", " ")}
        </Text>
      </Table.Td>
      <Table.Td ta="right" title={`${file.size.toLocaleString("en")} bytes`} className={classes.size}>
        {formatBytes(file.size)}
      </Table.Td>
      <Table.Td>
        <span className={classes.checksum}>
          <code title={file.sha256}>{file.sha256}</code>
          <CopyIcon value={file.sha256} what={`SHA-256 of ${file.name}`} />
        </span>
      </Table.Td>
    </Table.Tr>
  );
}
