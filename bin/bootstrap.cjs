"use strict";

/*
 * Runs a TypeScript file of this project with Node 24, after making sure that the exact dependencies, and Node 24 with
 * them, are installed. Usage: node bin/bootstrap.cjs FILE.ts [ARGUMENT...]
 *
 * This file runs on whatever Node the machine has: it keeps to what Node 12 understands and to Node's own modules.
 */

const { spawn, spawnSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const root = path.dirname(__dirname);
const modules = path.join(root, "node_modules");

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm leaves its own list of what it has installed, written
 * as its last act, so an interrupted installation is seen as none.
 */
function isInstalled(wanted) {
  const found = readJson(path.join(modules, ".package-lock.json"));
  if (found === null) return false;
  return Object.keys(wanted.packages).every((key) => {
    if (key === "") return true;
    const there = found.packages[key];
    // What is made for another machine (optional, other processor) is rightly missing.
    if (there === undefined) return wanted.packages[key].optional === true;
    return there.version === wanted.packages[key].version;
  });
}

/** The program that runs the project: Node 24 of the dependencies; the machine's own where that is new enough. */
function findNode(version) {
  const own = path.join(modules, "node", "bin", "node");
  const answer = spawnSync(own, ["--version"], { encoding: "utf8" });
  if (answer.status === 0 && answer.stdout.trim() === "v" + version) return own;
  return Number(process.versions.node.split(".")[0]) >= 24 ? process.execPath : null;
}

/** Puts Node 24 where npm's scripts find it first; npm leaves the link out where the program was not there yet. */
function linkNode() {
  const link = path.join(modules, ".bin", "node");
  try {
    fs.unlinkSync(link);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  fs.symlinkSync(path.join("..", "node", "bin", "node"), link);
}

/** Runs a program whose output only matters when it fails; shows on a terminal that it is still at work. */
function runQuietly(title, command, parameters, folder) {
  const terminal = process.stderr.isTTY === true;
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000) + " s";
  const output = [];
  process.stderr.write(terminal ? "" : title + " ...\n");
  const ticker = terminal
    ? setInterval(() => process.stderr.write("\r" + title + " ... " + seconds()), 200)
    : undefined;
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (bytes) => output.push(bytes));
    child.stderr.on("data", (bytes) => output.push(bytes));
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(ticker);
      process.stderr.write(
        (terminal ? "\r\x1b[K" : "") + title + ": " + (code === 0 ? "done, " : "failed, ") + seconds() + "\n",
      );
      if (code === 0) resolve();
      else reject(new Error(Buffer.concat(output).toString("utf8").trim() || command + " ended with status " + code));
    });
  });
}

async function prepare() {
  const lock = readJson(path.join(root, "package-lock.json"));
  if (lock === null)
    throw new Error("package-lock.json is missing or damaged: this is not a whole copy of the project.");
  if (!isInstalled(lock)) {
    const flags = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
    await runQuietly("Installing the dependencies of KIWI Workbench", "npm", flags, root);
  }
  const version = lock.packages["node_modules/node"].version;
  const node = findNode(version);
  if (node !== null) return node;
  // The package `node` brings its program by an install script, and npm may be told to run none.
  const script = path.join(modules, "node", "installArchSpecificPackage.js");
  await runQuietly("Installing Node " + version, process.execPath, [script], path.dirname(script));
  linkNode();
  const healed = findNode(version);
  if (healed === null) throw new Error("Node " + version + " is not there after its installation.");
  return healed;
}

/** Hands this process's life over to the program: its input, its signals and its end are ours. */
function become(node, parameters) {
  const child = spawn(node, parameters, { cwd: process.cwd(), stdio: "inherit" });
  ["SIGINT", "SIGTERM", "SIGHUP"].forEach((signal) => process.on(signal, () => child.kill(signal)));
  child.on("error", (error) => fail(error));
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function fail(error) {
  process.stderr.write(
    "\nKIWI Workbench cannot start, because its dependencies could not be installed:\n\n" + error.message,
  );
  process.stderr.write(
    "\n\nRemedy: make sure that this machine reaches its npm registry, then try again. `npm ci` shows more.\n",
  );
  process.exit(1);
}

prepare().then((node) => {
  const program = path.resolve(root, process.argv[2]);
  become(node, [program].concat(process.argv.slice(3)));
}, fail);
