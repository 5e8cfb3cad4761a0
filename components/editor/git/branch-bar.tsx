import { Alert, Button, Group, Menu, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCheck, IconGitBranch, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { GitStatus } from "#lib/contracts/git.ts";
import { useTRPC } from "../../trpc.tsx";
import { errorMessage } from "../../ui/error-message.ts";
import { BranchDialog } from "./branch-dialog.tsx";
import { distance } from "./words.ts";

interface BranchBarProps {
  description: string;
  status: GitStatus;
  /** How many files have text that is not saved. */
  unsaved: number;
  after(): Promise<void>;
}

/** Which branch it is, how it stands to its remote, and the ways to other branches and to others. */
export function BranchBar({ description, status, unsaved, after }: BranchBarProps) {
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [creating, setCreating] = useState(false);
  const branches = useQuery(trpc.git.branches.queryOptions({ description }, { enabled: open }));
  const go = useMutation(trpc.git.switch.mutationOptions({ onSuccess: after }));
  const pull = useMutation(trpc.git.pull.mutationOptions({ onSettled: after }));
  const push = useMutation(trpc.git.push.mutationOptions({ onSettled: after }));
  const all = [go, pull, push];
  const failed = all.find(({ isError }) => isError);
  const busy = all.some(({ isPending }) => isPending);
  const begin = (work: () => void) => {
    for (const one of all) one.reset();
    work();
  };
  const refusal = unsaved > 0 ? "Save or discard the text that is not saved first." : undefined;

  return (
    <>
      <Menu opened={open} onChange={setOpen} position="bottom-start">
        <Menu.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconGitBranch size={16} aria-hidden />}
            loading={go.isPending}
            aria-label={`Branch ${status.branch ?? "none"}`}
          >
            {status.branch ?? "no branch"}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="60vh" style={{ overflow: "auto" }}>
          <Menu.Item leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setCreating(true)}>
            New branch
          </Menu.Item>
          {refusal && <Menu.Label>{refusal}</Menu.Label>}
          {[...(branches.data?.here ?? []), ...(branches.data?.remote ?? [])].map((branch) => (
            <Menu.Item
              key={branch}
              disabled={branch === status.branch || refusal !== undefined}
              leftSection={<IconCheck size={14} aria-hidden opacity={branch === status.branch ? 1 : 0} />}
              onClick={() => begin(() => go.mutate({ description, branch, create: false }))}
            >
              {branch}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Text size="xs" c="dimmed" mb={6}>
        {distance(status)}
      </Text>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowDown size={16} aria-hidden />}
          disabled={status.upstream === null || busy || refusal !== undefined}
          title={refusal}
          loading={pull.isPending}
          onClick={() => begin(() => pull.mutate({ description }))}
        >
          Pull
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconArrowUp size={16} aria-hidden />}
          disabled={status.branch === null || status.head === null || busy}
          loading={push.isPending}
          onClick={() => begin(() => push.mutate({ description }))}
        >
          Push
        </Button>
      </Group>
      {status.unfinished && (
        <Text size="xs" c="orange" mb={6} role="status">
          A {status.unfinished} is under way; end it by hand.
        </Text>
      )}
      {failed && (
        <Alert color="red" variant="outline" title="git did not do it" role="alert" w="100%">
          {errorMessage(failed.error)}
        </Alert>
      )}
      {creating && <BranchDialog description={description} after={after} onClose={() => setCreating(false)} />}
    </>
  );
}
