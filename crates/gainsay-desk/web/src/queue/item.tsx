/** One item with its evidence: what is asked, what speaks for it, the claims with their words, and the ways to settle it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { me } from '../api/client';
import { nameOf } from '../api/names';
import type { Card, Decision, Event, QueueItem } from '../api/types';
import { pageOf } from '../addresses';
import { useDraft } from '../draft';
import { and, number, t, word } from '../i18n';
import { Link } from '../router';
import { Button, ClaimCard, EntityList, KindChip, TextField, toast, Toll, useKeys, type Key } from '../ui';
import { formOf, rebased, type Form } from './correct';
import { CorrectForm } from './correct-form';
import { effectLines } from './effect';
import { apart, eventLine, pairOf, whatOf } from './headline';
import { NO_LINK, type LinkForm } from './link';
import { LinkPanel } from './link-form';
import { Named } from './named';
import { reasonText } from './reason';
import { candidates, first, mayTake, others, settled, VERDICTS, type Verdict } from './settle';
import { StaleBox } from './stale';
import { LONGEST_WHY, seenWith, take, takenOf, wholly, type Stale } from './take';
import { useWatch } from './watch';

interface Draft { why: string; chosen: number; open: '' | 'correct' | 'link'; form: Form | null; begun: Form | null; of: string; link: LinkForm }
const NOTHING: Draft = { why: '', chosen: 0, open: '', form: null, begun: null, of: '', link: NO_LINK };

/** Under what name the draft of an item is kept. */
export function draftOf(item: string): string {
  return `queue.${item}`;
}

export interface ItemProps {
  item: QueueItem;
  /** Who else has decided on this while one looked, if anybody. */
  elsewhere: string | undefined;
  onDone: () => void;
  onLook: () => void;
  onUndo: () => void;
}

