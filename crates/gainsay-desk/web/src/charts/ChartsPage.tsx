/** Charts of what is asked: tolls, control, displacement, sources, months. */
import { useMemo } from 'preact/hooks';
import type { ControlChart as ControlAnswer, DisplacementChart as DisplacementAnswer, MonthsChart as MonthsAnswer, SourcesChart, TollsChart as TollsAnswer } from '../api/types';
import { GROUPS, MEASURES } from '../api/types';
import type { Params } from '../api/client';
import { useAnswer } from '../api/use';
import { t, word } from '../i18n';
import { oneOf, text, whole } from '../query';
import { useQuery } from '../router';
import { Page } from '../shell/Page';
import { Select } from '../ui/controls';
import { Await, Empty } from '../ui/feedback';
import { Tabs } from '../ui/figures';
import { askParams, FilterBar, useAsk, type AskField } from '../ui/filter';
import { ControlChart } from './control';
import { DisplacementChart } from './displacement';
import { MonthsChart } from './months';
import { NetworkChart } from './network';
import { TollsChart } from './tolls';

const TABS = ['tolls', 'control', 'displacement', 'sources', 'months'] as const;
type Tab = (typeof TABS)[number];
const POLICIES = ['ucdp', 'by-source', 'airwars', 'acled'] as const;
const LIMITS = [40, 80, 160] as const;
const QUERY = { tab: oneOf(TABS, 'tolls'), policy: oneOf(POLICIES, 'ucdp'), measure: text(), group: text(), limit: whole(80) };

const FIELDS: Record<Tab, AskField[]> = {
  tolls: ['place', 'actor', 'source', 'kind', 'from', 'to', 'known_by', 'according_to'],
  control: ['place', 'from', 'to', 'known_by', 'according_to'],
  displacement: ['place', 'source', 'from', 'to', 'known_by', 'according_to'],
  sources: ['place', 'actor', 'source', 'kind', 'from', 'to', 'known_by'],
  months: ['place', 'actor', 'source', 'kind', 'from', 'to', 'known_by', 'according_to'],
};

export default function ChartsPage() {
  const [query, setQuery] = useQuery(QUERY);
  const [ask, setAsk] = useAsk();
  const params = useMemo(() => {
    const all = askParams(ask);
    return Object.fromEntries(FIELDS[query.tab].map((field) => [field, all[field]])) as Params;
  }, [JSON.stringify(ask), query.tab]);
  const known = ask.known_by || null;
  return (
    <Page title={t('charts.title')}>
      <Tabs label={t('charts.tabs')} tabs={TABS.map((key) => ({ key, label: t(`charts.tab.${key}`) }))} at={query.tab} onTab={(tab) => setQuery({ tab: tab as Tab })} />
      <FilterBar ask={ask} onAsk={setAsk} fields={FIELDS[query.tab]}>
        {query.tab === 'tolls' && (
          <>
            <Select label={t('charts.policy')} value={query.policy} options={POLICIES.map((value) => ({ value, label: t(`charts.policy.${value}`) }))} onValue={(policy) => setQuery({ policy })} />
            <Select label={t('charts.measure')} value={query.measure} options={[{ value: '', label: t('charts.measure.any') }, ...MEASURES.map((value) => ({ value: value as string, label: word('measure', value) }))]} onValue={(measure) => setQuery({ measure })} />
            <Select label={t('charts.group')} value={query.group} options={[{ value: '', label: t('charts.group.any') }, ...['all', ...GROUPS, 'government-side', 'opposition-side', 'islamic-state-side', 'kurdish-side'].map((value) => ({ value, label: word('charts.group', value) }))]} onValue={(group) => setQuery({ group })} />
          </>
        )}
        {query.tab === 'sources' && (
          <Select label={t('charts.network.limit')} value={String(query.limit)} options={LIMITS.map((value) => ({ value: String(value), label: String(value) }))} onValue={(limit) => setQuery({ limit: Number(limit) })} />
        )}
      </FilterBar>
      {query.tab === 'tolls' && <Tolls params={{ ...params, policy: query.policy, measure: query.measure, group: query.group }} known={known} />}
      {query.tab === 'control' && <ControlTab params={params} known={known} />}
      {query.tab === 'displacement' && <Displacement params={params} known={known} />}
      {query.tab === 'sources' && <Sources params={{ ...params, limit: query.limit }} known={known} />}
      {query.tab === 'months' && <Months params={params} known={known} />}
    </Page>
  );
}

interface TabProps { params: Params; known: string | null }

function None() {
  return <Empty hint={t('charts.empty_hint')}>{t('charts.empty')}</Empty>;
}

function Tolls({ params, known }: TabProps) {
  const answer = useAnswer<TollsAnswer>('charts/tolls', params);
  return (
    <Await answer={answer}>
      {({ tallies }) => (tallies.length === 0 ? <None /> : (
        <TollsChart tallies={tallies} title={t('charts.tolls.title')} withEvent={new Set(tallies.map((one) => one.scope.event)).size > 1 || tallies.some((one) => one.scope.event)} csv={{ path: 'charts/tolls', params }} knownBy={known} level={2} />
      ))}
    </Await>
  );
}

function ControlTab({ params, known }: TabProps) {
  const answer = useAnswer<ControlAnswer>('charts/control', params);
  return (
    <Await answer={answer}>
      {({ rows }) => (rows.every((row) => row.holdings.length === 0) ? <None /> : (
        <ControlChart rows={rows} title={t('charts.control.titles')} from={(params.from as string) || null} to={(params.to as string) || null} csv={{ path: 'charts/control', params }} knownBy={known} level={2} />
      ))}
    </Await>
  );
}

function Displacement({ params, known }: TabProps) {
  const answer = useAnswer<DisplacementAnswer>('charts/displacement', params);
  return (
    <Await answer={answer}>
      {({ points }) => (points.length === 0 ? <None /> : <DisplacementChart points={points} title={t('charts.displacement.title')} csv={{ path: 'charts/displacement', params }} knownBy={known} level={2} />)}
    </Await>
  );
}

function Sources({ params, known }: TabProps) {
  const answer = useAnswer<SourcesChart>('charts/sources', params);
  return (
    <Await answer={answer}>
      {(net) => (net.nodes.length === 0 ? <None /> : <NetworkChart net={net} title={t('charts.network.title')} csv={{ path: 'charts/sources', params }} knownBy={known} level={2} />)}
    </Await>
  );
}

function Months({ params, known }: TabProps) {
  const answer = useAnswer<MonthsAnswer>('charts/months', params);
  return (
    <Await answer={answer}>
      {({ months }) => (months.length === 0 ? <None /> : <MonthsChart months={months} title={t('charts.months.title')} csv={{ path: 'charts/months', params }} knownBy={known} level={2} />)}
    </Await>
  );
}
