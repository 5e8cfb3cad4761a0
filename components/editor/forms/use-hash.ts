import { useTRPCClient } from "../../trpc.tsx";

/** Makes the hash of a password that may stand in a description. */
export function useHash(): (password: string) => Promise<string> {
  const client = useTRPCClient();
  return (password) => client.passwords.hash.mutate({ password });
}
