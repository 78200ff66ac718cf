/** Correcting a claim slot by slot, beside the words it was read from. */
import { nameOf } from '../api/names';
import { KINDS, MEASURES, GROUPS, STATUSES, type Card, type Decision, type Degree, type Group, type Measure } from '../api/types';
import { t, word } from '../i18n';
import { Button, DateField, Select, TextField } from '../ui/controls';
import { EntityPicker } from '../ui/picker';
import { changes, correction, NAMED, type Form, type NamedSlot, type Part, type Scope } from './correct';

const DEGREES: readonly Degree[] = ['full', 'partial', 'contested'];
const SCOPES: readonly Scope[] = ['incident', 'cumulative'];
const ROLE: Record<NamedSlot, 'actor' | 'place' | 'source'> = { actor: 'actor', target: 'actor', place: 'place', source: 'source' };

export interface CorrectFormProps {
  card: Card;
  form: Form;
  busy: boolean;
  onForm: (form: Form) => void;
  onSend: (decision: Decision) => void;
  onClose: () => void;
  onReset: () => void;
}

export function CorrectForm({ card, form, busy, onForm, onSend, onClose, onReset }: CorrectFormProps) {
  const set = (change: Partial<Form>) => onForm({ ...form, ...change });
  const found = changes(card, form);
  const faults = 'faults' in found ? found.faults : {};
  const decision = correction(card, form);
  const submit = (event: Event) => {
    event.preventDefault();
    if (decision && !busy) onSend(decision);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && decision && !busy) onSend(decision);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form class="panel stack slot-form" onSubmit={submit} onKeyDown={keys} aria-label={t('queue.correct.title')}>
      <h3>{t('queue.correct.title')}</h3>
      <div class="slot-grid">
        <Select label={word('queue.slot', 'kind')} value={form.kind} options={named('kind', KINDS)} onValue={(kind) => set({ kind })} />
        <Select label={word('queue.slot', 'status')} value={form.status} options={named('status', STATUSES)} onValue={(status) => set({ status })} />
        {NAMED.map((slot) => (
          <Parts key={slot} slot={slot} parts={form[slot]} onParts={(parts) => set({ [slot]: parts } as Partial<Form>)} />
        ))}
      </div>
      <fieldset class="slot-row">
        <legend>{word('queue.slot', 'time')}</legend>
        <DateField label={t('queue.correct.from')} value={form.from} onValue={(from) => set({ from })} />
        <DateField label={t('queue.correct.to')} value={form.to} edge="last" onValue={(to) => set({ to })} />
        {faults.time && <p class="field-error" role="alert">{t(`queue.fault.${faults.time}`)}</p>}
      </fieldset>
      <fieldset class="slot-row">
        <legend>{word('queue.slot', 'count')}</legend>
        <Select<Measure | ''> label={t('queue.correct.what')} value={form.what} options={none(named('measure', MEASURES))} onValue={(what) => set({ what })} />
        <TextField label={t('queue.correct.low')} value={form.low} onValue={(low) => set({ low })} />
        <TextField label={t('queue.correct.high')} value={form.high} onValue={(high) => set({ high })} />
        <Select<Group | ''> label={t('queue.correct.group')} value={form.group} options={none(named('group', GROUPS))} onValue={(group) => set({ group })} />
        <Select<Scope | ''> label={t('queue.correct.scope')} value={form.scope} options={none(named('queue.scope', SCOPES))} onValue={(scope) => set({ scope })} />
        {faults.count && <p class="field-error" role="alert">{t(`queue.fault.${faults.count}`)}</p>}
      </fieldset>
      {(form.kind === 'control' || form.degree) && (
        <Select<Degree | ''> label={t('queue.correct.degree')} value={form.degree} options={none(named('queue.degree', DEGREES))} onValue={(degree) => set({ degree })} />
      )}
      <div class="row">
        <Button look="main" type="submit" busy={busy} disabled={!decision} hotkey="Ctrl ⏎">{t('queue.correct.send')}</Button>
        <Button hotkey="Esc" onClick={onClose}>{t('queue.form.close')}</Button>
        <Button look="quiet" disabled={faults.all === 'nothing'} onClick={onReset}>{t('queue.form.reset')}</Button>
        <span class="muted small" role="status">
          {faults.all === 'nothing' ? t('queue.fault.nothing') : 'values' in found ? t('queue.correct.changes', { n: changed(found.values) }) : ''}
        </span>
      </div>
    </form>
  );
}

function changed(values: Record<string, unknown>): number {
  return Object.keys(values).filter((field) => !field.endsWith('_id')).length;
}

/** The names in a slot: each can be taken out, further ones picked. */
function Parts({ slot, parts, onParts }: { slot: NamedSlot; parts: Part[]; onParts: (parts: Part[]) => void }) {
  return (
    <fieldset class="slot-parts">
      <legend>{word('queue.slot', slot)}</legend>
      {parts.length > 0 && (
        <ul class="plain parts">
          {parts.map((part, at) => (
            <li key={`${part.id}${part.mention}`}>
              <span>
                <bdi>{part.name ?? part.mention}</bdi>
                {part.name && part.name !== part.mention && <span class="muted small"> <bdi>{t('queue.quoted', { words: part.mention })}</bdi></span>}
              </span>
              <Button look="quiet" aria-label={t('queue.correct.remove', { name: part.name ?? part.mention })} onClick={() => onParts(parts.filter((_, other) => other !== at))}>
                ×
              </Button>
            </li>
          ))}
        </ul>
      )}
      <EntityPicker
        bare
        label={t(`queue.correct.add.${slot}`)}
        placeholder={t(`queue.correct.add.${slot}`)}
        type={ROLE[slot]}
        value={[]}
        onValue={([picked]) => picked && onParts([...parts, partOf(picked)])}
      />
    </fieldset>
  );
}

/** What was picked from the list is known by its id; what was only typed is a name that nothing is known of yet. */
function partOf(picked: string): Part {
  const name = nameOf(picked)?.name;
  return name === undefined ? { mention: picked, id: null, name: null } : { mention: name, id: picked, name };
}

export function named<T extends string>(area: string, words: readonly T[]): { value: T; label: string }[] {
  return words.map((value) => ({ value, label: word(area, value) }));
}

export function none<T extends string>(options: { value: T; label: string }[]): { value: T | ''; label: string }[] {
  return [{ value: '', label: t('queue.unsaid') }, ...options];
}

