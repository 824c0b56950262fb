// THE table of rules: what holds of every stage, in every partition. A rule that stands here is held against each of them,
// and counts in the mutation test.
import { alarmTopics, queueAlarms, wokenAddress } from './alarms.ts';
import * as api from './api-stage.ts';
import { authorization } from './authorization.ts';
import * as buckets from './bucket-policies.ts';
import { budgetViolations } from './budget.ts';
import { companionViolations, layers } from './companions.ts';
import { cors } from './cors.ts';
import { dashboardViolations } from './dashboard.ts';
import * as data from './data.ts';
import { deadLetters } from './dead-letters.ts';
import { deliveryViolations, forgettingViolations, privacyViolations } from './delivery.ts';
import { dependencies } from './dependencies.ts';
import { environments } from './environments.ts';
import { functionLimits } from './function-limits.ts';
import { functionRoles } from './function-roles.ts';
import { invocations } from './invocations.ts';
import { knownNames, policyVersions } from './known-names.ts';
import * as principals from './let-in.ts';
import { logging } from './logging.ts';
import { loops } from './loops.ts';
import { mappings } from './mappings.ts';
import { fanOut, notifications, notifiedEvents } from './notifications.ts';
import { pageViolations } from './page.ts';
import * as permissions from './permissions.ts';
import { places } from './places.ts';
import * as queues from './queues.ts';
import { releases, versions } from './release.ts';
import type { Rule } from './rule.ts';
import { runawayViolations } from './runaway.ts';
import { settingsViolations } from './settings.ts';
import { toldOfDelivery } from './told-of-delivery.ts';
import { transport } from './transport.ts';
import { trust } from './trust.ts';
import { alarmViolations, watchViolations } from './watch.ts';

const inEveryStage: Readonly<Record<string, Rule>> = {
  'nothing is said of a resource that no rule looks at': knownNames,
  'policies are of the language of 2012': policyVersions,
  'every queue has a DLQ after five receives': deadLetters,
  'somebody is woken for every queue': queueAlarms,
  'every alarm may publish to the topics that it tells': alarmTopics,
  'whoever is to be woken is told of alarms': wokenAddress,
  'somebody is told in time of whatever stops, slows down or fails': watchViolations,
  'an alarm watches what there is, and tells when it begins and ends': alarmViolations,
  'the dashboard shows the pipeline from left to right, and only what there is': dashboardViolations,
  'nothing runs away with the money': runawayViolations,
  'messages are hidden for six times the function timeout, and batches fail in part': mappings,
  'the bucket may publish before it is told to': notifications,
  'functions have the time and memory that their work takes, and no more than is waited for': functionLimits,
  'every function has a role of its own, without wildcards': functionRoles,
  'nothing a function may write invokes that function again': loops,
  'nobody is answered without TLS': transport,
  'a service acts for this account alone': trust,
  'every function logs to its own log group': logging,
  'whatever replaces data leaves it': data.replacementViolations,
  'only data is kept when the stack is removed': data.keptViolations,
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
  'a distribution serves renditions alone, for ever, and safely': deliveryViolations,
  'the page is shown under strict headers, with the API at its origin': pageViolations,
  'renditions are served to whom a URL was signed for': privacyViolations,
  'what is deleted is forgotten by caches': forgettingViolations,
  'functions know where renditions are delivered from': toldOfDelivery,
  'nothing is written for one partition or region alone': places,
  'each resource says what its type must say': settingsViolations,
  'what is needed first is made first': dependencies,
  'every function is invoked, and by nothing else than it should': invocations,
  'every route but the open ones asks for a token': authorization,
  'every function finds what it reads in its environment': environments,
  'policies let in one service for one thing': principals.letIn,
  'policies are put on what they speak of': principals.policyTargets,
  'roles are taken by functions, and one by releases': principals.trustOfRoles,
  'every bucket has a policy': buckets.policiesOfBuckets,
  'signed URLs overwrite nothing and run out': buckets.signedCalls,
  'operators are refused nothing that a signature is': buckets.operatorsCalls,
  'what functions ask of AWS is allowed': permissions.recordedCalls,
  'nothing is allowed that is like it, or that others do': permissions.forbiddenCalls,
  'every permission is used': permissions.unusedPermissions,
  'every role is a function’s, or what releases them': permissions.strayRoles,
  'pages of the same origins may call, upload and look': cors,
  'buckets notify of originals that come and go': notifiedEvents,
  'every worker hears of uploads': fanOut,
  'nothing is without what makes sense of it': companionViolations,
  'the layer of imaging is where images are drawn': layers,
  'every function is invoked by the version that was published, and has one to go back to': versions,
};

/** What holds where data is that somebody would miss: in every stage but a developer's own. */
const inSharedStages: Readonly<Record<string, Rule>> = {
  'data outlives the stack': data.retentionViolations,
  'operators hear when the account spends more than it may': budgetViolations,
  'a release is watched, and taken back': releases,
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
