import { IconBook, IconFileCode, IconListDetails, IconServer } from "@tabler/icons-react";

/** The pages that the bar above all pages leads to. */
export const places = [
  { href: "/", label: "Descriptions", icon: IconFileCode, below: "/descriptions" },
  { href: "/builds", label: "Builds", icon: IconListDetails, below: "/builds" },
  { href: "/builder", label: "Builder", icon: IconServer, below: "/builder" },
  { href: "/rules", label: "Rules", icon: IconBook, below: "/rules" },
] as const;
