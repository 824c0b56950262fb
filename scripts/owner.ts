// npm run owner: the ID that images of a token's subject belong to.
import { ownerIdOf } from '../shared/domain/owner.ts';
import { print } from './terminal/print.ts';
import { runTool } from './terminal/run-tool.ts';

const tool = {
  name: 'owner',
  about: `Prints the owner ID of SUBJECT, as the tokens of ISSUER name it: what records, image events and the stage parameter
\`unissuedOwner\` have. It asks nobody, and does not know whether there is such a subject.

  npm run owner -- https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf 3f1c2d4e-…`,
  operands: [{ name: 'ISSUER' }, { name: 'SUBJECT' }],
  options: {},
};

await runTool(tool, async (_, [issuer = '', subject = '']) => {
  print(ownerIdOf(issuer, subject));
  return 0;
});