export function Item({ item, elsewhere, onDone, onLook, onUndo }: ItemProps) {
  const draft = useDraft<Draft>(draftOf(item.id), NOTHING);
  const { why, open } = draft.value;
  const [busy, setBusy] = useState(false);
  const [stale, setStale] = useState<Stale | null>(null);
  const whyField = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  const sending = useRef(false);
  const since = useRef(performance.now());
  const watching = useWatch(item.id, item.watching);
  const may = me.value?.may.decide ?? false;
  const done = takenOf(item.id);
  const chosenAt = Math.min(draft.value.chosen, Math.max(0, item.claims.length - 1));
  const chosen = item.claims[chosenAt];

  const read = chosen ? formOf(chosen) : null;
  const { form: typed, begun, of } = draft.value;
  const form = read && typed && begun && of === chosen?.id ? rebased(begun, typed, read) : read;

  // A form that one opens takes the focus; one that was left open does not take the keys from who comes back to it.
  useEffect(() => {
    if (open && asked.current) panel.current?.querySelector<HTMLElement>('select, input, button')?.focus();
    asked.current = false;
  }, [open]);

  const send = async (decisions: Decision[], said: string, seen = item.seen) => {
    if (sending.current || !may) return;
    if (why.length > LONGEST_WHY) return toast(t('queue.why.long', { n: LONGEST_WHY }), { bad: true });
    sending.current = true;
    setBusy(true);
    const outcome = await take(item.id, decisions, why, seen, said);
    sending.current = false;
    setBusy(false);
    if ('stale' in outcome) return setStale(outcome.stale);
    if ('error' in outcome) return toast(wholly(outcome.error), { bad: true });
    setStale(null);
    draft.clear();
    toast(outcome.taken.proposed ? t('queue.done.proposed', { said }) : t('queue.done', { said }), { act: { label: t('queue.undo'), do: onUndo } });
    onDone();
  };
  const decide = (verdict: Verdict) => {
    const decisions = settled(item, verdict, chosen);
    if (decisions) void send(decisions, t(`queue.verdict.${verdict}`));
  };
  const show = (which: 'correct' | 'link', to: Card | undefined = chosen) => {
    if (!to) return;
    asked.current = true;
    if (draft.value.of === to.id) draft.set({ open: which });
    else draft.set({ open: which, of: to.id, form: null, begun: null, link: NO_LINK });
  };
  const choose = (at: number) => {
    draft.set({ chosen: at });
    if (item.claims[at] && open) show(open, item.claims[at]);
  };

  const allowed = (decisions: Decision[] | null) => decisions !== null && mayTake(decisions, me.value);
  // A key that was pressed twice, or held, must not decide on the next item, which nobody has seen yet.
  const byKey = (act: () => void) => (event: KeyboardEvent) => {
    if (!event.repeat && performance.now() - since.current > UNSEEN_MS) act();
  };
  const verdicts = VERDICTS.filter((verdict) => allowed(settled(item, verdict, chosen)));
  const meant = candidates(item).filter(({ decisions }) => allowed(decisions));
  const links = allowed([{ decision: 'link', of: '', slot: 'actor', mention: '', id: '' }]);
  const leading = meant.length > 0 ? null : first(item);
  const mean = ({ id, decisions }: (typeof meant)[number]) => void send(decisions, t('queue.verdict.means', { name: apart(nameOf(id)?.name ?? id) }));
  const keys: Key[] = !may || done ? [] : [
    ...verdicts.map((verdict) => ({ key: VERDICT_KEY[verdict], label: t(`queue.do.${verdict}`, { n: settled(item, verdict, chosen)?.length ?? 0 }), do: byKey(() => decide(verdict)) })),
    ...(chosen ? [
      { key: 'e', label: t('queue.do.correct'), do: () => show('correct') },
      ...(links ? [{ key: 'l', label: t('queue.do.link'), do: () => show('link') }] : []),
    ] : []),
    { key: 'w', label: t('queue.do.why'), do: () => whyField.current?.querySelector('textarea')?.focus() },
    ...(meant.length > 0
      ? meant.slice(0, 9).map((one, at) => ({ key: String(at + 1), label: t('queue.do.means', { name: apart(nameOf(one.id)?.name ?? one.id) }), do: byKey(() => mean(one)) }))
      : item.claims.slice(0, 9).map((_, at) => ({ key: String(at + 1), label: t('queue.do.choose', { at: String(at + 1) }), do: () => choose(at) }))),
  ];
  useKeys(t('queue.keys.item'), keys);

  const pair = item.events.length === 0 ? pairOf(item) : null;
  const leave = () => {
    draft.set({ open: '' });
    (document.activeElement as HTMLElement | null)?.blur();
  };
  return (
    <section class="queue-item stack" aria-labelledby="queue-question">
      <header class="stack tight">
        <p class="row">
          <span class="chip kind">{whatOf(item.what)}</span>
          <span class="muted small">{item.doubt === undefined ? t('queue.score', { score: item.score }) : t('queue.doubt', { doubt: item.doubt })}</span>
        </p>
        <h2 id="queue-question">{question(item)}</h2>
        {item.events.length === 1 && (
          <details class="queue-one">
            <summary>{eventLine(item.events[0]!)}</summary>
            <EventBox event={item.events[0]!} />
          </details>
        )}
        <p class="queue-effect">
          <strong>{t('queue.effect.would', { n: item.effect.answers })}</strong>
        </p>
        <EffectLines item={item} />
        {item.reasons.length > 0 && (
          <details class="small" open={item.reasons.length <= 4}>
            <summary>{t('queue.reasons')}</summary>
            <ul>{item.reasons.map((reason) => <li key={reason}>{reasonText(reason)}</li>)}</ul>
          </details>
        )}
        <div aria-live="polite">
          {watching.length > 0 && <p class="queue-notice">{t('queue.watching', { n: watching.length, names: and(watching.map(apart)) })}</p>}
          {elsewhere !== undefined && !stale && (
            <p class="queue-notice row">
              {t('queue.other.now', { name: apart(elsewhere) })} <Button onClick={onLook}>{t('queue.stale.look')}</Button>
            </p>
          )}
        </div>
      </header>

      {stale && (
        <StaleBox
          stale={stale}
          busy={busy}
          onLook={() => { setStale(null); onLook(); }}
          onAnyway={() => void send(stale.decisions, t('queue.verdict.anyway'), seenWith(item.seen, stale.changed))}
          onLeave={() => setStale(null)}
        />
      )}

      {item.events.length > 1 && (
        <div class="queue-events">
          {item.events.map((event) => <EventBox key={event.id} event={event} />)}
        </div>
      )}
      {(pair || meant.length > 0) && (
        <div class="queue-events">
          {pair ? pair.map((id) => <Named key={id} id={id} />) : meant.map(({ id }, at) => <Named key={id} id={id} hotkey={may && !done && at < 9 ? String(at + 1) : undefined} />)}
        </div>
      )}

      {item.claims.length > 0 && (
        <div class="stack" role="group" aria-label={t('queue.claims')}>
          {item.claims.length > 1 && may && <p class="muted small">{t('queue.claims.hint')}</p>}
          <div class={`queue-claims ${item.claims.length > 1 && item.events.length > 1 ? 'two' : ''}`}>
            {item.claims.map((card, at) => (
              <div key={card.id} class="queue-claim" onFocusIn={() => at !== chosenAt && choose(at)} onClick={() => at !== chosenAt && choose(at)}>
                <span class="queue-number muted small" aria-hidden="true">{item.claims.length > 1 && meant.length === 0 ? number(at + 1) : ''}</span>
                <ClaimCard
                  claim={card}
                  chosen={at === chosenAt && item.claims.length > 1}
                  foot={may && !done && item.claims.length > 1 && at !== chosenAt && (
                    <Button look="quiet" hotkey={at < 9 && meant.length === 0 ? String(at + 1) : undefined} onClick={() => choose(at)}>{t('queue.choose')}</Button>
                  )}
                />
              </div>
            ))}
          </div>
        </div>
      )}

      {may && !done && open && chosen && (
        <div ref={panel}>
          {open === 'correct' && form && read ? (
            <CorrectForm
              card={chosen}
              form={form}
              busy={busy}
              onForm={(next) => draft.set({ form: next, begun: read })}
              onSend={(decision) => void send([decision], t('queue.verdict.correct'))}
              onClose={leave}
              onReset={() => draft.set({ form: null, begun: null })}
            />
          ) : (
            <LinkPanel
              card={chosen}
              form={draft.value.link}
              busy={busy}
              onForm={(change) => draft.set({ link: { ...draft.value.link, ...change } })}
              onSend={(decisions) => void send(decisions, t('queue.verdict.link'))}
              onClose={leave}
            />
          )}
        </div>
      )}

      {!may ? (
        <p class="muted">{t('queue.may_not')}</p>
      ) : done ? (
        <p class="queue-notice row">
          {done.proposed ? t('queue.done.proposed', { said: done.said }) : t('queue.done', { said: done.said })}
          <Button hotkey="u" onClick={onUndo}>{t('queue.undo')}</Button>
        </p>
      ) : (
        <div class={`queue-bar ${open ? 'still' : ''}`} role="group" aria-label={t('queue.bar')}>
          <div class="row">
            {meant.map((one, at) => (
              <Button key={one.id} busy={busy} hotkey={at < 9 ? String(at + 1) : undefined} onClick={() => mean(one)}>
                <bdi>{nameOf(one.id)?.name ?? one.id}</bdi>
              </Button>
            ))}
            {verdicts.map((verdict) => (
              <Button key={verdict} look={verdict === leading ? 'main' : 'plain'} busy={busy} hotkey={VERDICT_KEY[verdict]} onClick={() => decide(verdict)}>
                {t(`queue.do.${verdict}`, { n: settled(item, verdict, chosen)?.length ?? 0 })}
              </Button>
            ))}
            {others(item).filter((way) => allowed(way.decisions)).map((way) => (
              <Button key={way.key} busy={busy} onClick={() => void send(way.decisions, word('queue.way', way.key))}>{word('queue.way', way.key)}</Button>
            ))}
            {chosen && <Button aria-expanded={open === 'correct'} hotkey="e" onClick={() => (open === 'correct' ? leave() : show('correct'))}>{t('queue.do.correct')}</Button>}
            {chosen && links && <Button aria-expanded={open === 'link'} hotkey="l" onClick={() => (open === 'link' ? leave() : show('link'))}>{t('queue.do.link')}</Button>}
          </div>
          {!links && <p class="muted small">{t('queue.reviewers')}</p>}
          <div ref={whyField} onKeyDown={(event) => event.key === 'Escape' && (document.activeElement as HTMLElement | null)?.blur()}>
            <TextField
              label={t('queue.why')}
              placeholder={t('queue.why.hint')}
              bare
              rows={1}
              value={why}
              error={why.length > LONGEST_WHY ? t('queue.why.long', { n: LONGEST_WHY }) : undefined}
              onValue={(text) => draft.set({ why: text })}
            />
          </div>
        </div>
      )}
    </section>
  );
}

