import { beforeAll, describe, expect, it } from 'vitest';
import { nameFault, passwordFault } from '../src/accounts/good';
import { speak } from '../src/i18n';

beforeAll(() => speak('en'));

describe('names of accounts', () => {
  it('are one word in any script', () => {
    for (const name of ['Rana', 'رنا', 'a.b_c-d@e', 'x'.repeat(64)]) expect(nameFault(name), name).toBeUndefined();
    for (const name of ['', 'two words', '<b>', 'a\u202eb', 'x'.repeat(65), 'a/b']) expect(nameFault(name), name).toMatch(/letters/);
  });
});

describe('passwords', () => {
  it('are long, varied, and not the name', () => {
    expect(passwordFault('correct horse battery', 'Rana')).toBeUndefined();
    expect(passwordFault('كلمات لا رابط بينها', 'Rana')).toBeUndefined();
    expect(passwordFault('short', 'Rana')).toMatch(/at least 10/);
    expect(passwordFault('abababababab', 'Rana')).toMatch(/guessed/);
    expect(passwordFault('MUHAMMAD1234', 'muhammad')).toMatch(/name of the account/);
  });
});
