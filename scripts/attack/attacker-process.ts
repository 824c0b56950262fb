// A program in the place of an imaging process's: makes every attempt, and tells how each ended.

import { serve } from '../../shared/imaging/isolation/child/program.ts';
import { attemptAll, type Targets } from './attempts.ts';

serve(async ({ head }) => ({ head: await attemptAll(head as Targets) }));
