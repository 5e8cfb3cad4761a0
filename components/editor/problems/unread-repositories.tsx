import { Anchor, List, Popover, Stack, Text } from "@mantine/core";
import type { RepositoryState } from "#lib/contracts/packages.ts";
import { formatCount } from "../../ui/format.ts";

/** Says that names of packages are not checked, and which repositories are the reason; nothing where all could be read. */
export function UnreadRepositories({ repositories }: { repositories: readonly RepositoryState[] }) {
  const unread = repositories.filter(({ problem }) => problem !== null);
  if (unread.length === 0) return null;
  return (
    <Popover position="top" withArrow width={420}>
      <Popover.Target>
        <Anchor component="button" size="xs" c="dimmed">
          Names of packages are not checked
        </Anchor>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm">
            A package is said to be unknown only where the builder could read all repositories. It could not read{" "}
            {formatCount(unread.length, "repository", "repositories")}:
          </Text>
          <List size="xs">
            {unread.map(({ source, problem }) => (
              <List.Item key={source} style={{ overflowWrap: "anywhere" }}>
                {source}: {problem}
              </List.Item>
            ))}
          </List>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
