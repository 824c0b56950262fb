// A child process that answers every original with its own process ID.
import { PermanentFailure } from '../../shared/domain/errors.ts';
import { serve } from '../../shared/imaging/isolation/child/program.ts';

serve(async () => {
  throw new PermanentFailure('corrupt-image', String(process.pid));
});
