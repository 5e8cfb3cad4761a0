import { Center, Code, EmptyState, Text } from "@mantine/core";
import { IconFileCode } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** What to do when there is no description yet. */
export function EmptyWorkspace({ workspace, action }: { workspace: string; action: ReactNode }) {
  return (
    <Center mih="60vh">
      <EmptyState
        maw={560}
        icon={<IconFileCode size={40} />}
        title="No description yet"
        description={
          <>
            A description tells KIWI which packages, files and settings an image is made of. Start with a template,
            import an archive, a folder or a text, or put a folder that holds a <Code>config.xml</Code> or{" "}
            <Code>*.kiwi</Code> file into <Code>{workspace}</Code>.
            <Text component="span" display="block" mt="xs" inherit>
              To work in a checkout that you already have, start the Workbench with{" "}
              <Code>KIWI_WORKBENCH_WORKSPACE</Code> set to it.
            </Text>
          </>
        }
      >
        <EmptyState.Actions>{action}</EmptyState.Actions>
      </EmptyState>
    </Center>
  );
}
