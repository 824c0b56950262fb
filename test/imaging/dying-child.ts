// A child process that dies of every original.
import { serve } from '../../shared/imaging/isolation/child/program.ts';

serve(async () => process.exit(7));
