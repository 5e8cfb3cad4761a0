import { execFileSync } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takeFile } from "./read-file.ts";
import { wayInto } from "./ways.ts";

const root = process.getuid?.() === 0;
let dir: string;

/** A tree, and images of it of every kind that can be read. */
const script = `set -e
export PATH="$PATH:/usr/sbin:/sbin"
mkdir -p root/usr/lib "root/etc/with blank"; cd root
printf 'NAME=test\\n' > usr/lib/os-release; printf 'text' > "etc/with blank/-name"; head -c 3000000 /dev/urandom > usr/lib/large
cd ..
tar -C root -cJf archive.tar.xz usr etc; tar -C root -cf plain.tar .
mksquashfs root image.squashfs -quiet -no-progress -comp gzip > /dev/null
mke2fs -q -t ext4 -d root image.ext4 16M
truncate -s 40M disk.raw
printf 'label: gpt\\nstart=2048, size=8192\\nstart=20480, size=32768\\n' | sfdisk -q disk.raw
dd if=image.ext4 of=disk.raw bs=512 seek=20480 conv=notrunc status=none
cp disk.raw dos.raw; printf 'label: dos\\nstart=2048, size=8192\\nstart=20480, size=32768\\n' | sfdisk -q dos.raw
mkdir layers; printf old > layers/os-release
tar -C root -czf base.tar.gz usr etc; (cd layers && mkdir -p usr/lib && printf 'NAME=newer\\n' > usr/lib/os-release && tar -cf ../top.tar usr)
printf '[{"Layers":["base.tar.gz","top.tar"]}]' > manifest.json; tar -cf docker.tar manifest.json base.tar.gz top.tar
mkdir -p blobs/sha256; cp base.tar.gz blobs/sha256/aa; printf '{"layers":[{"digest":"sha256:aa"}]}' > blobs/sha256/bb
printf '{"manifests":[{"digest":"sha256:bb"}]}' > index.json; tar -cJf oci.tar.xz index.json blobs
head -c 100000 /dev/zero > other.iso
chmod 755 .`;

beforeAll(async () => {
  if (!root) return;
  dir = await mkdtemp(join(tmpdir(), "image-files-"));
  execFileSync("bash", ["-c", script], { cwd: dir });
});
afterAll(async () => {
  if (root) await rm(dir, { recursive: true });
});

async function taken(key: string, name: string, path: string): Promise<Buffer | null> {
  await using image = await open(join(dir, name));
  const way = await wayInto(image, key, name);
  if (way === null) return null;
  const { bytes, stop } = await takeFile(image, way, path);
  const chunks: Buffer[] = [];
  for await (const chunk of bytes as AsyncIterable<Buffer>) chunks.push(chunk);
  stop();
  return Buffer.concat(chunks);
}

describe.skipIf(!root)("a file is taken out of an image without mounting it", () => {
  const kinds: [key: string, name: string][] = [
    ["root_archive", "archive.tar.xz"],
    ["root_archive", "plain.tar"],
    ["filesystem_image", "image.squashfs"],
    ["filesystem_image", "image.ext4"],
    ["disk_image", "disk.raw"],
    ["disk_image", "dos.raw"],
    ["container", "docker.tar"],
    ["container", "oci.tar.xz"],
  ];
  test.each(kinds)("%s %s", async (key, name) => {
    const newer = name === "docker.tar" ? "NAME=newer\n" : "NAME=test\n";
    expect((await taken(key, name, "usr/lib/os-release"))?.toString()).toBe(newer);
    expect((await taken(key, name, "etc/with blank/-name"))?.toString()).toBe("text");
    expect((await taken(key, name, "usr/lib/large"))?.length).toBe(3_000_000);
    expect((await taken(key, name, "usr/lib/absent"))?.length).toBe(0);
  });

  test("there is no way into others", async () => {
    expect(await taken("live_image", "other.iso", "usr/lib/os-release")).toBe(null);
  });
});
