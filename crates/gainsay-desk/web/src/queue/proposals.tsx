/** Decisions that wait for a second pair of eyes: agreed to or refused, never by who made them. */
import { useEffect, useState } from 'preact/hooks';
import { me, post } from '../api/client';
import { on } from '../api/live';
import type { ClaimAnswer, Decision, Id, Proposal } from '../api/types';
import { asApiError, forgetAnswers, useAnswer, usePages } from '../api/use';
import { useDraft } from '../draft';
import { moment, rich, t } from '../i18n';
import { Button, ClaimCard, Empty, ErrorBox, errorText, Loading, Pager, TextField, toast, useKeys } from '../ui';
import { SaidAll } from './said';
import { claimsOf } from './settle';
import { LONGEST_WHY } from './take';

export function Proposals() {
  const pages = usePages<Proposal>('proposals');
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
  if (items.length === 0) return <Empty hint={t('queue.proposals.hint')}>{t('queue.proposals.none')}</Empty>;
  return (
    <div class="stack">
      <p class="muted">{t('queue.proposals.intro')}</p>
      <ol class="plain">
        {items.map((one, index) => (
          <One key={one.entry} proposal={one} chosen={index === now} onChoose={() => setAt(index)} onState={(state) => setStates(new Map([...states, [one.entry, state]]))} />
        ))}
      </ol>
      <Pager shown={items.length} total={pages.total} more={pages.more} loading={pages.loadingMore} />
    </div>
  );
}

interface OneProps { proposal: Proposal; chosen: boolean; onChoose: () => void; onState: (state: Proposal['state']) => void }

function One({ proposal, chosen, onChoose, onState }: OneProps) {
  const draft = useDraft(`proposal.${proposal.entry}`, { why: '' });
  const [busy, setBusy] = useState(false);
  const own = proposal.by === me.value?.name;
  const may = (me.value?.may.decide ?? false) && !own && proposal.state === 'open';
  const { why } = draft.value;
  const answer = async (agree: boolean) => {
    if (!may || busy || why.length > LONGEST_WHY) return;
    setBusy(true);
    try {
      await post(`proposals/${proposal.entry}`, { agree, why: why.trim() });
      draft.clear();
      forgetAnswers();
      onState(agree ? 'agreed' : 'refused');
      toast(t(agree ? 'queue.proposals.agreed' : 'queue.proposals.refused'));
    } catch (thrown) {
      toast(errorText(asApiError(thrown)), { bad: true });
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
      {own && proposal.state === 'open' && <p class="muted small">{t('queue.proposals.own')}</p>}
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
