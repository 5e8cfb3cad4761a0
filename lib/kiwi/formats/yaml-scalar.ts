import type { DataScalar } from "./data.ts";
import { pythonFloat, pythonInteger } from "./python-value.ts";

type Resolved = Pick<DataScalar, "type" | "value">;

const boolean = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const integer =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const timestamp =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/**
 * What KIWI's YAML reader takes an unquoted scalar for: YAML 1.1, where `yes` and `on` are booleans, `0644` is octal
 * and `1:30` counts to 60. null where it refuses the value.
 */
export function resolvePlain(source: string): Resolved | null {
  if (boolean.test(source)) return { type: "boolean", value: String(/^(?:y|t|on)/i.test(source)) };
  if (float.test(source)) return { type: "number", value: floatOf(source) };
  if (integer.test(source)) return numberOrNull(integerOf(source));
  if (/^(?:~|null|Null|NULL|)$/.test(source)) return { type: "null", value: "" };
  // One-digit months and days are dates only where a time follows.
  if (/^\d{4}-\d\d-\d\d$/.test(source) || (timestamp.test(source) && source.includes(":"))) return dateOf(source);
  if (source === "=") return null;
  return { type: "string", value: source };
}

function numberOrNull(value: string | null): Resolved | null {
  return value === null ? null : { type: "number", value };
}

function floatOf(source: string): string {
  const text = source.replace(/_/g, "").toLowerCase();
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.replace(/^[-+]/, "");
  if (digits === ".inf") return pythonFloat(sign * Number.POSITIVE_INFINITY);
  if (digits === ".nan") return "nan";
  return pythonFloat(sign * (digits.includes(":") ? sexagesimal(digits) : Number(digits)));
}

function integerOf(source: string): string | null {
  const text = source.replace(/_/g, "");
  const sign = text.startsWith("-") ? "-" : "";
  const digits = text.replace(/^[-+]/, "");
  if (digits === "0") return "0";
  if (digits.includes(":")) return pythonInteger(String(sexagesimal(digits)), sign);
  if (/^0[bx]/.test(digits)) return pythonInteger(digits, sign);
  return pythonInteger(digits.startsWith("0") ? `0o${digits.slice(1)}` : digits, sign);
}

function sexagesimal(digits: string): number {
  return digits.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
}

function dateOf(source: string): Resolved | null {
  const match = timestamp.exec(source);
  if (match === null) return null;
  const [, year = "", month = "", day = "", hour, minute = "", second = "", fraction = "", utc, sign, hours, minutes] =
    match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day) || Number(year) === 0) return null;
  const two = (part: string) => part.padStart(2, "0");
  const dayText = `${year}-${two(month)}-${two(day)}`;
  if (hour === undefined) return { type: "date", value: dayText };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const micro = fraction.slice(0, 6).padEnd(6, "0");
  const zone =
    utc === undefined ? (sign === undefined ? "" : `${sign}${two(hours ?? "")}:${minutes ?? "00"}`) : "+00:00";
  const time = `${two(hour)}:${minute}:${second}${micro === "000000" ? "" : `.${micro}`}`;
  return { type: "date", value: `${dayText} ${time}${zone.replace("-00:00", "+00:00")}` };
}
