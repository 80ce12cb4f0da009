import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type * as v from 'valibot';
import * as agentEvents from '../../protocol/agent-events.ts';
import * as cards from '../../protocol/cards.ts';
import * as commands from '../../protocol/commands.ts';
import * as files from '../../protocol/files.ts';
import * as frames from '../../protocol/frames.ts';
import * as ids from '../../protocol/ids.ts';
import * as interactionEvents from '../../protocol/interaction-events.ts';
import * as members from '../../protocol/members.ts';
import * as parts from '../../protocol/parts.ts';
import * as questions from '../../protocol/questions.ts';
import { closeCodes, RefusalName } from '../../protocol/refusals.ts';
import * as streamEvents from '../../protocol/stream-events.ts';
import { PROTOCOL } from '../../protocol/version.ts';
import { type Shape, shapeOf } from './shape.ts';

/** Run as a program it writes the shape of this version of the protocol into protocol/shape.json. */
const file = fileURLToPath(new URL('../../protocol/shape.json', import.meta.url));

export type ProtocolShape = Readonly<Record<string, Shape>>;

export const writtenShapes = (): Readonly<Record<string, ProtocolShape>> =>
  JSON.parse(readFileSync(file, 'utf8'));

/** Every schema that protocol/ exports, by its name. */
export function shapeOfProtocol(): ProtocolShape {
  const rooms = [
    ids,
    parts,
    files,
    { RefusalName },
    cards,
    members,
    interactionEvents,
    agentEvents,
    commands,
    questions,
    streamEvents,
    frames,
  ];
  const schemas = rooms.flatMap((room) =>
    Object.entries(room).filter((entry): entry is [string, v.GenericSchema] => isSchema(entry[1])),
  );
  const names = new Map(schemas.map(([name, schema]) => [schema, name]));
  return {
    ...Object.fromEntries(schemas.map(([name, schema]) => [name, shapeOf(schema, names)])),
    closeCodes: Object.entries(closeCodes).map(([name, code]) => `${name} ${code}`),
  };
}

const isSchema = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';

if (import.meta.main) {
  const shapes = { ...writtenShapes(), [PROTOCOL]: shapeOfProtocol() };
  writeFileSync(file, `${JSON.stringify(shapes, null, 2)}\n`);
  console.log(`protocol/shape.json now holds the shape of version ${PROTOCOL}.`);
}
