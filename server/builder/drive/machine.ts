import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chown, mkdir, rm, stat } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DriveWish } from "#lib/contracts/drive.ts";
import { findProgram, hostArchitecture } from "#server/kiwi/index.ts";
import { childEnvironment } from "#server/platform/child-environment.ts";
import type { Bootable } from "./bootable.ts";

/** Nobody: the machine's program has no rights on the host but to its own folder. */
const USER = 65534;
/** Bytes that a file of the machine may have: the changes to a large disk. */
const LARGEST_FILE = 32 * 1024 ** 3;

const firmwares = [
  "/usr/share/OVMF/OVMF_CODE.fd",
  "/usr/share/edk2/ovmf/OVMF_CODE.fd",
  "/usr/share/qemu/ovmf-x86_64-code.bin",
];

/** A machine cannot be started here, in words for people. */
export class NoMachine extends Error {
  override name = "NoMachine";
}

/** A running machine. */
export interface Machine {
  accelerated: boolean;
  /** What its serial console says, from the beginning. */
  consoleFile: string;
  /** Resolves with why it has ended. */
  ended: Promise<string>;
  type(text: string): void;
  /** A picture of its screen, as PNG. */
  screen(): Promise<string>;
  stop(): void;
}

/**
 * Starts a machine from an image, which is not changed: writes go to a file of the machine's own, which goes with it. It
 * has no network. Its program runs without rights and cannot start others. Throws NoMachine.
 */
export async function startMachine(dir: string, image: Bootable, wish: DriveWish): Promise<Machine> {
  const architecture = hostArchitecture();
  if (architecture !== "x86_64")
    throw new NoMachine(`Test drives are made on x86_64 only, and this builder is ${architecture}.`);
  const program = await findProgram("qemu-system-x86_64");
  if (program === null) throw new NoMachine("The builder lacks qemu-system-x86_64 (package qemu-system-x86).");
  const firmware = firmwares.find((path) => existsSync(path));
  if (wish.firmware === "efi" && firmware === undefined)
    throw new NoMachine("The builder lacks EFI for machines (package ovmf).");
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { mode: 0o700 });
  await chown(dir, USER, USER);

  kvmThatWorks ??= findKvm(program);
  const kvm = await kvmThatWorks;
  const place = (name: string) => join(dir, name);
  const options = [
    ...["-nodefaults", "-no-user-config", "-name", "test-drive", "-display", "none", "-vga", "std", "-nic", "none"],
    ...["-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"],
    ...["-machine", `q35,accel=${kvm === null ? "tcg" : "kvm:tcg"}`, "-cpu", "max"],
    ...["-m", String(wish.memory), "-smp", "2"],
    ...(wish.firmware === "efi" && firmware
      ? ["-drive", `if=pflash,unit=0,format=raw,readonly=on,file=${firmware}`]
      : []),
    ...["-add-fd", "fd=3,set=1"],
    ...["-drive", `file=/dev/fdset/1,format=${image.format},if=none,id=image,snapshot=on`],
    ...["-device", image.medium === "cd" ? "ide-cd,drive=image" : "virtio-blk-pci,drive=image"],
    ...["-chardev", `socket,id=console,path=console.sock,server=on,wait=off,logfile=console.log`],
    ...["-serial", "chardev:console", "-qmp", "unix:control.sock,server=on,wait=off"],
  ];
  const apart = asNobody(kvm);
  const limit = ["prlimit", `--fsize=${LARGEST_FILE}`, "--"];
  const child = spawn("setpriv", [...apart, ...limit, program, ...options], {
    stdio: ["ignore", "ignore", "pipe", image.file.fd],
    env: childEnvironment({ PATH: "/usr/bin:/bin:/usr/sbin:/sbin", TMPDIR: "." }),
    // Its own folder, in which it names everything: those above may be closed to it.
    cwd: dir,
  });
  const ended = endOf(child);
  let pictures: Promise<void> = Promise.resolve();
  try {
    const serial = await Promise.race([
      reach(place("console.sock")),
      ended.then((why) => Promise.reject(new NoMachine(why))),
    ]);
    return {
      accelerated: kvm !== null,
      consoleFile: place("console.log"),
      ended,
      type: (text) => void serial.write(text),
      screen: () => {
        // The control takes one conversation at a time.
        pictures = pictures
          .catch(() => undefined)
          .then(() => command(place("control.sock"), "screendump", { filename: "screen.png", format: "png" }));
        return pictures.then(() => place("screen.png"));
      },
      stop: () => void child.kill("SIGKILL"),
    };
  } catch (error) {
    child.kill("SIGKILL");
    throw error;
  }
}

