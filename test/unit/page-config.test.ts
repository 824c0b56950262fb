import { describe, expect, it } from 'vitest';
import { checked } from '../../web/src/session/config.ts';

const signIn = {
  issuer: 'https://issuer.example/pool',
  clientId: 'a client',
  scope: 'openid darkroom/images',
};

describe('the configuration of the page', () => {
  it('is taken as it is, without what there is not', () => {
    expect(checked({ api: 'https://api.example/', signIn })).toEqual({
      ...{ api: 'https://api.example', signIn, operations: false },
    });
    expect(checked({ api: 'http://127.0.0.1:3000', signIn: 'laptop', operations: true })).toEqual({
      ...{ api: 'http://127.0.0.1:3000', signIn: 'laptop', operations: true },
    });
  });

  it.each([
    ['config.json', null],
    ['config.json', []],
    ['api', { signIn }],
    ['api', { api: 'http://api.example', signIn }],
    ['api', { api: 'javascript:alert(1)', signIn }],
    ['signIn', { api: 'https://api.example', signIn: 'anybody' }],
    ['signIn.issuer', { api: 'https://api.example', signIn: { ...signIn, issuer: 'http://issuer.example' } }],
    ['signIn.clientId', { api: 'https://api.example', signIn: { ...signIn, clientId: '' } }],
    ['signIn.scope', { api: 'https://api.example', signIn: { ...signIn, scope: 1 } }],
    ['signIn.scope', { api: 'https://api.example', signIn: { ...signIn, scope: 'darkroom/images' } }],
    ['clientSecret', { api: 'https://api.example', signIn: { ...signIn, clientSecret: 'a' } }],
    ['operations', { api: 'https://api.example', signIn, operations: 'yes' }],
    ['operator', { api: 'https://api.example', signIn, operator: true }],
  ])('is refused by the name of what is wrong: %s', (name, value) => {
    expect(() => checked(value)).toThrow(`“${name}”`);
  });
});
