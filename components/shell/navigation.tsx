"use client";

import { IconHammer } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import classes from "./frame.module.css";
import { places } from "./places.ts";

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
