// The rule of the dashboard is shown to bite: a widget that shows nothing, or stands where nobody looks for it, is caught.
import { describe, expect, it } from 'vitest';
import { dashboardViolations } from './rules/dashboard.ts';
import { findings, propertiesOf, type Spoil } from './support/spoil.ts';

const inDashboard =
  (from: string, to: string): Spoil =>
  (resources) => {
    const body = propertiesOf(resources, 'Dashboard').DashboardBody;
    body['Fn::Sub'] = body['Fn::Sub'].replace(from, to);
  };

describe('a dashboard that shows nothing is caught', () => {
  it.each<readonly [string, Spoil]>([
    ['there is no dashboard', (resources) => delete resources['Dashboard']],
    [
      '"Image events" shows nothing: there is no TopicName RenditionsQueue',
      inDashboard(
        `"TopicName","\${ImageEventsTopic.TopicName}",{"stat":"Sum","label":"failed"`,
        '"TopicName","RenditionsQueue",{"stat":"Sum","label":"failed"',
      ),
    ],
    [
      '"Workers: units done" shows nothing: no function measures UnitsMade',
      inDashboard('UnitsDone', 'UnitsMade'),
    ],
    [
      '"The slowest images" shows nothing: there is no log group /aws/lambda/darkroom-prod-rendition',
      inDashboard(
        "SOURCE '/aws/lambda/darkroom-prod-renditions' | SOURCE '/aws/lambda/darkroom-prod-metadata' | filter message = 'image handled' and outcome = 'done'",
        "SOURCE '/aws/lambda/darkroom-prod-rendition' | filter",
      ),
    ],
    ['widgets lie on one another', inDashboard('"x":8,"y":6', '"x":4,"y":6')],
  ])('%s', async (finding, spoil) => {
    expect(await findings(dashboardViolations, spoil)).toEqual([finding]);
  });

  it('ImagesTable does not stand behind what comes before it', async () => {
    const swapped: Spoil = (resources) => {
      inDashboard('"x":16,"y":0', '"x":12,"y":0')(resources);
      inDashboard('"x":12,"y":0', '"x":16,"y":0')(resources);
    };

    expect(await findings(dashboardViolations, swapped)).toEqual([
      'ImagesTable does not stand behind what comes before it',
    ]);
  });
});
