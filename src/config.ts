/** Every setting, parsed in one place: flags first, then TRACKER_* variables, then defaults. */
import { z } from 'zod';

/** Thrown when a setting is wrong; names the setting and where it came from. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Addresses that only this machine can reach. */
export const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

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
}).refine(({ host, allowRemote }) => LOOPBACK.includes(host) || allowRemote === 'yes', {
  path: ['host'],
  error: `expected a loopback address (${LOOPBACK.join(', ')}): the API has no access control. Where something else keeps others out (a container whose port is published on loopback), say so with TRACKER_ALLOW_REMOTE=yes`,
});
export type Config = z.infer<typeof schema>;
export type Setting = keyof Config;

/**
 * @param flags what was given on the command line, by setting
 * @throws ConfigError
 */
export function readConfig(flags: Partial<Record<Setting, string>>, environment: NodeJS.ProcessEnv = process.env): Config {
  const given: Record<string, string> = {};
  const origin: Record<string, string> = {};
  for (const setting of Object.keys(schema.shape) as Setting[]) {
    const variable = `TRACKER_${setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
    const value = flags[setting] ?? environment[variable];
    if (value === undefined || value === '') continue;
    given[setting] = value;
    origin[setting] = flags[setting] === undefined ? variable : `--${setting}`;
  }
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const setting = String(issue.path[0]);
    return `${origin[setting] ?? setting}: ${issue.message}, got ${JSON.stringify(given[setting])}`;
  });
  throw new ConfigError(lines.join('\n'));
}
