import type { Template } from "#lib/contracts/template.ts";

/** What the user chose in the dialog, with the template's own defaults filled in. */
export interface Choice {
  name: string;
  version: string;
  release: string;
  repository: string;
}

/** A new file of a new description. */
export interface NewFile {
  path: string;
  text: string;
  mode: number;
}

/** A package, where its name depends on the processor: for this one only. */
export type Package = string | { name: string; arch: string };

/** What makes one distribution different from the others; everything else is the same in all templates. */
export interface Distribution {
  id: string;
  title: string;
  summary: string;
  /** The program that KIWI installs packages with, in the words of this schema version. */
  packageManager: string;
  /** Name of the package manager in schema versions before 8.0, where it differs. */
  olderPackageManager?: string;
  fields(): Promise<Template["fields"]>;
  /** Elements for the common `<preferences>`, one per line. */
  preferences?(choice: Choice): string[];
  /** `<repository>` elements, and comments that explain them. */
  repositories(choice: Choice): Promise<string>;
  packages: {
    /** Installed from outside into the empty tree. */
    bootstrap: Package[];
    /** Installed by the new system's own package manager; in every image. */
    image: Package[];
    /** What a computer needs to start: kernel, boot loader, network. In disks and live systems. */
    machine: Package[];
    disk: Package[];
    /** Absent: no live system is offered. */
    live?: Package[];
  };
  /** Further attributes of the live system's `<type>`. */
  liveAttributes?: string;
  /** Services that a computer is to start. */
  services: string[];
}
