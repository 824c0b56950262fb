// The options of every tool that works on a stage.
import { flag, optional, text } from '../terminal/options.ts';
import { regionOption } from './region.ts';

export const stageOptions = {
  stage: optional(text, 'NAME', "a deployed stage; without it, the laptop's (dev)"),
  region: regionOption,
  json: flag('print JSON to stdout, and no progress bar'),
};

export const stageNotes = `Without --stage, the tool talks to the laptop cloud that \`npm start\` runs, at 127.0.0.1:DARKROOM_AWS_PORT.
AWS_ENDPOINT_URL names any other AWS-compatible endpoint.`;
