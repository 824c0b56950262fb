// The tables of the documentation, made from the code that they speak of.

import { createRequire } from 'node:module';
import { problems } from '../../shared/api/problem.ts';
import { configSchemas } from '../../shared/config.ts';
import { rejectionCodes } from '../../shared/domain/errors.ts';
import { statuses } from '../../shared/domain/status.ts';
import { type Variant, variants } from '../../shared/domain/variants.ts';
import { calls, writes } from '../cost/counted.ts';
import { type SettingName, settingsSchema, variableNames } from '../local/settings.ts';
import { compileProject } from '../local/template/compile.ts';
import type { TemplateValue } from '../local/template/types.ts';
import { markdownTable } from '../page/markdown-table.ts';
import { attackTable } from './attack.ts';
import { costTables } from './cost.ts';
import { quotedFigures } from './figures.ts';
import { roomsPicture, roomsTable } from './layers.ts';
import {
  configMeanings,
  failureMeanings,
  laptopMeanings,
  outcomeMeanings,
  parameterMeanings,
  statusMeanings,
} from './meanings.ts';
import { imageEventExample, operationsReference, schemasReference } from './openapi/reference.ts';
import { uploaders } from './uploaders.ts';

/** Makes the Markdown between the marks of this name. */
export const generators: Readonly<Record<string, () => string | Promise<string>>> = {
  variants: () =>
    markdownTable([
      ['variant', 'box', 'fit', 'formats'],
      ...(variants as readonly Variant[]).map(({ name, width, height, fit, crop, formats }) => [
        `\`${name}\``,
        `${width} × ${height}`,
        crop ? `${fit}, ${crop}` : fit,
        formats.join(', '),
      ]),
    ]),

  statuses: () =>
    markdownTable([
      ['status', 'meaning'],
      ...statuses.map((status) => [`\`${status}\``, statusMeanings[status]]),
    ]),

  outcomes: () =>
    markdownTable([
      ['outcome', 'meaning'],
      ...Object.entries(outcomeMeanings).map(([outcome, meaning]) => [`\`${outcome}\``, meaning]),
    ]),

  failures: () =>
    markdownTable([
      ['failure code', 'status', 'retried', 'meaning'],
      ...Object.entries(failureMeanings).map(([code, meaning]) => {
        const isRejection = (rejectionCodes as readonly string[]).includes(code);
        return [`\`${code}\``, isRejection ? '`rejected`' : '`failed`', isRejection ? 'no' : 'yes', meaning];
      }),
    ]),

  problems: () =>
    markdownTable([
      ['problem code', 'HTTP status', 'title'],
      ...Object.entries(problems).map(([code, { status, title }]) => [`\`${code}\``, String(status), title]),
    ]),

  laptop: () =>
    markdownTable([
      ['variable', 'default', 'meaning'],
      ...Object.entries(laptopMeanings).map(([setting, meaning]) => [
        `\`${variableNames('darkroom')[setting as SettingName]}\``,
        laptopDefault(setting as SettingName),
        meaning,
      ]),
    ]),

  figures: quotedFigures,

  attack: attackTable,
  uploaders,

  'api-operations': operationsReference,

  'api-image-event': imageEventExample,

  'api-schemas': schemasReference,

  rooms: () => roomsTable('shipped'),

  'rooms-picture': roomsPicture,

  'rooms-of-tools': () => roomsTable('not shipped'),

  calls: () =>
    markdownTable([
      ['by', 'service', 'call', 'times', 'why it cannot be spared'],
      ...calls.map(({ by, service, call, times, why }) => [by, service, call, String(times), why]),
    ]),

  'write-units': () =>
    markdownTable([
      ['write', 'table', 'byOwner', 'byOverdue'],
      ...writes.map(({ write, table, byOwner, byOverdue }) => [
        write,
        ...[table, byOwner, byOverdue].map(String),
      ]),
    ]),

  cost: costTables,

  async functions() {
    const { functions } = await compileProject();
    const environmentOf = new Map(functions.map((one) => [one.key, one.environment]));
    return markdownTable([
      ['variable', 'set to', 'read by', 'meaning'],
      ...Object.entries(configMeanings).map(([variable, meaning]) => {
        const readers = Object.entries(configSchemas).flatMap(([key, { shape }]) =>
          variable in shape ? [key] : [],
        );
        const values = readers.map((key) =>
          setByLambda.test(variable) ? 'by Lambda' : described(environmentOf.get(key)?.[variable], key),
        );
        return [`\`${variable}\``, [...new Set(values)].join(', '), readers.join(', '), meaning];
      }),
    ]);
  },

  async parameters() {
    const { params } = await readServerlessYml();
    const stages = Object.keys(params).filter((stage) => stage !== 'default');
    const names = Object.keys(params['default'] ?? {});
    return markdownTable([
      ['parameter', 'default', ...stages, 'meaning'],
      ...names.map((name) => [
        `\`${name}\``,
        ...['default', ...stages].map((stage) => shown(params[stage]?.[name])),
        meaningOf(name),
      ]),
    ]);
  },
};

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const setByLambda = /^(AWS_LAMBDA_|LD_LIBRARY_PATH$)/;

function laptopDefault(setting: SettingName): string {
  const parsed = settingsSchema('darkroom').shape[setting].safeParse(undefined);
  return parsed.success && parsed.data !== undefined ? `\`${parsed.data}\`` : '';
}

function described(value: TemplateValue, key: string): string {
  if (value === undefined) throw new Error(`serverless.yml sets nothing that ${key} reads here.`);
  if (typeof value !== 'object' || value === null) return `\`${value}\``;
  const [reference = ''] = Object.values(value);
  return String(reference);
}

function shown(value: unknown): string {
  return value === undefined ? '' : `\`${Array.isArray(value) ? value.join(', ') : value}\``;
}

function meaningOf(parameter: string): string {
  const meaning = parameterMeanings[parameter];
  if (meaning === undefined) throw new Error(`scripts/docs/meanings.ts says nothing of ${parameter}.`);
  return meaning;
}

function readServerlessYml(): Promise<{ params: Record<string, Record<string, unknown>> }> {
  const require = createRequire(import.meta.url);
  return require('serverless/lib/configuration/read')('serverless.yml');
}
