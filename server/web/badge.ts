import { badge } from "#lib/builds/badge.ts";
import { relativePathSchema } from "#lib/contracts/description.ts";
import { listBuilds } from "#server/db/index.ts";
import { answered, guarded, sentence } from "./guarded.ts";
import { type Services, services } from "./services.ts";

/** The state of a description's newest build as a small image, `?description=`; for everybody where the configuration says so. */
export function handleBadge(request: Request): Promise<Response> {
  const answer = (own: Services) => badgeOf(own, new URL(request.url).searchParams.get("description"));
  return services().config.publicBadges ? answered(() => answer(services())) : guarded(request, answer);
}

async function badgeOf({ database }: Services, wanted: string | null): Promise<Response> {
  const description = relativePathSchema.safeParse(wanted);
  if (!description.success) return sentence(400, "Name the description: /badge?description=debian/config.xml");
  const [newest] = await listBuilds(await database(), { description: description.data, limit: 1 });
  return new Response(badge(newest?.imageName ?? description.data, newest?.state ?? null), {
    headers: {
      "content-type": "image/svg+xml",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "cache-control": "no-cache",
    },
  });
}
