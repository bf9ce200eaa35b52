/** Adding events: one, a list, or NDJSON; whatever is there, at an expected revision, or with faults into a scenario. */
IMPORTS
const receiptSchema = z
  .object({
    events: z.array(z.object({ id: z.string(), streamId: z.string(), revision: z.number(), status: z.enum(['stored', 'known']).meta({ description: 'known: the same event was stored before' }) })),
    basis: z.string().meta({ description: 'views asked with this basis see these events' }),
  })
  .meta({ id: 'Receipt' });

const newEventSchema = z.union([...eventDefinitions.keys()].map((type) => inputSchemaOf(type) ?? z.never())).meta({ id: 'NewEvent' });
const batchSchema = z.union([newEventSchema, z.array(newEventSchema).min(1)]);

/** How far back a repeated id is looked for in its stream. */
const REPEAT_DEPTH = 1000;
const MAX_BATCH = 10_000;
/** How long a writer waits for the projections before it is told where they are. */
const PROJECTED_WITHIN_MS = 2000;

OP
async function appendWithFaults(tracker: Tracker, { faults = '', seed = '1' }: Readonly<Record<string, string>>, res: Response, worlds: Worlds, events: FaultyEvent[]): Promise<void> {
  const { scenario } = tracker.runner;
  if (scenario === null) throw new RequestError(400, 'bad-parameter', 'faults: go into a scenario alone; name it with scenario=');
  const filled = await fillWith(tracker, events, { seed: Number(seed), rates: parseFaults(faults) });
  await sendFilled(res, worlds, scenario, filled, 0);
}

/** A duplicate is one by its id: it has one before faults meet it. */
function withId(input: unknown, key: string | undefined, index: number, scenario: string | null): FaultyEvent {
  const event = (typeof input === 'object' && input !== null ? input : {}) as Partial<FaultyEvent>;
  return { id: key === undefined ? randomUUID() : idempotentEventId(key, index, scenario), ...event, data: event.data ?? {}, metadata: event.metadata ?? {} };
}

function inputsOf(req: Request): { inputs: unknown[]; pathOf: (index: number) => string } {
  if (req.is('application/x-ndjson')) {
    const numbered = String(req.body).split('\n').map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
    const inputs = numbered.map(({ line, number }) => {
      try {
        return JSON.parse(line) as unknown;
      } catch (error) {
        throw new RequestError(400, 'invalid-event', `line ${number} is not JSON (${(error as Error).message}); nothing was stored`);
      }
    });
    return limited(inputs, (index) => `line ${numbered[index]?.number ?? index + 1}`);
  }
  if (!req.is('application/json')) throw new RequestError(415, 'unsupported-media-type', `expected Content-Type application/json or application/x-ndjson, got ${req.get('content-type') ?? 'none'}`);
  const body = req.body as unknown;
  return Array.isArray(body) ? limited(body, (index) => `[${index}]`) : { inputs: [body], pathOf: () => '' };
}

function limited(inputs: unknown[], pathOf: (index: number) => string): { inputs: unknown[]; pathOf: (index: number) => string } {
  if (inputs.length === 0) throw new RequestError(400, 'invalid-event', 'expected at least one event');
  if (inputs.length > MAX_BATCH) throw new RequestError(413, 'entity.too.large', `expected at most ${MAX_BATCH} events at once, got ${inputs.length}`);
  return { inputs, pathOf };
}

