/** Facts that go with a line; an error is written with its stack. */
export type LogFacts = Record<string, unknown>;

/** Writes what happened to standard error, one line an event. */
export type Logger = {
  info(message: string, facts?: LogFacts): void;
  warn(message: string, facts?: LogFacts): void;
  error(message: string, facts?: LogFacts): void;
};

/**
 * A logger for one process or part, named in each line. People at a terminal get a readable line,
 * everything else gets one JSON object per line.
 */
export function createLogger(name: string, stream: NodeJS.WriteStream = process.stderr): Logger {
  const write = (level: string, message: string, facts: LogFacts = {}) => {
    const time = new Date().toISOString();
    stream.write(stream.isTTY ? readable(time, level, name, message, facts) : json(time, level, name, message, facts));
  };
  return {
    info: (message, facts) => write("info", message, facts),
    warn: (message, facts) => write("warn", message, facts),
    error: (message, facts) => write("error", message, facts),
  };
}

function json(time: string, level: string, name: string, message: string, facts: LogFacts): string {
  return `${JSON.stringify({ time, level, name, message, ...facts }, plainError)}\n`;
}

function readable(time: string, level: string, name: string, message: string, facts: LogFacts): string {
  const rest = Object.keys(facts).length === 0 ? "" : ` ${JSON.stringify(facts, shortError)}`;
  return `${time.slice(11, 19)} ${level.padEnd(5)} ${name}: ${message}${rest}\n`;
}

function plainError(_key: string, value: unknown): unknown {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}

function shortError(_key: string, value: unknown): unknown {
  return value instanceof Error ? value.message : value;
}
