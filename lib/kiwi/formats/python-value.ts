import type { Data, DataScalar } from "./data.ts";

/** A float as Python prints it: `1.0`, `1e+16`, `1.5e-07`, `inf`. */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const [digits = "0", power = "0"] = Math.abs(value).toExponential().split("e");
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const shown = Math.abs(exponent).toString().padStart(2, "0");
    return `${sign}${digits}e${exponent < 0 ? "-" : "+"}${shown}`;
  }
  const plain = digits.replace(".", "");
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${plain}`;
  const whole = plain.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${plain.slice(exponent + 1) || "0"}`;
}

/** A whole number as Python prints it, from digits in any base; null where there are none. */
export function pythonInteger(digits: string, sign = ""): string | null {
  try {
    const value = BigInt(digits);
    return (sign === "-" ? -value : value).toString();
  } catch {
    return null;
  }
}

/** What Python makes of a value where KIWI wants text: its own spelling of lists and mappings. */
export function pythonText(data: Data): string {
  return data.kind === "scalar" ? data.value : represent(data);
}

function represent(data: Data): string {
  if (data.kind === "list") return `[${data.items.map(represent).join(", ")}]`;
  if (data.kind === "map") {
    const entries = new Map(data.entries.map(({ key, value }) => [represent(key), represent(value)]));
    return `{${[...entries].map(([key, value]) => `${key}: ${value}`).join(", ")}}`;
  }
  return representScalar(data);
}

function representScalar({ type, value }: DataScalar): string {
  if (type === "null") return "None";
  if (type === "boolean") return value === "true" ? "True" : "False";
  if (type !== "string") return value;
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const escaped = value.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  return quote + (quote === "'" ? escaped.replace(/'/g, "\\'") : escaped) + quote;
}
