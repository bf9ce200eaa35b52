/** The commands that show views: their names, options and examples. Each one's code is loaded when it is called. */
import { Option, type Command } from 'commander';
import { viewOptions } from './view-options.js';

export function addViewCommands(program: Command): void {
  viewOptions(program.command('market-value').description('market value over time: measured, derived, claimed; several instruments beside each other, or an entity').argument('<subject...>', 'ids or symbols of instruments, or one entity'))
    .option('--from <instant>', 'closes after this')
    .option('--to <instant>', 'closes up to this')
    .option('--announcement <id>', 'adds a relative index: last close before it = 100')
    .addOption(new Option('--adjustment <series>', 'prices as they were paid, adjusted for splits, or total return (default: what is stored)').choices(['none', 'split', 'total-return']))
    .addOption(new Option('--session <session>', 'only claims of this session').choices(['pre', 'regular', 'post', 'unknown']))
    .addHelpText('after', '\nExample: tracker market-value XNAS:AMZN --announcement openai-aws --as-of 2025-11-03T21:00:00Z')
    .action(async (subjects: string[], _options, command: Command) => (await import('./commands/market-value.js')).marketValue(subjects, command.optsWithGlobals()));

  viewOptions(program.command('sentiment').description('sentiment on an entity, by who holds it').argument('<entity>', 'id'))
    .option('--half-life <duration>', 'ISO 8601, default P7D')
    .option('--holder <name>', 'only what this holder expressed')
    .option('--kind <kind>', 'only holders of this kind')
    .option('--aspect <aspect>', 'only expressions on this aspect')
    .option('--method <name>', 'only scorings of this method, NAME or NAME@VERSION')
    .option('--weights <list>', 'of the kinds in the combined figure, such as investor:2,press:0 (default 1 each)')
    .addHelpText('after', '\nExample: tracker sentiment openai --as-of 2025-11-10T12:00:00Z')
    .action(async (entity: string, _options, command: Command) => (await import('./commands/sentiment.js')).sentiment(entity, command.optsWithGlobals()));

  viewOptions(program.command('timeline').description('an announcement and what followed, as a tree of causes').argument('<announcement>', 'id'))
    .addHelpText('after', '\nExample: tracker timeline openai-aws --known-at 2025-11-04T21:00:00Z')
    .action(async (announcement: string, _options, command: Command) => (await import('./commands/timeline.js')).timeline(announcement, command.optsWithGlobals()));

  viewOptions(program.command('reconcile').description('claims on an announcement against measurements and each other').argument('<announcement>', 'id'))
    .addOption(new Option('--verdict <verdict>', 'only findings of this verdict').choices(['agree', 'compatible', 'conflict', 'different-moments', 'incomparable']))
    .option('--evidence', 'with the steps and the events behind each finding')
    .addHelpText('after', '\nExample: tracker reconcile openai-aws --verdict conflict --evidence')
    .action(async (announcement: string, _options, command: Command) => (await import('./commands/reconcile.js')).reconcile(announcement, command.optsWithGlobals()));

  viewOptions(program.command('claims').description('what was said of metrics, the future and commitments, and what became of it').argument('<subject>', 'entity or announcement'))
    .addOption(new Option('--state <state>', 'only claims in this state').choices(['open', 'met', 'missed', 'superseded']))
    .option('--metric <metric>', 'only claims on this metric')
    .option('--evidence', 'with what settles each, and what stands beside it')
    .addHelpText('after', '\nExample: tracker claims openai --known-at 2025-11-30T00:00:00Z')
    .action(async (subject: string, _options, command: Command) => (await import('./commands/claims.js')).claims(subject, command.optsWithGlobals()));

  viewOptions(program.command('exposure').description('who depends on whom: paths from an entity').argument('<entity>', 'id'))
    .option('--depth <number>', 'steps (default 2)')
    .addOption(new Option('--direction <direction>', 'on: what it is exposed to; of: who is exposed to it').choices(['on', 'of']))
    .option('--channels <list>', 'only through these: supply, custom, holding, funding, partner, whole')
    .addHelpText('after', '\nExample: tracker exposure openai --direction on --channels supply')
    .action(async (entity: string, _options, command: Command) => (await import('./commands/exposure.js')).exposure(entity, command.optsWithGlobals()));

  viewOptions(program.command('study').description('event study: a share\'s abnormal returns around an announcement or a day, against a benchmark').argument('[announcement]', 'id'))
    .option('--instrument <instrument>', 'id or symbol of the share')
    .option('--benchmark <instrument>', 'id or symbol of what it is compared with; further ones with commas between stand in the sensitivity')
    .option('--date <day>', 'the day of the event, where there is no announcement')
    .option('--events <file>', 'CSV with the columns instrument and date or time (and event): many events, and the tests over them; - reads stdin')
    .option('--regress <columns>', 'with --events: columns of numbers that the cumulated returns are regressed on')
    .option('--seed <number>', 'with --events: of sign flips and bootstraps (default 1)')
    .option('--model <model>', 'market-model (default), mean-adjusted, market-adjusted, factors, scholes-williams, dimson-fowler-rorke, dimson')
    .option('--factors <sets>', 'sets of factors (tracker import factors), such as fama-french-3,momentum')
    .option('--controls <instruments>', 'firms on which nothing was announced, with commas between: a placebo from 19 on')
    .option('--weight <share>', 'of the firm in the benchmark, such as 0.04: windows against the benchmark without it')
    .option('--windows <list>', 'trading days from day 0 (default 0:0,0:1); the first leads')
    .option('--estimation <span>', 'trading days from day 0 (default -260:-11)')
    .addOption(new Option('--returns <kind>', 'default simple').choices(['simple', 'log']))
    .addOption(new Option('--adjustment <series>', 'prices: total-return, split or none (default: the first of these that is there)').choices(['none', 'split', 'total-return']))
    .option('--csv', 'the abnormal returns as CSV; with --events a line for each event and window')
    .option('--report <file>', 'the study as a page in one file, with its chart')
    .option('--again <text>', 'run a study again, as its answer has it')
    .addHelpText('after', '\nExample: tracker study openai-aws --instrument XNAS:AMZN --benchmark INDEX:SPX')
    .action(async (announcement: string | undefined, _options, command: Command) => (await import('./commands/study.js')).study(announcement, command.optsWithGlobals()));

  viewOptions(program.command('explain').description('how the values of a view come about: events, sources, steps').argument('<view>', 'market-value, entity-value, sentiment, timeline, reconcile, study, claims, exposure, announcement, announcements').argument('[subject]', 'what the view is about'))
    .option('--at <place>', 'a value, an object or a list in the view\'s JSON, such as level.marketValue (default: all)')
    .option('--with <name=value...>', 'further parameters of the view, such as announcement=openai-aws')
    .option('--limit <number>', 'at most so many values (default 100)')
    .addHelpText('after', '\nExample: tracker explain market-value XNAS:AMZN --as-of 2025-10-31T21:00:00Z --at level.marketValue')
    .action(async (view: string, subject: string | undefined, _options, command: Command) => (await import('./commands/explain.js')).explain(view, subject, command.optsWithGlobals()));
}
