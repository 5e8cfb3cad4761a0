"use client";

import { Center, Loader } from "@mantine/core";
import dynamic from "next/dynamic";
import { useFetchAhead } from "./session/fetch-ahead.ts";

/** The text editor needs a document to draw on, so the server leaves its place empty. */
const DescriptionEditor = dynamic(() => import("./description-editor.tsx").then((module) => module.DescriptionEditor), {
  ssr: false,
  loading: () => (
    <Center h="100%">
      <Loader aria-label="The editor is being loaded" />
    </Center>
  ),
});

/** The page of one description; `id` is the path of its image file in the workspace. */
export function EditorPage({ id }: { id: string }) {
  useFetchAhead(id);
  return <DescriptionEditor key={id} description={id} />;
}
