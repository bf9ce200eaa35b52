/** Every setting, parsed in one place: flags first, then TRACKER_* variables, then the settings file, then defaults. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { LOG_FORMATS, LOG_LEVELS } from './log-settings.js';

/** Thrown when a setting is wrong; names the setting and where it came from. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Addresses that only this machine can reach. */
export const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

const list = z.string().transform((text) => text.split(',').map((item) => item.trim()).filter((item) => item !== ''));
const origins = list.refine((items) => items.every((item) => item === '*' || (URL.canParse(item) && new URL(item).origin === item)), { error: 'expected origins such as https://dashboard.example, with commas between, or *' });

const schema = z.object({
  store: z.string().min(1).default('file:./data'),
  host: z.string().default('127.0.0.1'),
  allowRemote: z.literal('yes', { error: 'expected yes, or nothing' }).optional(),
  snapshots: z.string().min(1).optional(),
  port: z.coerce.number({ error: 'expected a port number' }).int().min(0).max(65535).default(8080),
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9-]*\.$/, { error: 'expected a stream prefix that ends in a dot, such as market.' })
    .refine((prefix) => !prefix.startsWith('scenario'), { error: 'expected a stream prefix that does not begin with scenario: those are synthetic' })
    .default('market.'),
  tokens: z.string().min(1).optional(),
  rateLimit: z.string().regex(/^(off|[1-9]\d{0,8})$/, { error: 'expected requests a minute, or off' }).transform((text) => (text === 'off' ? text : Number(text))).optional(),
  cors: origins.default([]),
  allowedHosts: list.default([]),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  logFormat: z.enum(LOG_FORMATS).default('text'),
}).refine(({ host, allowRemote, tokens }) => LOOPBACK.includes(host) || tokens !== undefined || allowRemote === 'yes', {
  path: ['host'],
  error: `expected a loopback address (${LOOPBACK.join(', ')}), or tokens beside it: whoever reaches the address may else read and write all. --tokens FILE says who may (tracker token makes one); where something else keeps others out (a container whose port is published on loopback), say so with TRACKER_ALLOW_REMOTE=yes`,
});
export type Config = z.infer<typeof schema>;
export type Setting = keyof Config;

const SETTINGS = Object.keys(schema.shape) as Setting[];
/** A file of settings: {"port": 9090, "cors": ["https://dashboard.example"]}. */
const fileSchema = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));

/**
 * @param flags what was given on the command line, by setting; `config` names a settings file
 * @throws ConfigError
 */
export function readConfig(flags: Partial<Record<Setting | 'config', string>>, environment: NodeJS.ProcessEnv = process.env): Config {
  const file = given(flags.config) ?? given(environment['TRACKER_CONFIG']);
  const inFile = file === undefined ? {} : readSettings(file);
  const values: Record<string, string> = {};
  const origin: Record<string, string> = {};
  for (const setting of SETTINGS) {
    const variable = `TRACKER_${setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const sources = [[flags[setting], flagOf(setting)], [environment[variable], variable], [inFile[setting], `${file}: ${setting}`]] as const;
    const found = sources.find(([value]) => given(value) !== undefined);
    if (found?.[0] === undefined) continue;
    [values[setting], origin[setting]] = found;
  }
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const setting = String(issue.path[0]);
    return `${origin[setting] ?? setting}: ${issue.message}, got ${JSON.stringify(values[setting])}`;
  });
  throw new ConfigError(lines.join('\n'));
}

function given(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function flagOf(setting: Setting): string {
  return `--${setting.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** @throws ConfigError */
function readSettings(file: string): Partial<Record<Setting, string>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`settings file ${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message}`);
  }
  const result = fileSchema.safeParse(parsed);
  if (!result.success) throw new ConfigError(`settings file ${file}: ${result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: expected a text, a number or a list of texts`).join('; ')}`);
  const strange = Object.keys(result.data).find((name) => !(SETTINGS as string[]).includes(name));
  if (strange !== undefined) throw new ConfigError(`settings file ${file}: ${strange} is no setting; there are ${SETTINGS.join(', ')}`);
  return Object.fromEntries(Object.entries(result.data).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : String(value)]));
}
