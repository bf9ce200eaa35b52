/** Synthetic events into a scenario: by a form made from the event's schema, or from a generator. */
import type { Api } from './api.js';
import { eventLink, h } from './dom.js';
import { openForm } from './form-dialog.js';
import { capital, words } from './format.js';
import type { Picture } from './load.js';
import type { Schema } from './schema-form.js';
import type { PageState } from './state.js';

type Set = (change: Partial<PageState>) => void;

interface Document {
  paths: Record<string, { post?: { requestBody: { content: Record<string, { schema: Schema }> } } }>;
  components: { schemas: Record<string, Schema> };
}

/** The API's own description, fetched when a form is first opened. */
export async function schemasOf(api: Api): Promise<{ schemas: Document['components']['schemas']; bodyOf: (path: string) => Schema }> {
  const { components, paths } = await api.get<Document>('/openapi.json');
  return { schemas: components.schemas, bodyOf: (path) => paths[path]?.post?.requestBody.content['application/json']?.schema ?? {} };
}

/** What the gate sets itself. */
const SET_BY_THE_GATE = ['id', 'streamId', 'metadata.schemaVersion', 'metadata.scenario'];

export async function addEvent(api: Api, state: PageState, picture: Picture, set: Set): Promise<void> {
  const { schemas } = await schemasOf(api);
  const types = (schemas['NewEvent']?.anyOf ?? []).flatMap(({ $ref }) => $ref?.split('/').pop() ?? []);
  const { chosen, studied } = picture;
  const now = state.asOf ?? state.knownAt ?? chosen?.publicBy ?? new Date().toISOString();
  const known = {
    instrument: [...new Set([...picture.markets.map((view) => view.instrument)])],
    entity: [...new Set([...(chosen?.entities ?? []), ...picture.sentiments.map((view) => view.entity)])],
    announcement: picture.announcements.map((one) => one.announcement),
    $correlationId: picture.announcements.map((one) => one.announcement),
    relative: picture.announcements.map((one) => one.announcement),
    document: ['dashboard'],
  };
  const initial = {
    'data.instrument': studied.share,
    'data.entity': picture.sentiments[0]?.entity ?? '',
    'metadata.source.document': 'dashboard',
    'metadata.occurredAt.at': now,
    'metadata.publishedAt.at': now,
    'metadata.$correlationId': chosen?.announcement ?? '',
    'data.method.name': 'by-hand',
    'data.method.version': '1',
  };
  const chooseType = h('select', { name: 'type' }, h('option', { value: '' }, 'choose'), types.map((type) => h('option', { value: type }, capital(words(type)))));
  const dialog = h('dialog', { class: 'explanation', 'aria-label': 'Which kind of event' }, h('div', { class: 'section-head' }, h('h2', {}, 'Add an event to the scenario'), h('button', { type: 'button', onclick: () => { dialog.close(); } }, 'Close')), h('label', { class: 'field' }, 'Kind of event ', chooseType));
  dialog.addEventListener('close', () => { dialog.remove(); });
  chooseType.addEventListener('change', () => {
    dialog.close();
    const type = chooseType.value;
    const schema = schemas[type] ?? {};
    // A repetition is known by its key: a second press, or a connection that was cut, stores nothing twice.
    let [key, sent] = [keyOf(), ''];
    openForm({
      title: capital(words(type)),
      intro: [schema.description ?? '', ` It goes into scenario ${state.scenario ?? ''} alone.`],
      schema: { ...schema, description: '' },
      setting: { schemas, initial: Object.fromEntries(Object.entries(initial).filter(([, text]) => text !== '')), hidden: new Set(SET_BY_THE_GATE), known },
      action: 'Add it',
      async send(value) {
        const text = JSON.stringify(value);
        if (sent !== '' && sent !== text) key = keyOf();
        sent = text;
        const { events } = await api.post<{ events: { streamId: string; revision: number; status: string }[] }>(`/v1/events?scenario=${encodeURIComponent(state.scenario ?? '')}`, value, { 'Idempotency-Key': key });
        const [event] = events;
        set({});
        return [event?.status === 'known' ? 'It was stored before. ' : 'Stored. ', event ? eventLink(`/v1/events/${event.streamId}/${event.revision}?scenario=${encodeURIComponent(state.scenario ?? '')}`, 'The event') : ''];
      },
    });
  });
  document.body.append(dialog);
  dialog.showModal();
}

function keyOf(): string {
  return `page-${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

interface Filled {
  stored: number;
  known: number;
  refusedCount: number;
  truths: number;
}

export async function fillFromGenerator(api: Api, scenario: string, share: string, set: Set): Promise<void> {
  const { schemas, bodyOf } = await schemasOf(api);
  openForm({
    title: 'Fill from a generator',
    intro: 'The same seed and parameters make the same events; twice stores nothing. What is true of them is kept beside the scenario.',
    schema: bodyOf('/v1/scenarios/{id}/generate'),
    setting: { schemas, initial: share === '' ? {} : { instrument: share }, hidden: new Set(), known: {} },
    action: 'Fill it',
    async send(value) {
      const { stored, known, refusedCount, truths } = await api.post<Filled>(`/v1/scenarios/${encodeURIComponent(scenario)}/generate`, value);
      set({});
      return `${stored.toLocaleString('en')} events stored, ${known.toLocaleString('en')} were there${refusedCount === 0 ? '' : `, ${refusedCount.toLocaleString('en')} refused`}; ${truths} ground truth${truths === 1 ? '' : 's'}.`;
    },
  });
}
