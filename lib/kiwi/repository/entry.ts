import type { OfferedPackage } from "#lib/contracts/packages.ts";

/** A package as a repository lists it. */
export interface ListedEntry extends OfferedPackage {
  architecture: string;
  /** Other names by which it can be asked for, without versions. */
  provides: readonly string[];
}
