import { randomBytes, randomInt } from "node:crypto";

/** A new id that sorts by its time of birth: UUID version 7 (RFC 9562, section 5.7). */
export function uuid7(now = Date.now()): string {
  const time = now.toString(16).padStart(12, "0");
  const random = randomBytes(10).toString("hex");
  // The variant's two bits leave these four digits.
  const variant = "89ab".charAt(randomInt(4));
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${random.slice(0, 3)}`,
    `${variant}${random.slice(3, 6)}`,
    random.slice(6, 18),
  ].join("-");
}
