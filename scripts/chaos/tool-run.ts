// Chaos for the operator's tools: kills redrive and backfill over and over on a cloud that nobody polls.
import { startLaptopCloud } from '../local/cloud.ts';
import { compileProject } from '../local/template/compile.ts';
import { openStage } from '../operations/stage.ts';
import type { Progress } from '../terminal/progress.ts';
import { type BackfillKills, killBackfill, killRedrive, type RedriveKills } from './kill-tools.ts';

export interface ToolKills {
  readonly redrive: RedriveKills;
  readonly backfill: BackfillKills;
}

/** Kills each tool so often. @param folder for the cloud's data and the checkpoint */
export async function killTools(kills: number, folder: string, progress: Progress): Promise<ToolKills> {
  const service = await compileProject({ stage: 'test' });
  const cloud = await startLaptopCloud({ service, dataDir: folder, awsPort: 0 });
  Object.assign(process.env, cloud.environment);
  const stage = await openStage({ stage: 'test' });
  progress.expect(2 * kills);
  try {
    const onKill = () => progress.advance();
    const redrive = await killRedrive(stage, { kills, onKill });
    const backfill = await killBackfill(stage, { kills, onKill, folder });
    return { redrive, backfill };
  } finally {
    progress.stop();
    await cloud.close();
  }
}
