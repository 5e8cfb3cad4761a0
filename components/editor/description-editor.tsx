import { Workbench } from "./page/workbench.tsx";
import { useSession } from "./session/use-session.ts";

export function DescriptionEditor({ description }: { description: string }) {
  const main = description.slice(description.lastIndexOf("/") + 1);
  const session = useSession(description, main);
  return session && <Workbench session={session} description={description} main={main} />;
}
