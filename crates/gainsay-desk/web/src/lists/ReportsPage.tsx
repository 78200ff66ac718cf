/** Reports: the documents that everything was read from. */
import type { ReportLine } from '../api/types';
import { pageOf } from '../addresses';
import { day, number, t } from '../i18n';
import { Link, text, useQuery } from '../router';
import { DateField, Select } from '../ui';
import { languageName, languages } from './language';
import { AskWord, ListPage } from './parts';

export default function ReportsPage() {
  const [query, setQuery] = useQuery({ from: text(), to: text(), outlet: text(), language: text() });
  return (
    <ListPage<ReportLine>
      title={t('nav.reports')}
      what={t('lists.reports')}
      path="reports"
      params={query}
      filter={
        <div class="filter">
          <DateField label={t('lists.published_from')} value={query.from} onValue={(from) => setQuery({ from })} />
          <DateField label={t('lists.published_to')} edge="last" value={query.to} onValue={(to) => setQuery({ to })} />
          <AskWord label={t('lists.outlet')} value={query.outlet} onValue={(outlet) => setQuery({ outlet })} />
          <Select
            label={t('lists.language')}
            value={query.language}
            options={[{ value: '', label: t('lists.any_language') }, ...languages(query.language).map((code) => ({ value: code, label: languageName(code) }))]}
            onValue={(language) => setQuery({ language })}
          />
        </div>
      }
      id={(report) => report.id}
      columns={[
        { key: 'published', label: t('lists.published'), cell: (report) => day(report.published) || t('lists.day_unknown') },
        {
          key: 'title', label: t('lists.title'),
          cell: (report) => (
            <div class="main-cell">
              <Link to={pageOf('report', report.id)}><bdi>{report.title || report.id}</bdi></Link>
              {report.publisher && (
                <Link class="muted" to={`/reports?outlet=${encodeURIComponent(report.publisher)}`} title={t('lists.of_outlet')}><bdi>{report.publisher}</bdi></Link>
              )}
            </div>
          ),
        },
        { key: 'language', label: t('lists.language'), spare: true, cell: (report) => languageName(report.language) },
        { key: 'claims', label: t('nav.claims'), number: true, cell: (report) => number(report.claims) },
      ]}
    />
  );
}
