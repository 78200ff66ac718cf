/** Saying whom or what some words of a claim mean. */
import { useId, useState } from 'preact/hooks';
import { nameOf } from '../api/names';
import type { Card, Decision } from '../api/types';
import { and, t, word } from '../i18n';
import { Button } from '../ui/controls';
import { EntityPicker } from '../ui/picker';
import { links, mentions, sortOf, type LinkForm } from './link';

export interface LinkPanelProps {
  card: Card;
  form: LinkForm;
  busy: boolean;
  onForm: (change: Partial<LinkForm>) => void;
  onSend: (decisions: Decision[]) => void;
  onClose: () => void;
}

export function LinkPanel({ card, form, busy, onForm, onSend, onClose }: LinkPanelProps) {
  const group = useId();
  const [unknown, setUnknown] = useState('');
  const all = mentions(card);
  const one = all.find(({ mention }) => mention === form.mention);
  const decisions = links(card, form);
  const send = () => {
    if (decisions && !busy) onSend(decisions);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    send();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form class="panel stack slot-form" onSubmit={submit} onKeyDown={keys} aria-label={t('queue.link.title')}>
      <h3>{t('queue.link.title')}</h3>
      {all.length === 0 && <p class="muted">{t('queue.link.none')}</p>}
      <fieldset class="slot-parts">
        <legend>{t('queue.link.words')}</legend>
        {all.map(({ mention, slots, name }) => (
          <label key={mention} class="check">
            <input type="radio" name={`${group}-words`} checked={form.mention === mention} onChange={() => onForm({ mention, to: null })} />
            <span>
              <bdi>{t('queue.quoted', { words: mention })}</bdi>{' '}
              <span class="muted small">{t('queue.link.now', { slots: and(slots.map((slot) => word('queue.slot', slot))), name: name && `\u2068${name}\u2069` })}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {one && (
        <EntityPicker
          key={one.mention}
          single
          label={t('queue.link.means', { words: one.mention })}
          placeholder={t('queue.link.find')}
          type={sortOf(one.slots[0]!)}
          value={form.to ? [form.to.id] : []}
          onValue={([id]) => {
            const name = id === undefined ? undefined : nameOf(id)?.name;
            setUnknown(id !== undefined && name === undefined ? id : '');
            onForm({ to: id !== undefined && name !== undefined ? { id, name } : null });
          }}
        />
      )}
      {unknown && <p class="field-error" role="alert">{t('queue.link.unknown', { words: unknown })}</p>}
      <fieldset class="slot-parts">
        <legend>{t('queue.link.where')}</legend>
        {[false, true].map((whole) => (
          <label key={String(whole)} class="check">
            <input type="radio" name={`${group}-whole`} checked={form.whole === whole} onChange={() => onForm({ whole })} />
            <span>{whole ? t('queue.link.report') : t('queue.link.claim')}</span>
          </label>
        ))}
      </fieldset>
      <div class="row">
        <Button look="main" type="submit" busy={busy} disabled={!decisions} hotkey="Ctrl ⏎">{t('queue.link.send')}</Button>
        <Button hotkey="Esc" onClick={onClose}>{t('queue.form.close')}</Button>
      </div>
    </form>
  );
}
