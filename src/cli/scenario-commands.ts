/** The commands about scenarios and what is made for them. Each one's code is loaded when it is called. */
import { Option, type Command } from 'commander';

/** @param words of the command line */
export async function addScenarioCommands(program: Command, words: readonly string[]): Promise<void> {
  const scenarios = program.command('scenario').description('worlds of synthetic events beside the real one; views, studies, replays, exports and append take --scenario ID');
  scenarios
    .command('open')
    .description('open a scenario: a world of its own, or laid over the real one')
    .argument('<id>', 'a-z, 0-9 and -, such as flash-crash; it stands for this scenario for ever')
    .option('--overlay', 'on the real world, of which it sees what is there now, or at --basis, and nothing later (default: isolated)')
    .option('--basis <token>', 'the real world as it was for an earlier answer')
    .option('--title <text>', 'in a few words')
    .option('--note <text>', 'what it is for')
    .option('--json', 'the scenario as JSON')
    .addHelpText('after', '\nExample: tracker scenario open flash-crash --overlay --title "Amazon falls by a tenth"')
    .action(async (id: string, _options, command: Command) => (await import('./commands/scenario.js')).open(id, command.optsWithGlobals()));
  scenarios
    .command('list')
    .description('the scenarios there are')
    .addOption(new Option('--state <state>', 'default open').choices(['open', 'archived', 'all']))
    .option('--json', 'one JSON line each')
    .action(async (_options, command: Command) => (await import('./commands/scenario.js')).list(command.optsWithGlobals()));
  scenarios
    .command('inspect')
    .description('what is in a scenario, and what its generators know of it')
    .argument('<id>')
    .option('--truth', 'the ground truth of its generators, as NDJSON')
    .option('--json', 'as JSON')
    .action(async (id: string, _options, command: Command) => (await import('./commands/scenario.js')).inspectScenario(id, command.optsWithGlobals()));
  scenarios
    .command('diff')
    .description('every value of every view that is another in the scenario than in the real world, and which of its events caused it')
    .argument('<id>')
    .option('--view <view>', 'only this: instrument, entity, market-value, entity-value, sentiment, claims, exposure, announcement, timeline, reconciliation, announcement-claims, reaction')
    .option('--subject <id>', 'only of this instrument, entity or announcement')
    .option('--as-of <instant>', 'valid time (default: the later of those that the two take of themselves)')
    .option('--known-at <instant>', 'only what was known by then')
    .addOption(new Option('--against <world>', 'the real world that it lies on (default), or as it is now').choices(['base', 'now']))
    .option('--benchmark <instrument>', 'of reactions; without one they are not compared')
    .option('--limit <number>', 'at most so many rows (default: 50, all with --json)')
    .option('--json', 'one JSON line for each')
    .addHelpText('after', '\nExample: tracker scenario diff flash-crash --view market-value')
    .action(async (id: string, _options, command: Command) => (await import('./commands/scenario.js')).diffScenario(id, command.optsWithGlobals()));
  scenarios
    .command('archive')
    .description('take no more events into it; it is read as before')
    .argument('<id>')
    .option('--note <text>', 'why')
    .option('--json', 'the scenario as JSON')
    .action(async (id: string, _options, command: Command) => (await import('./commands/scenario.js')).archive(id, command.optsWithGlobals()));
  const synth = program.command('synth').description('synthetic events from a seed, into a scenario of their own or one that you name; what is true of them is kept beside');
  // The generators say which options they have; they are loaded for nobody else.
  if (words.includes('synth')) (await import('./synth-commands.js')).addSynthCommands(synth);
}
