/** A source: whom it cites and who cites it, loops and copies, how reliable it was rated, how its figures stand to others'. */
import { useState } from 'preact/hooks';
import { me, post } from '../api/client';
import type { Decided, Id, SourceAnswer, SourcesChart } from '../api/types';
import { asApiError, renewAnswers, useAnswer } from '../api/use';
import { pageOf } from '../addresses';
import { NetworkChart } from '../charts/network';
import { ratioWord, StandingChart } from '../charts/standing';
import { number, t, word } from '../i18n';
import { EntryLine } from '../decisions/entry';
import { Link } from '../router';
import type { PageParams } from '../routes';
import { Page } from '../shell/Page';
import { Button, Select, TextField } from '../ui/controls';
import { Await, Empty, ErrorBox, errorText, Loading, toast } from '../ui/feedback';
import { EntityLink, EntityList, SideName } from '../ui/marks';
import { DisputeRows, Fact, Section } from './parts';

const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;

export default function SourcePage({ id = '' }: PageParams) {
  const answer = useAnswer<SourceAnswer>(`sources/${encodeURIComponent(id)}`);
  if (answer.error) return <Page title={id}><ErrorBox error={answer.error} again={answer.again} /></Page>;
  if (!answer.data) return <Page title={id} bare><Loading /></Page>;
  const { source } = answer.data;
  return (
    <Page title={source.name || source.id} over={t('pages.source')} aside={<Link class="button" to={`/?according_to=${encodeURIComponent(source.id)}`}>{t('pages.source.map')}</Link>}>
      <Await answer={answer}>{(data) => <Body data={data} />}</Await>
    </Page>
  );
}

function Body({ data }: { data: SourceAnswer }) {
  const { source, figures, disputes, decisions } = data;
  const loops = source.circular;
  return (
    <div class="stack">
      <dl class="facts">
        <Fact name={t('pages.kind')}>{source.kind && word('entity_kind', source.kind)}</Fact>
        <Fact name={t('charts.side')}><SideName side={source.side} /></Fact>
        <Fact name={t('pages.source.belongs_to')}>{source.belongs_to && <EntityLink id={source.belongs_to} />}</Fact>
        <Fact name={t('pages.source.reports')}><Link to={`/reports?outlet=${encodeURIComponent(source.name)}`}>{number(source.reports)}</Link></Fact>
        <Fact name={t('nav.claims')}><Link to={`/claims?source=${encodeURIComponent(source.id)}`}>{number(data.claims)}</Link></Fact>
        <Fact name={t('pages.source.letter')}><Letter source={source.id} letter={source.letter} /></Fact>
      </dl>
      <Section title={t('pages.source.cites_and_cited')}>
        <div class="columns">
          <Citing title={t('pages.source.cites')} ids={source.cites} none={t('pages.source.cites_none')} />
          <Citing title={t('pages.source.cited_by')} ids={source.cited_by} none={t('pages.source.cited_none')} />
          {source.reposts.length > 0 && <Citing title={t('pages.source.reposts')} ids={source.reposts} none="" />}
        </div>
        {loops.length > 0 && (
          <div class="note">
            <h3>{t('pages.source.loops', { n: loops.length })}</h3>
            <ul class="plain">
              {loops.map((loop) => (
                <li key={loop.join('>')} class="loop">
                  {[...loop, loop[0]!].map((one, n) => <span key={n}>{n > 0 && <span aria-hidden="true"> {t('pages.arrow')} </span>}<EntityLink id={one} type="source" /></span>)}
                </li>
              ))}
            </ul>
            <p class="small">{t('pages.source.loops_note')}</p>
          </div>
        )}
        <Around source={source.id} />
      </Section>
      <Standing data={data} />
      {disputes.length > 0 && <Section title={t('pages.source.disputes')} count={disputes.length}><DisputeRows disputes={disputes} /></Section>}
      {source.copies.length > 0 && (
        <Section title={t('pages.source.copies')} count={source.copies.length}>
          <p class="small muted">{t('pages.source.copies_note')}</p>
          <ul class="plain">
            {source.copies.slice(0, 30).map((group) => (
              <li key={group.join('+')}>{group.map((report, n) => <span key={report}>{n > 0 && ' = '}<Link to={pageOf('report', report)}><bdi>{report}</bdi></Link></span>)}</li>
            ))}
          </ul>
        </Section>
      )}
      {decisions.length > 0 && (
        <Section title={t('nav.decisions')} count={decisions.length}>
          {decisions.map((entry) => <EntryLine key={entry.entry} entry={entry} />)}
        </Section>
      )}
      {figures.length === 0 && disputes.length === 0 && source.claims === 0 && <Empty>{t('pages.source.silent')}</Empty>}
    </div>
  );
}

