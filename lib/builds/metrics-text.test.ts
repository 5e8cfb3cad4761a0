import { expect, test } from "vitest";
import { metricsText } from "./metrics-text.ts";

test("names, labels and values as Prometheus reads them", () => {
  const text = metricsText([
    { name: "up", help: "It is there.", type: "gauge", samples: [{ value: 1 }] },
    { name: "none", help: "Nothing.", type: "gauge", samples: [] },
    {
      name: "builds",
      help: "Builds.",
      type: "gauge",
      samples: [{ labels: { state: "failed", description: 'a "b"\\c\nd' }, value: 2.5 }],
    },
  ]);
  expect(text).toBe(`# HELP kiwi_workbench_up It is there.
# TYPE kiwi_workbench_up gauge
kiwi_workbench_up 1
# HELP kiwi_workbench_builds Builds.
# TYPE kiwi_workbench_builds gauge
kiwi_workbench_builds{state="failed",description="a \\"b\\"\\\\c\\nd"} 2.5
`);
});
