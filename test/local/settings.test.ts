// The laptop cloud's environment variables.
import { describe, expect, it } from 'vitest';
import { keepCredentials } from '../../scripts/local/credentials.ts';
import { readSettings } from '../../scripts/local/settings.ts';
import { makeFolder } from './support/engines.ts';

describe('the settings', () => {
  it('have defaults for everything', () => {
    expect(readSettings('darkroom', {}, '/project')).toEqual({
      apiPort: 3000,
      awsPort: 4566,
      dataDir: '/project/.darkroom',
    });
  });

  it('take ports, folder and another endpoint with its keys from the environment', () => {
    const settings = readSettings(
      'darkroom',
      {
        DARKROOM_API_PORT: '3100',
        DARKROOM_AWS_PORT: '4600',
        DARKROOM_DATA_DIR: '/elsewhere',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:9000',
        AWS_ACCESS_KEY_ID: 'key',
        AWS_SECRET_ACCESS_KEY: 'secret',
      },
      '/project',
    );

    expect(settings).toEqual({
      apiPort: 3100,
      awsPort: 4600,
      dataDir: '/elsewhere',
      remote: {
        endpoint: 'http://127.0.0.1:9000',
        credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
      },
    });
  });

  it('sign calls to another endpoint with the key of the data folder, unless they are told another', async () => {
    const folder = await makeFolder();
    const credentials = keepCredentials(folder.path);
    const variables = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9000', DARKROOM_DATA_DIR: folder.path };

    expect(readSettings('darkroom', variables).remote?.credentials).toEqual(credentials);

    await folder.remove();
    expect(() => readSettings('darkroom', variables)).toThrow(`There are no keys in ${folder.path}`);
  });

  it('take an empty variable for an absent one', () => {
    expect(
      readSettings('darkroom', { DARKROOM_API_PORT: '', AWS_ENDPOINT_URL: '' }, '/project').apiPort,
    ).toBe(3000);
  });

  it('tell every problem at once, by the name of the variable', () => {
    const read = () => readSettings('darkroom', { DARKROOM_API_PORT: 'http', DARKROOM_AWS_PORT: '70000' });

    expect(read).toThrow(/DARKROOM_API_PORT: .*; DARKROOM_AWS_PORT: /);
  });

  it('are named after the service, its folder too', () => {
    const settings = readSettings('photo-shop', { PHOTO_SHOP_AWS_PORT: '4600' }, '/project');

    expect(settings).toMatchObject({ awsPort: 4600, dataDir: '/project/.photo-shop' });
  });

  it('refuse one port for two servers', () => {
    expect(() => readSettings('darkroom', { DARKROOM_API_PORT: '4566' })).toThrow('are both 4566');
  });
});
