/** The reading jobs: how far each is, what it could not take, and the reports as they are read. */
import { useState } from 'preact/hooks';
import type { Job } from '../api/types';
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

interface Refused { what: string; message: string }

/** What a job could not take or only in part, whatever the desk calls it. */
function notTaken(job: Job): Refused[] {
  const faulty = Array.isArray(job.faulty) ? (job.faulty as unknown[]) : [];
  const lines = faulty.map((one): Refused => {
    if (one && typeof one === 'object' && 'message' in one) return { what: String((one as Refused).what ?? ''), message: String(one.message) };
    return { what: '', message: String(one) };
  });
  return [...job.refused, ...lines];
}

function JobBox({ job }: { job: Job }) {
  const reports = read.value.get(job.id) ?? [];
  const refused = notTaken(job);
  return (
    <li class={`job panel stack tight job-${job.state}`}>
      <p class="row spread">
        <strong><bdi>{job.what}</bdi></strong>
        <span class={`chip job-state-${job.state}`}>{t(`add.state.${job.state}`)}</span>
      </p>
      <p class="muted small"><bdi>{job.by}</bdi> · {moment(job.at)}</p>
      <div role="status">
        {active(job) && <progress aria-label={t(`add.state.${job.state}`)} />}
        <p>{t('add.job.counts', { added: number(job.added), unchanged: number(job.unchanged), claims: number(job.claims) })}</p>
        {job.state === 'weighing' && <p class="muted small">{t('add.job.weighing')}</p>}
      </div>
      {job.error && <p class="field-error" role="alert"><bdi>{job.error}</bdi> {job.added > 0 && t('add.job.kept')}</p>}
      {refused.length > 0 && (
        <details class="add-refused" open={refused.length <= 5}>
          <summary>{t('add.job.refused', { n: refused.length })}</summary>
          <ul>
            {refused.slice(0, 200).map((one, at) => <li key={at}>{one.what && <><bdi class="mono">{one.what}</bdi>: </>}<bdi>{one.message}</bdi></li>)}
          </ul>
        </details>
      )}
      {reports.length > 0 && (
        <div class="stack tight">
          <h3>{t('add.job.read')}</h3>
          <ol class="plain">{reports.map((one) => <ReadBox key={one.report.id} one={one} />)}</ol>
        </div>
      )}
    </li>
  );
}

function ReadBox({ one: { report, claims } }: { one: Read }) {
  const [all, setAll] = useState(false);
  return (
    <li class="read">
      <p class="row spread">
        <Link to={pageOf('report', report.id)}><bdi>{report.title || report.id}</bdi></Link>
        <span class="muted small">{t('add.claims', { n: claims.length })}</span>
      </p>
      {claims.slice(0, all ? claims.length : CLAIMS).map((card) => <ClaimCard key={card.id} claim={card} short />)}
      {claims.length > CLAIMS && !all && <Button look="quiet" onClick={() => setAll(true)}>{t('add.claims.all', { n: claims.length })}</Button>}
    </li>
  );
}
