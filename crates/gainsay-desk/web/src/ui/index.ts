/** The parts that pages are made of. */
export * from './claim';
export * from './controls';
export * from './dates';
export * from './dialog';
export * from './feedback';
export * from './figures';
export * from './filter';
export * from './keys';
export * from './marks';
export * from './menu';
export * from './picker';
export * from './sentence';
export * from './sides';
