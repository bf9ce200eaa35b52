/** The log of a server: JSON lines for machines, or sentences for people, on stderr. */
import { destination, pino, type Logger } from 'pino';
import type { LogFormat, LogLevel } from './log-settings.js';

export type { Logger };

/** What must not get into a log, wherever somebody hands it over. */
const SECRET = ['authorization', 'headers.authorization', 'req.headers.authorization', 'headers.cookie', 'password', 'token'];

/** @param write where a line goes; default: stderr, at once */
export function createLogger({ level, format, write }: { level: LogLevel; format: LogFormat; write?: (line: string) => void }): Logger {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, formatters: { level: (label: string) => ({ level: label }) }, redact: SECRET };
  if (format === 'json') return pino(options, write ? { write } : destination({ dest: 2, sync: true }));
  const out = write ?? ((line: string) => process.stderr.write(line));
  return pino(options, { write: (line: string) => { out(`${sentenceOf(JSON.parse(line) as Entry)}\n`); } });
}

interface Entry {
  level: string;
  msg?: string;
  request?: string;
  err?: { stack?: string };
}

function sentenceOf({ level, msg = '', request, err }: Entry): string {
  return `${level === 'info' ? '' : `${level}: `}${msg}${request === undefined ? '' : ` (request ${request})`}${err?.stack === undefined ? '' : `\n${err.stack}`}`;
}
