import type { Build } from "#lib/contracts/build.ts";
import { buildOptionsSchema } from "#lib/contracts/build-options.ts";

/** A build for tests: it made one image and the lists beside it. */
export const finishedBuild: Build = {
  id: "0199b6a2-0000-7000-8000-000000000000",
  description: "a/config.xml",
  imageName: "test",
  imageVersion: "1.0.0",
  profiles: [],
  type: "tbz",
  architecture: "x86_64",
  state: "succeeded",
  reason: null,
  exitCode: 0,
  requestedBy: "someone",
  queuedAt: "2026-01-02T03:00:00.000Z",
  startedAt: "2026-01-02T03:00:01.000Z",
  endedAt: "2026-01-02T03:04:05.678Z",
  attempt: 0,
  command: null,
  kiwiVersion: "11.1.6",
  runtime: "namespaces",
  sources: null,
  reuse: null,
  logBytes: 10,
  logSha256: "bb",
  results: [
    { key: "root_archive", name: "test.tar.xz", size: 100, sha256: "aa" },
    { key: "image_packages", name: "test.packages", size: 10, sha256: "cc" },
  ],
  kept: false,
  removed: null,
  warnings: [],
  phases: [],
  options: buildOptionsSchema.parse({}),
  snapshot: "00",
  eventSeq: 3,
};
