// The page as it is deployed signs in at a certified OpenID provider, by authorization code with PKCE, and uses an API that
// verifies that provider's tokens.
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningStack, startStack } from '../../../scripts/stack/running-stack.ts';
import { removeStackFolder } from '../../support/stack-folder.ts';
import { type DeployedPage, deployPage } from '../support/deployed-page.ts';
import { hasBrowser } from '../support/foreign-page.ts';
import { audience, clientId, imagesScope, type RunningIssuer, startIssuer } from '../support/issuer.ts';
import { launchBrowser, narrow, openPage, patienceMs, picture, plainPhoto } from '../support/page.ts';

let folder: string;
let deployed: DeployedPage;
let issuer: RunningIssuer;
let stack: RunningStack;
let browser: Browser;

beforeAll(async () => {
  if (!hasBrowser) return;
  folder = await mkdtemp(join(tmpdir(), 'darkroom-page-'));
  deployed = await deployPage();
  issuer = await startIssuer(deployed.origin);
  const parameters = { jwtIssuer: issuer.url, jwtAudience: audience };
  [stack, browser] = await Promise.all([startStack({ folder, parameters }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.kill();
  await issuer?.close();
  await deployed?.close();
  if (folder) await removeStackFolder(folder);
});

beforeEach(() => {
  if (!hasBrowser) return;
  deployed.storage = `http://127.0.0.1:${stack.ports.aws}`;
  deployed.services = [stack.api, issuer.url];
  deployed.config = {
    ...{ api: stack.api, signIn: { issuer: issuer.url, clientId, scope: `openid ${imagesScope}` } },
  };
});

const open = (hash = '') => openPage(browser, `${deployed.origin}/${hash}`);

async function signIn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
}

/** Whatever of it a later visitor of this browser, or who reads logs of addresses, could find. */
const keptBy = (page: Page) =>
  page.evaluate(
    'JSON.stringify([location.href, document.cookie, { ...localStorage }, { ...sessionStorage }])',
  );

describe.skipIf(!hasBrowser)('signing in (skipped where /usr/bin/chromium is not)', () => {
  it('leads back to the address that was asked for, with a token for the API that nothing keeps', async () => {
    const { page, complaints } = await open('#/asked');
    const urls: string[] = [];
    const tokens: string[] = [];
    page.on('request', (request) => {
      urls.push(request.url());
      if (request.url().startsWith(stack.api)) tokens.push(request.headers()['authorization'] ?? '');
    });
    await page.getByText('Sign in to upload photos').waitFor();
    await picture(page, 'signed-out');
    expect(urls).toEqual([]);

    await signIn(page, 'Ada');
    const name = 'a lake.jpg';
    await page.locator('#choose').setInputFiles(await plainPhoto(name, 600, 400, '#3b6a84'));
    await page.getByText('1 of 1 ready').waitFor({ timeout: patienceMs });
    await page.getByAltText(name).waitFor();
    await picture(page, 'signed-in');

    const asked = new URL(urls.find((url) => url.includes('code_challenge')) ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{ response_type: 'code', code_challenge_method: 'S256', client_id: clientId },
      ...{ redirect_uri: `${deployed.origin}/`, state: expect.any(String), nonce: expect.any(String) },
    });
    expect(page.url()).toBe(`${deployed.origin}/#/asked`);
    const [token = ''] = tokens.filter((value) => value !== '');
    expect(decodeJwt(token.replace('Bearer ', ''))).toMatchObject({
      ...{ iss: issuer.url, aud: audience, sub: 'Ada', scope: imagesScope },
    });
    // All tokens of this issuer are JWTs, or 43 characters of base64url as the code and the verifier.
    expect(await keptBy(page)).not.toMatch(/eyJ|[\w-]{43}/);
    expect(urls.filter((url) => url.includes('eyJ'))).toEqual([]);
    expect(complaints).toEqual([]);
  }, 180_000);

  it('outlives loading the page again, and a token that has run out', async () => {
    const { page, complaints } = await open();
    await signIn(page, 'Ada');
    await page.evaluate("location.hash = '#/further'");

    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    const before = issuer.granted.length;
    await page.clock.setSystemTime(Date.now() + 3_600_000);
    await page.getByRole('radio', { name: 'Ready' }).check({ force: true });
    await expect.poll(() => issuer.granted.length, { timeout: 10_000 }).toBe(before + 1);
    await page.getByAltText('a lake.jpg').waitFor();

    expect(page.url()).toBe(`${deployed.origin}/#/further`);
    expect(issuer.granted.at(-1)).toBe('refresh_token');
    expect([...issuer.errors, ...complaints]).toEqual([]);
  });

  it('outlives an issuer that has too much to do', async () => {
    const { page } = await open();
    await signIn(page, 'Ada');
    const headers = { 'access-control-allow-origin': deployed.origin };
    let refused = 0;
    await page.route(`${issuer.url}/token`, (route) => {
      refused += 1;
      if (refused > 1) return route.fallback();
      return route.fulfill({ status: 429, headers, json: { error: 'too_many_requests' } });
    });
    const before = issuer.granted.length;

    await page.clock.setSystemTime(Date.now() + 3_600_000);
    await page.getByRole('radio', { name: 'Ready' }).check({ force: true });

    await expect.poll(() => issuer.granted.length, { timeout: 10_000 }).toBe(before + 1);
    expect(refused).toBe(2);
    expect(await page.getByText('You are not signed in any more').count()).toBe(0);
  });

  it('is asked for again in words, above what is shown, once the issuer gives no more', async () => {
    const { page } = await open();
    await signIn(page, 'Ada');
    await page.getByAltText('a lake.jpg').waitFor();

    await issuer.endSessions();
    await page.clock.setSystemTime(Date.now() + 3_600_000);
    await page.getByRole('radio', { name: 'Failed' }).check({ force: true });
    await page.getByText('You are not signed in any more').waitFor();
    await picture(page, 'session-ended');
    await page.getByRole('button', { name: 'Sign in again' }).click();

    // The issuer still knows who it is.
    await page.getByText('You are not signed in any more').waitFor({ state: 'detached' });
    await page.getByAltText('a lake.jpg').waitFor();
    expect(issuer.errors).toEqual(['grant.error: invalid_grant']);
  });

  it('ends here and at the issuer, who then asks who it is', async () => {
    const { page } = await open();
    await signIn(page, 'Ada');
    await page.evaluate("localStorage.setItem('of Ada', 'something'), indexedDB.open('of Ada')");

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: /sign me out/i }).click();
    await page.getByText('Sign in to upload photos').waitFor();
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([]);
    expect(await page.evaluate('indexedDB.databases()')).toEqual([]);
    await page.reload();
    await signIn(page, 'Grace');

    await page.getByText('No photos yet.').waitFor();
  });

  it('shows nothing of whoever has signed out to who goes back to the page', async () => {
    const { page } = await open();
    await signIn(page, 'Ada');
    // The page stays, as it does where a browser keeps it for going back.
    let isSignedOut = false;
    await page.route(/session.end/, (route) => {
      isSignedOut = true;
      return route.fulfill({ status: 204 });
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => isSignedOut, { timeout: 5000 }).toBe(true);

    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");

    await page.getByText('Sign in to upload photos').waitFor({ timeout: 5000 });
    expect(await page.locator('darkroom-gallery').count()).toBe(0);
  });

  it('ends even where the browser does not say what it keeps', async () => {
    const { page } = await open();
    await signIn(page, 'Ada');
    await page.evaluate("indexedDB.databases = () => Promise.reject(new Error('Not here.'))");

    await page.getByRole('button', { name: 'Sign out' }).click();

    await page.getByRole('button', { name: /sign me out/i }).waitFor();
  });

  it('says what went wrong, and offers to try again', async () => {
    const { page } = await openPage(browser, deployed.origin, { viewport: narrow, colorScheme: 'dark' });
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Call off' }).click();
    await page.getByText('You were not signed in: it was refused or called off.').waitFor();
    await picture(page, 'sign-in-called-off');
    const again = page.getByRole('button', { name: 'Sign in again' });
    expect(page.url()).toBe(`${deployed.origin}/`);

    await page.route(`${issuer.url}/**`, (route) => route.abort());
    await again.click();
    await page.getByText('The sign-in service does not answer.').waitFor();
    await page.unroute(`${issuer.url}/**`);
    await again.click();
    await page.getByLabel('Name').waitFor();
  });

  it('takes no answer that this tab has not asked for', async () => {
    const { page } = await open('?code=stolen&state=anything');

    await page.getByText('Sign in to upload photos').waitFor();

    expect(page.url()).toBe(`${deployed.origin}/`);
  });

  it.each([
    [undefined, 'The page cannot read its configuration'],
    [{ api: 'http://photos.example', signIn: 'laptop' }, 'The page’s configuration is wrong at “api”'],
  ])('does not begin without a configuration that is whole: %j', async (config, sentence) => {
    deployed.config = config;
    const { page } = await open();

    await page.getByText(sentence).waitFor();

    expect(await page.getByRole('button').allTextContents()).toEqual(['Load the page again']);
  });
});
