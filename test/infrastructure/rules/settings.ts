// What each type of resource must say. A type that stands here with nothing is one whose rules are elsewhere; a type that does
// not stand here is a finding: whoever adds one says what it must have.
import type { Resources, Rule } from './rule.ts';
import { settingsOfApi } from './settings-api.ts';
import { settingsOfData } from './settings-data.ts';
import { settingsOfDelivery } from './settings-delivery.ts';
import { settingsOfFunctions } from './settings-functions.ts';
import { settingsOfMessages } from './settings-messages.ts';
import { settingsOfOperations } from './settings-operations.ts';
import { type Settings, valuesAt } from './value.ts';

const settings: Settings = {
  ...settingsOfApi,
  ...settingsOfData,
  ...settingsOfDelivery,
  ...settingsOfFunctions,
  ...settingsOfMessages,
  ...settingsOfOperations,
};

export const settingsViolations: Rule = (resources: Resources, deployment) =>
  [...resources.values()].flatMap((resource) => {
    const { logicalId, type, properties } = resource;
    const wanted = settings[type];
    if (wanted === undefined) return [`${logicalId} is of a type without rules, ${type}`];
    return Object.entries(wanted)
      .filter(([path, holds]) => {
        const values = valuesAt(properties, path);
        return !(values.length > 0 && values.every((value) => holds(value, resource, deployment)));
      })
      .map(([path]) => `${logicalId} says of ${path}: ${JSON.stringify(valuesAt(properties, path))}`);
  });
