// THE table of rules: what holds of every stage, in every partition. A rule that stands here is held against each of them,
// and counts in the mutation test.
import { alarmTopics, queueAlarms } from './alarms.ts';
import * as api from './api-stage.ts';
import { budgetViolations } from './budget.ts';
import { dashboardViolations } from './dashboard.ts';
import * as data from './data.ts';
import { deadLetters } from './dead-letters.ts';
import { functionRoles } from './function-roles.ts';
import { logging } from './logging.ts';
import { loops } from './loops.ts';
import { mappings } from './mappings.ts';
import { notifications } from './notifications.ts';
import { places } from './places.ts';
import * as queues from './queues.ts';
import type { Rule } from './rule.ts';
import { runawayViolations } from './runaway.ts';
import { transport } from './transport.ts';
import { trust } from './trust.ts';
import { alarmViolations, watchViolations } from './watch.ts';

const inEveryStage: Readonly<Record<string, Rule>> = {
  'every queue has a DLQ after five receives': deadLetters,
  'somebody is woken for every queue': queueAlarms,
  'every alarm may publish to the topics that it tells': alarmTopics,
  'somebody is told in time of whatever stops, slows down or fails': watchViolations,
  'an alarm watches what there is, and tells when it begins and ends': alarmViolations,
  'the dashboard shows the pipeline from left to right, and only what there is': dashboardViolations,
  'nothing runs away with the money': runawayViolations,
  'messages are hidden for six times the function timeout, and batches fail in part': mappings,
  'the bucket may publish before it is told to': notifications,
  'every function has a role of its own, without wildcards': functionRoles,
  'nothing a function may write invokes that function again': loops,
  'nobody is answered without TLS': transport,
  'a service acts for this account alone': trust,
  'every function logs to its own log group': logging,
  'whatever replaces data leaves it': data.replacementViolations,
  'a table can be had back as it was': data.recoveryViolations,
  'originals have versions for a week, and nothing else has': data.versionViolations,
  'buckets are encrypted, and nobody can open them': data.bucketViolations,
  'no index is paid for that nobody queries': data.indexViolations,
  'queues are encrypted': queues.encryptionViolations,
  'a queue is the DLQ of those that name it': queues.redriveViolations,
  'what SNS cannot deliver is kept': queues.subscriptionViolations,
  'whoever calls too often is refused': api.throttlingViolations,
  'each request leaves a line with nothing private in it': api.accessLogViolations,
  'nothing is logged for ever': api.logRetentionViolations,
  'nothing is written for one partition or region alone': places,
};

/** What holds where data is that somebody would miss: in every stage but a developer's own. */
const inSharedStages: Readonly<Record<string, Rule>> = {
  'data outlives the stack': data.retentionViolations,
  'operators hear when the account spends more than it may': budgetViolations,
};

const inProd: Readonly<Record<string, Rule>> = {
  'data is not deleted by one call': data.protectionViolations,
};

const privateStages: readonly string[] = ['dev', 'test'];

export const rulesOf = (stage: string): readonly (readonly [title: string, rule: Rule])[] =>
  Object.entries({
    ...inEveryStage,
    ...(privateStages.includes(stage) ? {} : inSharedStages),
    ...(stage === 'prod' ? inProd : {}),
  });