function Citing({ title, ids, none }: { title: string; ids: Id[]; none: string }) {
  return (
    <div>
      <h3>{title} <span class="muted">{number(ids.length)}</span></h3>
      {ids.length > 0 ? <EntityList ids={ids} most={40} /> : <p class="muted">{none}</p>}
    </div>
  );
}

/** The part of the network around it: itself, whom it cites, who cites it, and the links among them. */
function Around({ source }: { source: Id }) {
  const answer = useAnswer<SourcesChart>('charts/sources', { source: [source], limit: 60 });
  if (!answer.data || answer.data.nodes.length < 3) return null;
  return <NetworkChart net={answer.data} title={t('pages.source.around')} high={360} csv={{ path: 'charts/sources', params: { source: [source], limit: 60 } }} />;
}

function Standing({ data }: { data: SourceAnswer }) {
  const { source, figures, stand } = data;
  const n = stand.above + stand.same + stand.below;
  return (
    <Section title={t('pages.source.figures')} count={figures.length}>
      {n === 0 ? <p class="muted">{t('pages.source.figures_none')}</p> : (
        <p class="lead">
          {t('pages.source.stand', { n, above: stand.above, same: stand.same, below: stand.below, ratio: stand.median_ratio === null ? null : ratioWord(stand.median_ratio) })}
        </p>
      )}
      {figures.length > 0 && <StandingChart figures={figures} name={source.name || source.id} />}
    </Section>
  );
}

/** The Admiralty letter, and changing it for those who may decide. */
function Letter({ source, letter }: { source: Id; letter: string }) {
  const [open, setOpen] = useState(false);
  const [next, setNext] = useState(letter);
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const may = me.value?.may.decide ?? false;
  const save = async () => {
    setBusy(true);
    try {
      const done = await post<Decided>('decisions', { decisions: [{ decision: 'rate', source, letter: next }], why, seen: me.peek()?.ledger.entry ?? 0 });
      toast(t(done.proposed ? 'pages.source.letter_proposed' : 'pages.source.letter_set', { letter: next }));
      setOpen(false);
      renewAnswers(done.entries[0] ?? 0);
    } catch (error) {
      toast(errorText(asApiError(error)), { bad: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <strong>{letter}</strong> <span class="muted">{word('pages.letter', letter)}</span>
      {may && !open && <Button look="quiet" onClick={() => { setNext(letter); setOpen(true); }}>{t('pages.source.letter_change')}</Button>}
      {open && (
        <form class="row letter-form" onSubmit={(event) => { event.preventDefault(); void save(); }}>
          <Select label={t('pages.source.letter')} value={next} options={LETTERS.map((one) => ({ value: one as string, label: `${one} – ${t(`pages.letter.${one}`)}` }))} onValue={setNext} />
          <TextField label={t('pages.why')} value={why} onValue={setWhy} maxLength={2000} />
          <Button type="submit" look="main" busy={busy} disabled={next === letter}>{t('pages.save')}</Button>
          <Button look="quiet" onClick={() => setOpen(false)}>{t('close')}</Button>
        </form>
      )}
    </>
  );
}
