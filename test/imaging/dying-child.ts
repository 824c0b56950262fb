// A child process that dies of every original.
import { Socket } from 'node:net';
import { channelDescriptor } from '../../shared/imaging/child-protocol.ts';
import { onFrames, sendFrame } from '../../shared/imaging/frames.ts';

const channel = new Socket({ fd: channelDescriptor });
onFrames(channel, () => process.exit(7));
sendFrame(channel, { kind: 'ready' }, []);
