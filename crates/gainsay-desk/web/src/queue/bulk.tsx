/** One decision on many claims: which, what, a look at them, and only then, with one why, the decision. */
import { useState } from 'preact/hooks';
import { ApiError, me, post } from '../api/client';
import { KINDS, STATUSES, type Decided, type Kind, type Preview, type Status } from '../api/types';
import { asApiError, forgetAnswers } from '../api/use';
import { useDraft } from '../draft';
import { t } from '../i18n';
import { Button, ClaimCard, DateField, Empty, ErrorBox, FilterBar, Select, TextField, toast, type Ask } from '../ui';
import { named } from './correct-form';
import { BULK_ASK, bulkDecision, isNarrow, LETTERS, type BulkDraft, type Letter } from './bulk-ask';
import { SaidAll } from './said';
import { LONGEST_WHY, seenWith, takeBack, wholly, type Stale, type Taken } from './take';
import { StaleBox } from './stale';

const SHOWN = 50;
const WHATS = ['confirm', 'reject', 'kind', 'status', 'rate'] as const;
const EMPTY: BulkDraft = { ask: BULK_ASK, what: 'confirm', kind: 'clash', status: 'asserted', letter: 'C', since: '', why: '' };

export function Bulk() {
  const draft = useDraft<BulkDraft>('bulk', EMPTY);
  const { ask, what, kind, status, letter, since, why } = draft.value;
  const rates = what === 'rate';
  const counted = (key: string, n: number) => t(`queue.bulk.${rates ? 'sources' : 'claims'}.${key}`, { n });
  const [preview, setPreview] = useState<(Preview & { seen: number }) | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [stale, setStale] = useState<Stale | null>(null);
  const [done, setDone] = useState<Taken | null>(null);
  const narrow = isNarrow(ask, what);

  const set = (change: Partial<BulkDraft>) => {
    // What is decided must be what was looked at.
    if (!('why' in change)) setPreview(null);
    setDone(null);
    setStale(null);
    draft.set(change);
  };
  const look = async () => {
    setBusy(true);
    setError(null);
    const seen = me.peek()?.answers.entry ?? 0;
    try {
      const found = await post<Preview>('decisions/preview', { ask: said(ask), decision: bulkDecision(draft.value) });
      setPreview({ ...found, seen: found.seen ?? seen });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  const decide = async (seen: number) => {
    if (!preview || busy) return;
    setBusy(true);
    setError(null);
    try {
      const answer = await post<Decided>('decisions', { decisions: preview.decisions, why: why.trim(), seen });
      const one: Taken = { item: 'bulk', entries: answer.entries, proposed: answer.proposed, said: counted('said', preview.decisions.length), undone: false };
      forgetAnswers();
      setDone(one);
      setPreview(null);
      setStale(null);
      draft.set({ why: '' });
      toast(one.said);
    } catch (thrown) {
      const fault = asApiError(thrown);
      if (fault.code === 'stale') setStale({ changed: (fault.more.changed as Stale['changed'] | undefined) ?? [], decisions: preview.decisions, message: fault.message });
      else setError(fault);
    }
    setBusy(false);
  };
  const undo = async (one: Taken) => {
    setBusy(true);
    const failed = await takeBack(one);
    setBusy(false);
    if (failed) return toast(wholly(failed), { bad: true });
    setDone(null);
    toast(t('queue.undone', { said: one.said }));
  };

  return (
    <div class="stack">
      <p class="muted">{t('queue.bulk.intro')}</p>
      <h2>{t('queue.bulk.which')}</h2>
      <FilterBar ask={ask} fields={['place', 'actor', 'source', 'kind', 'from', 'to']} onAsk={(change) => set({ ask: { ...ask, ...change } })} />
      <h2>{t('queue.bulk.what')}</h2>
      <div class="slot-row bulk-what">
        <Select label={t('queue.bulk.decision')} value={what} options={WHATS.map((one) => ({ value: one, label: t(`queue.bulk.do.${one}`) }))} onValue={(next) => set({ what: next })} />
        {what === 'kind' && <Select<Kind> label={t('queue.bulk.kind')} value={kind} options={named('kind', KINDS)} onValue={(next) => set({ kind: next })} />}
        {what === 'status' && <Select<Status> label={t('queue.bulk.status')} value={status} options={named('status', STATUSES)} onValue={(next) => set({ status: next })} />}
        {rates && <Select<Letter> label={t('queue.bulk.letter')} value={letter} options={LETTERS.map((one) => ({ value: one, label: t(`queue.letter.${one}`) }))} onValue={(next) => set({ letter: next })} />}
        {rates && <DateField label={t('queue.bulk.since')} value={since} onValue={(next) => set({ since: next })} />}
      </div>
      <div class="row">
        <Button look={preview ? 'plain' : 'main'} busy={busy && !preview} disabled={!narrow} onClick={() => void look()}>{t('queue.bulk.look')}</Button>
        {!narrow && <span class="muted small">{rates ? t('queue.bulk.name') : t('queue.bulk.narrow')}</span>}
      </div>
      {error && <ErrorBox error={error} />}
      {stale && (
        <StaleBox stale={stale} busy={busy} onLook={() => { setStale(null); void look(); }} onAnyway={() => void decide(seenWith(preview?.seen ?? 0, stale.changed))} onLeave={() => setStale(null)} />
      )}
      {done && (
        <p class="queue-notice row">
          {done.proposed ? t('queue.done.proposed', { said: done.said }) : t('queue.done', { said: done.said })}
          <Button busy={busy} onClick={() => void undo(done)}>{t('queue.undo')}</Button>
        </p>
      )}
      {preview && preview.claims === 0 && <Empty>{preview.already ? t('queue.bulk.already', { n: preview.already }) : t('queue.bulk.none')}</Empty>}
      {preview && preview.claims > 0 && (
        <section class="stack" aria-labelledby="bulk-preview">
          <h2 id="bulk-preview">{counted('preview', preview.claims)}</h2>
          {(preview.already ?? 0) > 0 && <p class="muted">{t('queue.bulk.already', { n: preview.already ?? 0 })}</p>}
          <SaidAll decisions={preview.decisions} most={3} />
          <TextField label={t('queue.bulk.why')} hint={t('queue.bulk.why_hint')} rows={2} value={why} error={why.length > LONGEST_WHY ? t('queue.why.long', { n: LONGEST_WHY }) : undefined} onValue={(next) => set({ why: next })} />
          <div class="row">
            <Button look="main" busy={busy} disabled={!why.trim() || why.length > LONGEST_WHY || preview.decisions.length === 0} onClick={() => void decide(preview.seen)}>
              {counted('decide', preview.decisions.length)}
            </Button>
          </div>
          <div>
            {preview.first.slice(0, SHOWN).map((card) => <ClaimCard key={card.id} claim={card} short />)}
            {!rates && preview.claims > SHOWN && <p class="muted">{t('queue.bulk.more', { n: preview.claims - Math.min(SHOWN, preview.first.length) })}</p>}
          </div>
        </section>
      )}
    </div>
  );
}

/** The fields of the ask that say something. */
function said(ask: Ask): Partial<Ask> {
  return Object.fromEntries(Object.entries(ask).filter(([, value]) => value.length > 0)) as Partial<Ask>;
}
