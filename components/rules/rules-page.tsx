"use client";

import { Stack, Text, Title } from "@mantine/core";
import { useDeferredValue, useEffect, useState } from "react";
import { builderChecks } from "#lib/kiwi/catalogue/index.ts";
import { Page } from "../ui/page.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { findRules } from "./find-rules.ts";
import { RuleEntry } from "./rule-entry.tsx";
import classes from "./rules.module.css";

/** Everything that can be wrong with a description: what it means, and how to mend it. */
export function RulesPage() {
  const [words, setWords] = useState("");
  const sections = findRules(useDeferredValue(words));
  const count = sections.reduce((sum, { entries }) => sum + entries.length, 0);

  // The entries are drawn after the browser has looked for the one that the address names.
  useEffect(() => {
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  }, []);

  return (
    <Page title="Problems and rules">
      <Stack gap="lg">
        <SearchField
          label="Search problems and rules"
          placeholder="Search by code or words"
          words={words}
          onWords={setWords}
          found={count === 1 ? "One entry." : `${count} entries.`}
        />
        {sections.map(({ title, about, entries }) => (
          <section key={title} aria-label={title}>
            <Title order={2} size="h4">
              {title}
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              {about}
            </Text>
            {entries.map((entry) => (
              <RuleEntry key={entry.code} entry={entry} />
            ))}
          </section>
        ))}
        {words === "" && <BuilderChecks />}
      </Stack>
    </Page>
  );
}

function BuilderChecks() {
  return (
    <section aria-labelledby="on-builder">
      <Title order={2} size="h4" id="on-builder" className={classes.anchor}>
        Checked on the builder
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        These checks of KIWI depend on the machine that builds. They are made when a build begins.
      </Text>
      <dl className={classes.checks}>
        {builderChecks.map(({ kiwiCheck, meaning }) => (
          <div key={kiwiCheck}>
            <dt>
              <code>{kiwiCheck}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
