// A child process that answers every original with its own environment.
import { Socket } from 'node:net';
import { onFrames, sendFrame } from '../../shared/imaging/isolation/frames.ts';
import { channelDescriptor } from '../../shared/imaging/isolation/protocol.ts';

const channel = new Socket({ fd: channelDescriptor });
onFrames(channel, () => {
  const environment = Object.fromEntries(Object.entries(process.env).sort());
  sendFrame(channel, { kind: 'rejected', code: 'corrupt-image', message: JSON.stringify(environment) }, []);
});
channel.once('close', () => process.exit());
sendFrame(channel, { kind: 'ready' }, []);
