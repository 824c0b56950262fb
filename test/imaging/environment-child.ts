// A child process that answers every original with its own environment.
import { PermanentFailure } from '../../shared/domain/errors.ts';
import { serve } from '../../shared/imaging/isolation/child/program.ts';

serve(async () => {
  const environment = Object.fromEntries(Object.entries(process.env).sort());
  throw new PermanentFailure('corrupt-image', JSON.stringify(environment));
});
