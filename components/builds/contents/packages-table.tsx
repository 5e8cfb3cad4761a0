import { Button, Table, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useState } from "react";
import type { InstalledPackage } from "#lib/builds/package-list.ts";
import { formatCount } from "../../ui/format.ts";
import { SortableHeader, type Sorting, sorted } from "./sortable.tsx";
import classes from "./tables.module.css";

/** As many rows as a browser draws without a wait. */
const FIRST_ROWS = 300;

const columns = [
  ["name", "Package"],
  ["version", "Version"],
  ["architecture", "Architecture"],
  ["licence", "Licence"],
] as const;
type Column = (typeof columns)[number][0];

/** The packages of an image, to be searched and sorted. */
export function PackagesTable({ packages }: { packages: readonly InstalledPackage[] }) {
  const [words, setWords] = useState("");
  const [sorting, setSorting] = useState<Sorting<Column>>({ by: "name", descending: false });
  const [all, setAll] = useState(false);
  const wanted = useDeferredValue(words.trim().toLowerCase());
  const found = packages.filter(
    ({ name, licence }) => name.toLowerCase().includes(wanted) || (licence ?? "").toLowerCase().includes(wanted),
  );
  const shown = sorted(found, sorting).slice(0, all ? undefined : FIRST_ROWS);
  // Debian and Arch do not tell licences in this list.
  const used = columns.filter(([key]) => packages.some((each) => each[key] !== null));
  return (
    <>
      <TextInput
        type="search"
        className={classes.search}
        leftSection={<IconSearch size={16} aria-hidden />}
        aria-label="Search packages"
        placeholder="Name or licence"
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      <Text size="xs" c="dimmed" mt={4} role="status">
        {formatCount(found.length, "package")}
      </Text>
      <Table.ScrollContainer minWidth={480}>
        <Table verticalSpacing={3} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {used.map(([key, title]) => (
                <SortableHeader key={key} column={key} title={title} sorting={sorting} onSort={setSorting} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((each) => (
              <Table.Tr key={`${each.name}|${each.architecture}|${each.version}`}>
                {used.map(([key]) => (
                  <Table.Td key={key} className={key === "version" ? classes.version : undefined}>
                    {each[key] ?? "–"}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {shown.length < found.length && (
        <Button variant="default" mt="sm" onClick={() => setAll(true)}>
          Show all {formatCount(found.length, "package")}
        </Button>
      )}
    </>
  );
}
