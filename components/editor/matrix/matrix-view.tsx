import { Center, Loader, Select, Switch, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { difference, type MatrixRow, type ProfileMatrix } from "#lib/kiwi/description/matrix.ts";
import { Failure } from "../../ui/failure.tsx";
import { useChoice } from "../choice/use-choice.ts";
import { ViewFrame } from "../page/view-frame.tsx";
import type { EditorSession } from "../session/editor-session.ts";
import { useAnswer } from "../session/use-answer.ts";
import { CellDetails } from "./cell-details.tsx";
import { type Combination, nameOf, rowName } from "./combination.ts";
import classes from "./matrix.module.css";

interface MatrixViewProps {
  session: EditorSession;
  main: string;
  /** Shows the effective description. */
  onEffective(): void;
}

/** What can be built of a description: sets of profiles and image types, compared with one of them. */
export function MatrixView({ session, main, onEffective }: MatrixViewProps) {
  const { setChoice, choice, full } = useChoice(session);
  const params = useMemo(() => ({ path: main, choice: full }), [main, full]);
  const { answer: matrix, failure } = useAnswer(session, "matrix", params);
  const [baseName, setBaseName] = useState<string | null>(null);
  const [chosenName, setChosenName] = useState<string | null>(null);
  const [onlyPossible, setOnlyPossible] = useState(false);

  if (failure !== null && !matrix) return <Failure title="The profiles could not be compared" error={failure} />;
  if (matrix === undefined) {
    return (
      <Center flex={1}>
        <Loader aria-label="The profiles are being compared" />
      </Center>
    );
  }
  if (matrix === null) return <Text p="md">{main} is no XML description: there is nothing to compare.</Text>;
  const all = matrix.rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })));
  const possible = all.filter(({ cell }) => cell.refusal === null);
  const base = possible.find((one) => nameOf(one) === baseName) ?? possible[0];
  const chosen = all.find((one) => nameOf(one) === chosenName);

  return (
    <ViewFrame
      label="Profile matrix"
      bar={
        <>
          <Select
            size="xs"
            label="Compare with"
            data={possible.map(nameOf)}
            value={base === undefined ? null : nameOf(base)}
            onChange={setBaseName}
            allowDeselect={false}
            searchable
            disabled={base === undefined}
            w="20rem"
          />
          <Switch
            size="xs"
            label="Only what can be built"
            checked={onlyPossible}
            onChange={(event) => setOnlyPossible(event.currentTarget.checked)}
            mb={7}
          />
          <Text size="xs" c="dimmed" flex="1 1 14rem">
            Packages that the description asks for on {full.architecture}, and how many more or fewer than there. KIWI's
            package manager adds what they depend on.
          </Text>
        </>
      }
    >
      <div className={classes.body}>
        <MatrixTable
          matrix={onlyPossible ? possibleRows(matrix) : matrix}
          base={base}
          chosen={chosen}
          onChoose={(one) => setChosenName(nameOf(one))}
        />
        {chosen && (
          <CellDetails
            chosen={chosen}
            base={base}
            onBase={() => setBaseName(nameOf(chosen))}
            onEffective={() => {
              setChoice({ ...choice, profiles: [...chosen.row.profiles], type: chosen.cell.type });
              onEffective();
            }}
            onClose={() => setChosenName(null)}
          />
        )}
      </div>
    </ViewFrame>
  );
}

function possibleRows(matrix: ProfileMatrix): ProfileMatrix {
  return { ...matrix, rows: matrix.rows.filter((row) => row.cells.some((cell) => cell.refusal === null)) };
}

interface MatrixTableProps {
  matrix: ProfileMatrix;
  base: Combination | undefined;
  chosen: Combination | undefined;
  onChoose(one: Combination): void;
}

function MatrixTable({ matrix, base, chosen, onChoose }: MatrixTableProps) {
  if (matrix.types.length === 0) return <Text p="md">The description has no image type: nothing can be built.</Text>;
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Profile</th>
            {matrix.types.map((type) => (
              <th key={type} scope="col">
                {type}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map((row) => (
            <tr key={rowName(row)}>
              <th scope="row">
                {rowName(row)}
                <Relations row={row} />
              </th>
              {row.cells.map((cell) => (
                <td key={cell.type} data-possible={cell.refusal === null || undefined}>
                  <CellButton
                    combination={{ row, cell }}
                    base={base}
                    pressed={chosen !== undefined && nameOf(chosen) === nameOf({ row, cell })}
                    onChoose={onChoose}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a row brings with it; the description's own words for the profile. */
function Relations({ row: { profiles, brings, description } }: { row: MatrixRow }) {
  const relation = profiles.length === 0 ? "imports" : "requires";
  const words = [description, brings.length > 0 && `${relation} ${brings.join(", ")}`].filter(Boolean);
  return words.length > 0 && <span className={classes.relation}>{words.join(" · ")}</span>;
}

interface CellButtonProps {
  combination: Combination;
  base: Combination | undefined;
  pressed: boolean;
  onChoose(one: Combination): void;
}

function CellButton({ combination, base, pressed, onChoose }: CellButtonProps) {
  const { cell } = combination;
  const isBase = base !== undefined && nameOf(base) === nameOf(combination);
  const packages = difference(base?.cell.packages ?? [], cell.packages);
  const repositories = difference(base?.cell.repositories ?? [], cell.repositories);
  const otherRepositories = repositories.added.length + repositories.removed.length;
  const same = packages.added.length + packages.removed.length === 0;
  const change = same ? "same packages" : `+${packages.added.length} −${packages.removed.length}`;
  const collections = difference(base?.cell.collections ?? [], cell.collections);
  const otherCollections = collections.added.length + collections.removed.length;
  const possible = cell.refusal === null;
  return (
    <button
      type="button"
      className={classes.cell}
      aria-pressed={pressed}
      aria-label={possible ? undefined : `not possible: ${cell.refusal}`}
      title={cell.refusal ?? undefined}
      onClick={() => onChoose(combination)}
    >
      {possible ? (
        <>
          <b>{cell.packages.length}</b>
          <span className={classes.change}>{isBase ? "compared with" : change}</span>
          {!isBase && otherCollections > 0 && (
            <span className={classes.change}>{differing(otherCollections, "collection", "collections")}</span>
          )}
          {!isBase && otherRepositories > 0 && (
            <span className={classes.change}>{differing(otherRepositories, "repository", "repositories")}</span>
          )}
        </>
      ) : (
        "–"
      )}
    </button>
  );
}

const differing = (count: number, one: string, several: string) =>
  count === 1 ? `1 ${one} differs` : `${count} ${several} differ`;
