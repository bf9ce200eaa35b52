/** `tracker synth …`: a command for each generator, with its parameters as options. */
import type { Command } from 'commander';
import { z } from 'zod';
import { FAULTS } from '../synthetic/faults.js';
import { generators } from '../synthetic/generators/index.js';

export function addSynthCommands(synth: Command): void {
  addLoad(synth);
  for (const { name, says, params } of generators) {
    const command = synth.command(name).description(says);
    for (const [param, schema] of Object.entries<z.ZodType>(params.shape)) {
      const known = schema instanceof z.ZodDefault ? ` (default ${String(schema.def.defaultValue)})` : '';
      command.option(`--${kebab(param)} <value>`, `${schema.meta()?.description ?? ''}${known}`.trim());
    }
    command
      .option('--scenario <id>', `where they go (default ${name}-SEED, opened where it is not there)`)
      .option('--faults <list>', `faults on the way, NAME:RATE with commas between: ${FAULTS.join(', ')}, all`)
      .option('--fault-seed <number>', 'of the faults (default 1)')
      .option('--print', 'print the events as NDJSON, as they would be sent, and store nothing')
      .option('--json', 'the result as JSON')
      .addHelpText('after', `\nExample: tracker synth ${EXAMPLES[name] ?? name}`)
      .action(async (_options, self: Command) => (await import('./commands/synth.js')).synth(name, self.optsWithGlobals()));
  }
}

/** Load goes to a server, not into a store. */
function addLoad(synth: Command): void {
  synth
    .command('load')
    .description('paced appends into a scenario of a running server of your own on loopback: accepted, refused, latency, projection lag; what was acknowledged is read back')
    .option('--url <url>', 'default http://127.0.0.1:8080')
    .option('--rate <number>', 'events a second (default 1000)')
    .option('--for <time>', 'such as 60s or 2m (default 10s)')
    .option('--batch <number>', 'events in one append (default 50)')
    .option('--connections <number>', 'appends under way at once, at most (default 8)')
    .option('--seed <number>', 'of the prices (default 1)')
    .option('--scenario <id>', 'where they go (default one of its own)')
    .option('--json', 'the report as JSON')
    .addHelpText('after', '\nExit codes: 1 where something was refused, unanswered, or acknowledged and is not there.\nExample: tracker synth load --rate 5000 --for 60s')
    .action(async (_options, self: Command) => (await import('./commands/synth-load.js')).synthLoad(self.opts()));
}

const EXAMPLES: Readonly<Record<string, string>> = {
  market: 'market --firms 500 --days 2500 --seed 7',
  claims: 'claims --claims 50 --seed 3',
  sentiment: 'sentiment --expressions 500 --seed 5',
  shock: 'shock --scenario flash-crash --instrument XNAS:AMZN --date 2025-11-04 --effect -0.1',
};

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
