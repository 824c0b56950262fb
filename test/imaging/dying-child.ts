// A child process that dies of every original.
import { Socket } from 'node:net';
import { onFrames, sendFrame } from '../../shared/imaging/isolation/frames.ts';
import { channelDescriptor } from '../../shared/imaging/isolation/protocol.ts';

const channel = new Socket({ fd: channelDescriptor });
onFrames(channel, () => process.exit(7));
sendFrame(channel, { kind: 'ready' }, []);
