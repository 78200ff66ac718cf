import type { Messages } from './template';

const areas = import.meta.glob<Messages>('./messages/*.ar.json', { eager: true, import: 'default' });
export const messages: Messages = Object.assign({}, ...Object.values(areas));
