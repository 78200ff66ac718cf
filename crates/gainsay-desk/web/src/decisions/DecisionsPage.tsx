/** The log of decisions, newest first: each may be undone. */
import { useState } from 'preact/hooks';
import { me, post } from '../api/client';
import type { Decided, Entry } from '../api/types';
import { asApiError, usePages } from '../api/use';
import { t } from '../i18n';
import { Link, text, useQuery } from '../router';
import { Page } from '../shell/Page';
import { Await, Button, Dialog, Empty, errorText, Pager, TextField, toast } from '../ui';
import { DecisionText, EntryLine } from './entry';
import './decisions.css';

const QUERY = { by: text(), claim: text() };

export default function DecisionsPage() {
  const [query, setQuery] = useQuery(QUERY);
  return (
    <Page title={t('nav.decisions')} aside={me.value?.settings.second_eyes && <Link to="/queue?tab=proposals">{t('decisions.proposals')}</Link>}>
      <p class="muted">{t('decisions.what')}</p>
      <Log by={query.by} claim={query.claim} onAsk={setQuery} />
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