/** Asked once: what a host can do does not change while it runs. */
let kvmThatWorks: Promise<number | null> | undefined;

/**
 * The group that may use KVM; null where only root may, there is none, or a machine cannot be started with it, as in many
 * virtual machines: then everything is emulated.
 */
async function findKvm(program: string): Promise<number | null> {
  const device = await stat("/dev/kvm").catch(() => null);
  if (device === null || (device.mode & 0o060) !== 0o060) return null;
  const options = [
    "-nodefaults",
    "-no-user-config",
    "-display",
    "none",
    "-S",
    "-machine",
    "q35,accel=kvm",
    "-cpu",
    "max",
  ];
  const child = spawn("setpriv", [...asNobody(device.gid), program, ...options, "-qmp", "stdio"], {
    stdio: ["pipe", "ignore", "ignore"],
    env: childEnvironment({ PATH: "/usr/bin:/bin:/usr/sbin:/sbin" }),
    cwd: "/",
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end('{"execute":"qmp_capabilities"}\n{"execute":"quit"}\n');
  const code = await once(child, "close").then(
    ([status]) => status as number | null,
    () => null,
  );
  return code === 0 ? device.gid : null;
}

/** Without any right on the host, and not for longer than the builder runs. */
function asNobody(group: number | null): string[] {
  const groups = group === null ? ["--clear-groups"] : [`--groups=${group}`];
  return [`--reuid=${USER}`, `--regid=${USER}`, ...groups, "--no-new-privs", "--pdeathsig=KILL", "--"];
}

async function endOf(child: ChildProcess): Promise<string> {
  let words = "";
  child.stderr?.on("data", (chunk) => {
    words = (words + String(chunk)).slice(-2000);
  });
  const [code, signal] = (await once(child, "close").catch((error: Error) => [error.message, null])) as [
    number | string | null,
    string | null,
  ];
  if (typeof code === "string") return `The machine could not be started: ${code}`;
  if (code === 0) return "The machine has switched itself off.";
  if (signal === "SIGKILL") return "The machine was ended.";
  return `The machine could not go on: ${words.trim() || (signal ?? `status ${code}`)}`;
}

/** Connects to a socket that a program is about to make. */
async function reach(path: string): Promise<Socket> {
  for (let patience = 200; ; patience--) {
    const socket = connect(path);
    const opened = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    if (opened) {
      socket.on("error", () => undefined);
      socket.resume();
      return socket;
    }
    if (patience === 0) throw new NoMachine("The machine did not start.");
    await sleep(100);
  }
}

/** Gives the machine one command (QMP), and waits until it is done. */
async function command(path: string, execute: string, options: object): Promise<void> {
  const socket = connect(path);
  try {
    socket.write(`${JSON.stringify({ execute: "qmp_capabilities" })}\n`);
    socket.write(`${JSON.stringify({ execute, arguments: options, id: "asked" })}\n`);
    let text = "";
    for await (const chunk of socket) {
      text += String(chunk);
      for (const line of text.split("\n").slice(0, -1)) {
        const answer = JSON.parse(line) as { id?: string; error?: { desc: string } };
        if (answer.id === "asked" && answer.error) throw new Error(answer.error.desc);
        if (answer.id === "asked") return;
      }
      text = text.slice(text.lastIndexOf("\n") + 1);
    }
    throw new Error("The machine has ended.");
  } finally {
    socket.destroy();
  }
}
