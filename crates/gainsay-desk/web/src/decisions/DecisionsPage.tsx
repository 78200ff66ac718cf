/** The log of decisions, newest first: each may be undone; where a second pair of eyes is asked for, those that wait for it. */
import { useState } from 'preact/hooks';
import { me, post } from '../api/client';
import type { Decided, Entry, Proposal } from '../api/types';
import { asApiError, usePages } from '../api/use';
import { moment, t } from '../i18n';
import { oneOf, text, useQuery } from '../router';
import { Page } from '../shell/Page';
import { Await, Button, Dialog, Empty, errorText, Pager, Tabs, TextField, toast } from '../ui';
import { DecisionText, EntryLine } from './entry';
import './decisions.css';

const QUERY = { by: text(), claim: text(), tab: oneOf(['log', 'proposals'] as const, 'log') };

export default function DecisionsPage() {
  const [query, setQuery] = useQuery(QUERY);
  const eyes = me.value?.settings.second_eyes ?? false;
  return (
    <Page title={t('nav.decisions')}>
      <p class="muted">{t('decisions.what')}</p>
      {(eyes || query.tab === 'proposals') && (
        <Tabs
          label={t('nav.decisions')}
          at={query.tab}
          tabs={[{ key: 'log', label: t('decisions.log') }, { key: 'proposals', label: t('decisions.proposals') }]}
          onTab={(tab) => setQuery({ tab: tab as 'log' })}
        />
      )}
      {query.tab === 'proposals' ? <Proposals /> : <Log by={query.by} claim={query.claim} onAsk={setQuery} />}
    </Page>
  );
}

function Log({ by, claim, onAsk }: { by: string; claim: string; onAsk: (change: { by?: string; claim?: string }) => void }) {
  const list = usePages<Entry>('decisions', { by, claim });
  const [asked, setAsked] = useState({ by, claim });
  const [undoing, setUndoing] = useState<Entry | null>(null);
  const ask = (event: Event) => {
    event.preventDefault();
    onAsk({ by: asked.by.trim(), claim: asked.claim.trim() });
  };
  return (
    <>
      <form class="filter" role="search" aria-label={t('filter.label')} onSubmit={ask}>
        <TextField label={t('decisions.by')} value={asked.by} maxLength={200} onValue={(value) => setAsked({ ...asked, by: value })} />
        <TextField label={t('decisions.claim')} value={asked.claim} maxLength={200} onValue={(value) => setAsked({ ...asked, claim: value })} />
        <Button type="submit">{t('filter.apply')}</Button>
      </form>
      <Await answer={list}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty hint={t('decisions.none_hint')}>{t('decisions.none')}</Empty>
          ) : (
            <>
              {entries.map((entry) => (
                <EntryLine
                  key={entry.entry}
                  entry={entry}
                  foot={
                    me.value?.may.decide && entry.undone_by === null ? (
                      <Button onClick={() => setUndoing(entry)}>{t('decisions.undo')}</Button>
                    ) : undefined
                  }
                />
              ))}
              <Pager shown={entries.length} total={list.total} more={list.more} loading={list.loadingMore} />
            </>
          )
        }
      </Await>
      {undoing && <Undo entry={undoing} onClose={() => setUndoing(null)} onDone={list.again} />}
    </>
  );
}

function Undo({ entry, onClose, onDone }: { entry: Entry; onClose: () => void; onDone: () => void }) {
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const go = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const done = await post<Decided>(`decisions/${entry.entry}/undo`, { why });
      toast(t(done.proposed ? 'decisions.undo_proposed' : 'decisions.undone', { entry: entry.entry }));
      onDone();
      onClose();
    } catch (error) {
      setWrong(errorText(asApiError(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('decisions.undo_title', { entry: entry.entry })} onClose={onClose}>
      <p><DecisionText decision={entry} /></p>
      <p class="muted small">{t('decisions.undo_hint')}</p>
      <form class="stack" onSubmit={(event) => void go(event)}>
        <TextField label={t('decisions.why')} value={why} onValue={setWhy} maxLength={4000} rows={2} error={wrong} />
        <div class="row">
          <Button type="submit" look="main" busy={busy}>{t('decisions.undo')}</Button>
          <Button onClick={onClose}>{t('decisions.keep')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Proposals() {
  const list = usePages<Proposal>('proposals');
  return (
    <Await answer={list}>
      {(all) =>
        all.length === 0 ? (
          <Empty hint={t('decisions.no_proposals_hint')}>{t('decisions.no_proposals')}</Empty>
        ) : (
          <>
            {all.map((one) => <ProposalLine key={one.entry} proposal={one} onDone={list.again} />)}
            <Pager shown={all.length} total={list.total} more={list.more} loading={list.loadingMore} />
          </>
        )
      }
    </Await>
  );
}

function ProposalLine({ proposal, onDone }: { proposal: Proposal; onDone: () => void }) {
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const own = proposal.by === me.value?.name;
  const answer = async (agree: boolean) => {
    setBusy(true);
    try {
      await post(`proposals/${proposal.entry}`, { agree, why });
      toast(t(agree ? 'decisions.agreed' : 'decisions.refused', { entry: proposal.entry }));
      onDone();
    } catch (error) {
      toast(errorText(asApiError(error)), { bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <article class="entry">
      <p class="small muted">
        <span class="mono">{proposal.entry}</span> · <bdi>{proposal.by}</bdi> · <time dateTime={proposal.at}>{moment(proposal.at)}</time> · {t(`decisions.state.${proposal.state}`)}
      </p>
      {proposal.decisions.slice(0, 10).map((decision, at) => <p key={at} class="entry-text"><DecisionText decision={decision} /></p>)}
      {proposal.decisions.length > 10 && <p class="muted">{t('list.more', { n: proposal.decisions.length - 10 })}</p>}
      {proposal.why && <p class="entry-why" dir="auto">{proposal.why}</p>}
      {proposal.state === 'open' && me.value?.may.decide && (
        own ? (
          <p class="muted small">{t('decisions.own')}</p>
        ) : (
          <div class="row">
            <TextField label={t('decisions.why')} bare value={why} onValue={setWhy} placeholder={t('decisions.why')} maxLength={4000} />
            <Button look="main" busy={busy} onClick={() => void answer(true)}>{t('decisions.agree')}</Button>
            <Button look="bad" busy={busy} onClick={() => void answer(false)}>{t('decisions.refuse')}</Button>
          </div>
        )
      )}
    </article>
  );
}
