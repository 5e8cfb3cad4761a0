import { Button, Table, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useDeferredValue, useState } from "react";
import type { Build } from "#lib/contracts/build.ts";
import type { ListedPackage } from "#lib/contracts/build-contents.ts";
import { formatBytes, formatCount } from "../../ui/format.ts";
import { SearchField } from "../../ui/search-field.tsx";
import { SortableHeader, type Sorting, sorted } from "./sortable.tsx";
import classes from "./tables.module.css";
import { WhyPackage } from "./why-package.tsx";

/** As many rows as a browser draws without a wait. */
const FIRST_ROWS = 300;

const columns = [
  ["name", "Package"],
  ["version", "Version"],
  ["architecture", "Architecture"],
  ["bytes", "Installed size"],
  ["licence", "Licence"],
] as const;
type Column = (typeof columns)[number][0];

/** The packages of an image, to be searched and sorted; each tells why it is there. */
export function PackagesTable({ build, packages }: { build: Build; packages: readonly ListedPackage[] }) {
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
      <SearchField
        label="Search packages"
        placeholder="Name or licence"
        words={words}
        onWords={setWords}
        found={formatCount(found.length, "package")}
      />
      <Table.ScrollContainer minWidth={480}>
        <Table verticalSpacing={3} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {used.map(([key, title]) => (
                <SortableHeader
                  key={key}
                  column={key}
                  title={title}
                  sorting={sorting}
                  onSort={setSorting}
                  numbers={key === "bytes"}
                />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((each) => (
              <PackageRow
                key={`${each.name}|${each.architecture}|${each.version}`}
                build={build}
                each={each}
                used={used}
              />
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

function PackageRow({ build, each, used }: { build: Build; each: ListedPackage; used: (typeof columns)[number][] }) {
  const [open, setOpen] = useState(false);
  const Arrow = open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Table.Tr>
        {used.map(([key]) => (
          <Table.Td key={key} className={cellClass[key]}>
            {key === "name" && (
              <UnstyledButton
                className={classes.unfold}
                aria-expanded={open}
                title={`Why is ${each.name} in the image?`}
                onClick={() => setOpen(!open)}
              >
                <Arrow size={14} aria-hidden />
                {each.name}
              </UnstyledButton>
            )}
            {key === "bytes" && (each.bytes === null ? "–" : formatBytes(each.bytes))}
            {key !== "name" && key !== "bytes" && (each[key] ?? "–")}
          </Table.Td>
        ))}
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={used.length} className={classes.why}>
            <WhyPackage build={build} name={each.name} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

const cellClass: Partial<Record<Column, string>> = {
  version: classes.version ?? "",
  bytes: classes.number ?? "",
};
