// What dependency-cruiser checks as a part of `npm run lint`, type imports included. swc parses: TypeScript 7 has no API.

import type { IConfiguration } from 'dependency-cruiser';
import { rules } from './scripts/layers/rules.ts';

const configuration: IConfiguration = {
  forbidden: rules,
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
};

export default configuration;