/** So long an item must have been in view before a key decides on it. */
const UNSEEN_MS = 300;

const VERDICT_KEY: Record<Verdict, string> = { one: 'm', two: 's', all: 'a', confirm: 'y', reject: 'x' };

function EffectLines({ item }: { item: QueueItem }) {
  const lines = effectLines(item);
  if (lines.length === 0) return null;
  return <ul class="queue-effect small">{lines.map((line) => <li key={line}>{line}</li>)}</ul>;
}

function question(item: QueueItem): string {
  if (candidates(item).length > 0) return t('queue.ask.link', { words: apart(mentionOf(item)) });
  if (first(item) === 'one') return item.events.length > 0 ? t('queue.ask.events') : t('queue.ask.names');
  if (item.what === 'claim') return t('queue.ask.claim');
  return t('queue.ask.versions', { what: whatOf(item.what) });
}

function mentionOf(item: QueueItem): string {
  for (const decision of item.settle.flatMap((way) => way.decisions)) if (decision.decision === 'link') return decision.mention;
  return '';
}

function EventBox({ event }: { event: Event }) {
  return (
    <div class="panel stack tight">
      <p class="row spread">
        <KindChip kind={event.kind} />
        <Link class="small" to={pageOf('event', event.id)}>{t('claim.event')}</Link>
      </p>
      <p><strong>{eventLine(event)}</strong></p>
      <dl class="facts small">
        {event.killed.best !== null && <><dt>{word('measure', 'killed')}</dt><dd><Toll toll={event.killed} /></dd></>}
        {event.actors.length > 0 && <><dt>{word('queue.slot', 'actor')}</dt><dd><EntityList ids={event.actors} most={4} /></dd></>}
        {event.targets.length > 0 && <><dt>{word('queue.slot', 'target')}</dt><dd><EntityList ids={event.targets} most={4} /></dd></>}
        <dt>{t('queue.voices')}</dt>
        <dd>{number(event.roots.length)} · <EntityList ids={event.roots} most={4} /></dd>
      </dl>
    </div>
  );
}
