/** The reading jobs: how far each is, what it could not take, and the reports as they are read. */
import { useState } from 'preact/hooks';
import type { Job, Remark } from '../api/types';
import { pageOf } from '../addresses';
import { moment, number, t } from '../i18n';
import { Link } from '../router';
import { Button, ClaimCard } from '../ui';
import { active, jobs, read, type Read } from './jobs';

const CLAIMS = 3;

export function Jobs() {
  const all = jobs.value;
  return (
    <section class="stack tight" aria-labelledby="jobs">
      <h2 id="jobs" class="section-head">{t('add.jobs')}</h2>
      {all.length === 0 ? <p class="muted">{t('add.jobs.none')}</p> : <ol class="plain stack">{all.map((job) => <JobBox key={job.id} job={job} />)}</ol>}
    </section>
  );
}

function JobBox({ job }: { job: Job }) {
  const reports = read.value.get(job.id) ?? [];
  return (
    <li class={`job panel stack tight job-${job.state}`}>
      <p class="row spread">
        <span>{job.sort === 'files' && job.files ? t('add.job.files', { n: job.files }) : job.sort === 'text' ? t('add.job.text') : ''} <strong><bdi>{job.what}</bdi></strong></span>
        <span class={`chip job-state-${job.state}`}>{t(`add.state.${job.state}`)}</span>
      </p>
      <p class="muted small"><bdi>{job.by}</bdi> · {moment(job.at)}</p>
      <div role="status">
        {active(job) && <progress aria-label={t(`add.state.${job.state}`)} />}
        <p>{t('add.job.counts', { added: number(job.added), unchanged: number(job.unchanged), claims: number(job.claims) })}</p>
        {job.state === 'weighing' && <p class="muted small">{t('add.job.weighing')}</p>}
      </div>
      {job.error && <p class="field-error" role="alert"><bdi>{job.error}</bdi> {job.added > 0 && t('add.job.kept')}</p>}
      <Remarks label={t('add.job.refused', { n: job.refused.length })} all={job.refused} />
      <Remarks label={t('add.job.faulty', { n: job.faulty.length })} all={job.faulty} />
      {reports.length > 0 && (
        <div class="stack tight">
          <h3>{t('add.job.read')}</h3>
          <ol class="plain">{reports.map((one) => <ReadBox key={one.report.id} one={one} />)}</ol>
        </div>
      )}
    </li>
  );
}

/** What could not be taken in, or was taken in with something amiss: which, where, and what to do. */
function Remarks({ label, all }: { label: string; all: Remark[] }) {
  if (all.length === 0) return null;
  return (
    <details class="add-refused" open={all.length <= 5}>
      <summary>{label}</summary>
      <ul>
        {all.map((one, at) => <li key={at}>{one.what && <><bdi class="mono">{one.what}</bdi>: </>}<bdi>{one.message}</bdi></li>)}
      </ul>
    </details>
  );
}

function ReadBox({ one: { report, claims, total } }: { one: Read }) {
  const [all, setAll] = useState(false);
  return (
    <li class="read">
      <p class="row spread">
        <Link to={pageOf('report', report.id)}><bdi>{report.title || report.id}</bdi></Link>
        <span class="muted small">{t('add.claims', { n: total })}</span>
      </p>
      {claims.slice(0, all ? claims.length : CLAIMS).map((card) => <ClaimCard key={card.id} claim={card} short />)}
      {claims.length > CLAIMS && !all && <Button look="quiet" onClick={() => setAll(true)}>{t('add.claims.all', { n: claims.length })}</Button>}
    </li>
  );
}
