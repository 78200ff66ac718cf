/** Decisions that wait for a second pair of eyes: agreed to or refused, never by who made them. */
import { useEffect, useState } from 'preact/hooks';
import { me, post } from '../api/client';
import { on } from '../api/live';
import type { ClaimAnswer, Decision, Id, Proposal } from '../api/types';
import { asApiError, forgetAnswers, useAnswer, usePages } from '../api/use';
import { useDraft } from '../draft';
import { moment, rich, t } from '../i18n';
import { Button, Check, ClaimCard, Empty, ErrorBox, Loading, Pager, TextField, toast, useKeys } from '../ui';
import { SaidAll } from './said';
import { claimsOf, mayTake } from './settle';
import { LONGEST_WHY, wholly } from './take';

export function Proposals() {
  const [all, setAll] = useState(false);
  const pages = usePages<Proposal>('proposals', { state: all ? null : 'open' });
  const [at, setAt] = useState(0);
  const [states, setStates] = useState<ReadonlyMap<number, Proposal['state']>>(new Map());
  useEffect(() => on('decision', () => pages.again()), []);
  const items = (pages.data ?? []).map((one) => ({ ...one, state: states.get(one.entry) ?? one.state }));
  const now = Math.min(at, Math.max(0, items.length - 1));
  useKeys(t('queue.keys.proposals'), [
    { key: 'j', label: t('queue.do.next'), do: () => setAt(Math.min(now + 1, items.length - 1)) },
    { key: 'k', label: t('queue.do.previous'), do: () => setAt(Math.max(now - 1, 0)) },
  ]);
  if (pages.error) return <ErrorBox error={pages.error} again={pages.again} />;
  if (!pages.data) return <Loading />;
  return (
    <div class="stack">
      <div class="row spread">
        <p class="muted">{t('queue.proposals.intro')}</p>
        <Check label={t('queue.proposals.all')} checked={all} onValue={setAll} />
      </div>
      {items.length === 0 && <Empty hint={t('queue.proposals.hint')}>{t('queue.proposals.none')}</Empty>}
      <ol class="plain">
        {items.map((one, index) => (
          <One key={one.entry} proposal={one} chosen={index === now} onChoose={() => setAt(index)} onState={(state) => setStates(new Map([...states, [one.entry, state]]))} onStale={pages.again} />
        ))}
      </ol>
      <Pager shown={items.length} total={pages.total} more={pages.more} loading={pages.loadingMore} />
    </div>
  );
}

interface OneProps { proposal: Proposal; chosen: boolean; onChoose: () => void; onState: (state: Proposal['state']) => void; onStale: () => void }

function One({ proposal, chosen, onChoose, onState, onStale }: OneProps) {
  const draft = useDraft(`proposal.${proposal.entry}`, { why: '' });
  const [busy, setBusy] = useState(false);
  const own = proposal.by === me.value?.name;
  // Agreeing takes the right that the decision itself takes, without the second pair of eyes.
  const who = me.value && { ...me.value, settings: { ...me.value.settings, second_eyes: false } };
  const may = !own && proposal.state === 'open' && mayTake(proposal.decisions, who);
  const { why } = draft.value;
  const answer = async (agree: boolean) => {
    // One's own can only be taken back.
    if (busy || why.length > LONGEST_WHY || (own ? agree : !may)) return;
    setBusy(true);
    try {
      await post(`proposals/${proposal.entry}`, { agree, why: why.trim() });
      draft.clear();
      forgetAnswers();
      onState(agree ? 'agreed' : 'refused');
      toast(t(agree ? 'queue.proposals.agreed' : 'queue.proposals.refused'));
    } catch (thrown) {
      const fault = asApiError(thrown);
      toast(wholly(fault), { bad: true });
      // Somebody has answered it, or decided on the same: what stands there is no longer so.
      if (fault.status === 409) onStale();
    }
    setBusy(false);
  };
  return (
    <li class={`proposal stack tight ${chosen ? 'chosen' : ''}`} aria-current={chosen ? 'true' : undefined} onFocusIn={onChoose} onClick={onChoose}>
      <p class="row spread">
        <span>{rich('queue.proposals.by', { by: <strong><bdi>{proposal.by}</bdi></strong>, at: moment(proposal.at) })}</span>
        <span class="chip">{t(`queue.proposals.state.${proposal.state}`)}</span>
      </p>
      <SaidAll decisions={proposal.decisions} />
      {chosen && <Evidence decisions={proposal.decisions} />}
      {proposal.why && <p class="muted" dir="auto">{t('queue.quoted', { words: proposal.why })}</p>}
      {proposal.many !== undefined && proposal.many > proposal.decisions.length && <p class="muted small">{t('queue.proposals.many', { n: proposal.many })}</p>}
      {proposal.answered_by && (
        <p class="small">
          {rich('queue.proposals.answered', { by: <strong><bdi>{proposal.answered_by}</bdi></strong>, at: moment(proposal.answered_at) })}
          {proposal.answer && <bdi class="muted"> {t('queue.quoted', { words: proposal.answer })}</bdi>}
        </p>
      )}
      {own && proposal.state === 'open' && (
        <p class="row">
          <span class="muted small">{t('queue.proposals.own')}</span>
          <Button busy={busy} onClick={() => void answer(false)}>{t('queue.proposals.back')}</Button>
        </p>
      )}
      {may && (
        <>
          {chosen && <ProposalKeys answer={(agree) => void answer(agree)} />}
          <TextField label={t('queue.why')} bare placeholder={t('queue.why.hint')} rows={1} value={why} error={why.length > LONGEST_WHY ? t('queue.why.long', { n: LONGEST_WHY }) : undefined} onValue={(next) => draft.set({ why: next })} />
          <div class="row">
            <Button look="main" busy={busy} hotkey={chosen ? 'y' : undefined} onClick={() => void answer(true)}>{t('queue.proposals.agree')}</Button>
            <Button busy={busy} hotkey={chosen ? 'x' : undefined} onClick={() => void answer(false)}>{t('queue.proposals.refuse')}</Button>
          </div>
        </>
      )}
    </li>
  );
}

/** So many claims of a proposal are shown in full; each is an answer of its own. */
const SHOWN = 4;

/** The claims that a proposal is about: nobody can agree to what they have not seen. */
function Evidence({ decisions }: { decisions: readonly Decision[] }) {
  const claims = [...new Set(decisions.flatMap(claimsOf))];
  return <div>{claims.slice(0, SHOWN).map((id) => <OneClaim key={id} id={id} />)}</div>;
}

function OneClaim({ id }: { id: Id }) {
  const answer = useAnswer<ClaimAnswer>(`claims/${encodeURIComponent(id)}`);
  const why = answer.data?.why;
  // A claim that cannot be had (a link is of a whole report) is named in the decision above.
  if (!why) return answer.loading ? <Loading small /> : null;
  return <ClaimCard claim={{ ...why.claim, quotes: why.quotes, chain: why.chain, copy_of: why.copy_of }} />;
}

function ProposalKeys({ answer }: { answer: (agree: boolean) => void }) {
  useKeys(t('queue.keys.proposal'), [
    { key: 'y', label: t('queue.proposals.agree'), do: () => answer(true) },
    { key: 'x', label: t('queue.proposals.refuse'), do: () => answer(false) },
  ]);
  return null;
}
