"use client";

import { IconBook, IconFileCode, IconHammer, IconListDetails, IconServer } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./frame.module.css";

const places = [
  { href: "/", label: "Descriptions", icon: IconFileCode, below: "/descriptions" },
  { href: "/builds", label: "Builds", icon: IconListDetails, below: "/builds" },
  { href: "/builder", label: "Builder", icon: IconServer, below: "/builder" },
  { href: "/rules", label: "Rules", icon: IconBook, below: "/rules" },
];

export function Navigation() {
  const path = usePathname() ?? "/";
  return (
    <nav className={classes.navigation} aria-label="Main">
      <Link href="/" className={classes.brand} aria-label="KIWI Workbench, start page">
        <IconHammer size={20} aria-hidden />
        <span className={classes.brandName}>KIWI Workbench</span>
      </Link>
      {places.map(({ href, label, icon: Icon, below }) => {
        const current = path === href || path === below || path.startsWith(`${below}/`);
        return (
          <Link key={href} href={href} className={classes.link} aria-current={current ? "page" : undefined}>
            <Icon size={16} aria-hidden />
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
