"use client";

import { Alert, Button, Center, Code, Loader, Paper, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconHammer } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { errorStatus, useTRPC, useTRPCClient } from "../trpc.tsx";
import { errorMessage } from "../ui/error-message.ts";
import { wantedPage } from "./wanted-page.ts";

/**
 * Logs in with the one-time token of the printed address. The token is in the fragment, which browsers never send;
 * it is removed from the address before it is used, so that it stays in no history.
 */
export function LoginForm() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [token, setToken] = useState("");
  const [goingOn, setGoingOn] = useState(false);
  const goOn = useCallback(() => {
    setGoingOn(true);
    window.location.replace(wantedPage(window.location.search, window.location.origin));
  }, []);
  const login = useMutation(trpc.session.login.mutationOptions({ onSuccess: goOn }));
  const { mutateAsync } = login;
  const read = useRef(false);
  useEffect(() => {
    if (read.current) return;
    read.current = true;
    const found = new URLSearchParams(window.location.hash.slice(1)).get("token");
    if (found) window.history.replaceState(null, "", window.location.pathname + window.location.search);
    // Who is logged in already needs no token: not a new one, and not the one that logged this browser in.
    const goOnIfKnown = () => client.session.me.query().then(goOn, () => undefined);
    void (found ? mutateAsync({ token: found }).catch(goOnIfKnown) : goOnIfKnown());
  }, [mutateAsync, client, goOn]);

  const busy = login.isPending || goingOn;
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={420}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            login.mutate({ token: tokenOf(token) });
          }}
        >
          <Stack>
            <Stack gap={4} align="center">
              <IconHammer size={32} aria-hidden />
              <Title order={1} size="h3">
                KIWI Workbench
              </Title>
            </Stack>
            {login.isError && !goingOn && (
              <Alert color="red" variant="outline" icon={<IconAlertTriangle />} role="alert" title="Login failed">
                {refusal(login.error)}
              </Alert>
            )}
            <PasswordInput
              label="Login token"
              description={
                <>
                  Printed with the address when the Workbench started. For a new one, run{" "}
                  <Code>kiwi-workbench login</Code> on the server.
                </>
              }
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
              autoComplete="off"
              disabled={busy}
              data-autofocus
            />
            <Button type="submit" disabled={token.trim() === "" || busy} leftSection={busy && <Loader size={14} />}>
              {busy ? "Logging in" : "Log in"}
            </Button>
            <Text size="xs" c="dimmed" role="status">
              {goingOn ? "You are logged in." : ""}
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}

/** People paste the whole printed address as well as the token alone. */
function tokenOf(pasted: string): string {
  const text = pasted.trim();
  return /#token=([^&\s]+)/.exec(text)?.[1] ?? text;
}

function refusal(error: unknown): string {
  const status = errorStatus(error);
  if (status === 401 || status === 403 || status === 400) {
    return "This token is not valid: it works once, for 24 hours. Start again from the newest printed address.";
  }
  return errorMessage(error);
}
