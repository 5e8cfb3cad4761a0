import { createHash, timingSafeEqual } from "node:crypto";
import { type Metric, metricsText } from "#lib/builds/metrics-text.ts";
import { imageBytes } from "#lib/builds/result-files.ts";
import { type Build, buildStateSchema } from "#lib/contracts/build.ts";
import { buildsByState, newestGoodBuilds } from "#server/db/index.ts";
import { answered, guarded } from "./guarded.ts";
import { type Services, services } from "./services.ts";

/** Figures for a monitoring system: for whoever has logged in, or names the word that the configuration sets. */
export function handleMetrics(request: Request): Promise<Response> {
  const answer = async (own: Services) =>
    new Response(metricsText(await metrics(own)), {
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
    });
  const word = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
  const token = services().config.metricsToken;
  const known = word !== undefined && token !== undefined && same(word, token);
  return known ? answered(() => answer(services())) : guarded(request, answer);
}

/** Takes the same time whatever is different. */
function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

async function metrics({ builder, database }: Services): Promise<Metric[]> {
  const db = await database();
  const [counts, good, status] = await Promise.all([
    buildsByState(db),
    newestGoodBuilds(db),
    builder.status().catch(() => null),
  ]);
  const each = (read: (build: Build) => number | null) =>
    good.flatMap((build) => {
      const value = read(build);
      const { description, type, architecture } = build;
      return value === null ? [] : [{ labels: { description, type: type ?? "", architecture }, value }];
    });
  return [
    { name: "builder_up", help: "Whether the builder answers.", type: "gauge", samples: [{ value: status ? 1 : 0 }] },
    {
      name: "builds",
      help: "Builds by state.",
      type: "gauge",
      samples: buildStateSchema.options.map((state) => ({ labels: { state }, value: counts.get(state) ?? 0 })),
    },
    {
      name: "last_good_build_timestamp_seconds",
      help: "When the newest good build of a description and type ended.",
      type: "gauge",
      samples: each(({ endedAt }) => (endedAt === null ? null : Date.parse(endedAt) / 1000)),
    },
    {
      name: "last_good_build_duration_seconds",
      help: "How long it took.",
      type: "gauge",
      samples: each(({ startedAt, endedAt }) =>
        startedAt === null || endedAt === null ? null : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
      ),
    },
    {
      name: "last_good_build_image_bytes",
      help: "Size of its image, all files together.",
      type: "gauge",
      samples: each(imageBytes),
    },
  ];
}
