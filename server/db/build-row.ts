import type { Selectable } from "kysely";
import type { Build } from "#lib/contracts/build.ts";
import { buildOptionsSchema } from "#lib/contracts/build-options.ts";
import type { BuildTable } from "./schema.ts";

/** The stored row as lists and pages show it. */
export function toBuild(row: Selectable<BuildTable>): Build {
  return {
    id: row.id,
    description: row.description,
    imageName: row.image_name,
    imageVersion: row.image_version,
    profiles: row.profiles,
    type: row.type,
    architecture: row.architecture,
    options: buildOptionsSchema.parse(row.options),
    state: row.state,
    reason: row.reason,
    exitCode: row.exit_code,
    requestedBy: row.requested_by,
    queuedAt: row.queued_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    attempt: row.attempt,
    command: row.command,
    kiwiVersion: row.kiwi_version,
    runtime: row.runtime,
    sources: row.sources,
    reuse: row.reuse,
    logBytes: row.log_bytes === null ? null : Number(row.log_bytes),
    logSha256: row.log_sha256,
    results: row.results,
    kept: row.kept,
    removed: row.removed,
    warnings: row.warnings,
    phases: row.phases,
    snapshot: row.snapshot,
    eventSeq: row.event_seq,
  };
}
