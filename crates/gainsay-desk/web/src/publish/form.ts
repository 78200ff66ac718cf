/** What is to be published: the form, and the request made of it. */
import { between } from '../ui/dates';
import type { Day, Id } from '../api/types';

export type What = 'brief' | 'markdown' | 'site' | 'export';
/** The formats of other programs, as `gainsay export` calls them. */
export const FORMATS = ['geojson', 'gpkg', 'csv', 'jsonl', 'parquet', 'hxl', 'ged', 'acled', 'plover', 'claimreview', 'prov'] as const;
export type Format = (typeof FORMATS)[number];
export interface Form { what: What; format: Format; place: Id[]; from: Day; to: Day; known_by: Day; title: string; names: boolean; coarsen_km: number }
export const EMPTY: Form = { what: 'brief', format: 'geojson', place: [], from: '', to: '', known_by: '', title: '', names: false, coarsen_km: 0 };
export const COARSE: readonly number[] = [0, 1, 5, 10, 25, 50];
export const LONGEST_TITLE = 200;

export type Fault = 'order' | 'title';

export function faults(form: Form): Fault[] {
  return [
    ...(form.from && form.to && between(form.from, form.to) < 0 ? ['order' as const] : []),
    ...(form.title.length > LONGEST_TITLE ? ['title' as const] : []),
  ];
}

export interface Request { path: 'publish/brief' | 'publish/export' | 'publish/site'; body: Record<string, unknown> }

/** Names of private persons are asked for by those alone who may have them, however the form came to say so. */
export function request(form: Form, may: { names: boolean }): Request {
  const { what, format, place, from, to, known_by, title, names, coarsen_km } = form;
  const body = {
    ...(place.length > 0 && { place }), ...(from && { from }), ...(to && { to }), ...(known_by && { known_by }),
    ...(title.trim() && { title: title.trim() }), names: names && may.names, coarsen_km,
  };
  if (what === 'export') {
    const { title: _, ...rest } = body as { title?: string };
    return { path: 'publish/export', body: { ...rest, form: format } };
  }
  return what === 'site' ? { path: 'publish/site', body } : { path: 'publish/brief', body: { ...body, form: what === 'markdown' ? 'markdown' : 'html' } };
}
